#include "client/cli/pattern_text.h"

#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/types/optional.h"
#include "client/cli/pattern_words.h"
#include "client/cli/usage_error.h"

namespace labgraph::cli {
namespace {

// Names of variables that were given as an id begin with it, and others cannot.
constexpr char kUnnamed = '_';

class PatternReader {
 public:
  absl::Status ReadChain(absl::string_view chain) {
    const std::vector<absl::string_view> words =
        absl::StrSplit(chain, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
    if (words.size() % 2 == 0) {
      return UsageError(absl::StrCat("the pattern \"", chain,
                                     "\" does not end in an entity: it is written like "
                                     "'lab:lab -targets-> crime'"));
    }
    absl::Status status = Begin(words.front());
    for (size_t i = 1; status.ok() && i < words.size(); i += 2) {
      status = Continue(words[i], words[i + 1]);
    }
    return status;
  }

  absl::Status AddCondition(absl::string_view condition) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(condition, absl::MaxSplits(':', 1));
    const absl::string_view name = absl::StripAsciiWhitespace(parts.first);
    const absl::string_view filter = absl::StripAsciiWhitespace(parts.second);
    if (!IsVariableName(name) || filter.empty()) {
      return UsageError(absl::StrCat("--where: \"", condition,
                                     "\" is not of the form NAME: FILTER, for example "
                                     "'lab: placeholder = true'"));
    }
    const absl::StatusOr<int> position = PositionOf(*pattern_, name, "--where");
    if (!position.ok()) return position.status();
    pattern_->And(name).Where(filter);
    return absl::OkStatus();
  }

  const client::Pattern& pattern() const { return *pattern_; }

 private:
  absl::Status Begin(absl::string_view word) {
    const absl::StatusOr<EntityWord> entity = ReadEntityWord(word);
    if (!entity.ok()) return entity.status();
    const std::string name = NameOf(*entity);
    if (pattern_.has_value()) {
      pattern_->And(name);
    } else {
      pattern_.emplace(name);
    }
    return Describe(name, *entity);
  }

  absl::Status Continue(absl::string_view arrow_word, absl::string_view entity_word) {
    const absl::StatusOr<ArrowWord> arrow = ReadArrowWord(arrow_word);
    if (!arrow.ok()) return arrow.status();
    const absl::StatusOr<EntityWord> entity = ReadEntityWord(entity_word);
    if (!entity.ok()) return entity.status();
    const std::string name = NameOf(*entity);
    pattern_->Edge(arrow->direction, arrow->predicates);
    if (arrow->hops.has_value()) pattern_->Hops(arrow->hops->min, arrow->hops->max);
    pattern_->To(name);
    return Describe(name, *entity);
  }

  // An id that stands alone is one variable wherever it stands.
  std::string NameOf(const EntityWord& entity) {
    if (!entity.name.empty()) return entity.name;
    const auto [unnamed, is_new] = unnamed_.try_emplace(entity.ids.front());
    if (is_new) unnamed->second = absl::StrCat(std::string(1, kUnnamed), unnamed_.size());
    return unnamed->second;
  }

  // Gives the variable named last what the word says of it.
  absl::Status Describe(const std::string& name, const EntityWord& entity) {
    if (entity.kinds.empty() && entity.ids.empty()) return absl::OkStatus();
    std::string& described = described_[name];
    const std::string description = absl::StrCat(absl::StrJoin(entity.kinds, ","), ":",
                                                 absl::StrJoin(entity.ids, ","));
    if (described == description) return absl::OkStatus();
    if (!described.empty()) {
      return UsageError(absl::StrCat("the pattern says twice what \"", name,
                                     "\" is; say it once, and elsewhere just \"", name,
                                     "\""));
    }
    described = description;
    pattern_->Kinds(entity.kinds).Ids(entity.ids);
    return absl::OkStatus();
  }

  absl::optional<client::Pattern> pattern_;
  std::map<std::string, std::string> unnamed_;    // name by id
  std::map<std::string, std::string> described_;  // kinds and ids by name
};

}  // namespace

absl::StatusOr<client::Pattern> ReadPattern(const std::vector<std::string>& chains,
                                            const std::vector<std::string>& conditions) {
  PatternReader reader;
  for (const std::string& chain : chains) {
    const absl::Status status = reader.ReadChain(chain);
    if (!status.ok()) return status;
  }
  for (const std::string& condition : conditions) {
    const absl::Status status = reader.AddCondition(condition);
    if (!status.ok()) return status;
  }
  return reader.pattern();
}

bool IsNamed(const v1::PatternVariable& variable) {
  return variable.name().front() != kUnnamed;
}

absl::StatusOr<int> PositionOf(const client::Pattern& pattern, absl::string_view name,
                               absl::string_view option) {
  const std::vector<v1::PatternVariable>& variables = pattern.variables();
  for (size_t i = 0; i < variables.size(); ++i) {
    if (variables[i].name() == name && IsNamed(variables[i])) return static_cast<int>(i);
  }
  return UsageError(
      absl::StrCat(option, ": the pattern has no entity named \"", name, "\""));
}

}  // namespace labgraph::cli
