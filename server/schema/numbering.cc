#include "server/schema/numbering.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"

namespace labgraph::schema {
namespace {

// The definitions in the order of their names, by position.
template <typename Definitions>
std::vector<int> OrderByName(const Definitions& definitions) {
  std::vector<int> order(definitions.size());
  absl::c_iota(order, 0);
  absl::c_sort(
      order, [&](int a, int b) { return definitions[a].name() < definitions[b].name(); });
  return order;
}

std::string FieldOfPredicate(int position) {
  return absl::StrCat("predicates[", position, "]");
}

// Errors are relative to the predicate.
absl::Status AssignPredicate(const v1::Predicate& predicate, Numbering* numbering) {
  const std::string& former_name = predicate.renamed_from();
  const auto known = numbering->predicates.find(predicate.name());
  const auto former = numbering->predicates.find(former_name);
  const auto none = numbering->predicates.end();
  if (known != none && former != none && known->second != former->second) {
    return errors::SchemaInvalid(
        "renamed_from", predicate.name(),
        absl::StrCat("\"", predicate.name(), "\" and \"", former_name,
                     "\" were two predicates; one cannot become the other."));
  }
  const PredicateNumber number = known != none    ? known->second
                                 : former != none ? former->second
                                                  : numbering->next_predicate++;
  numbering->predicates.try_emplace(predicate.name(), number);
  if (!former_name.empty()) numbering->predicates.try_emplace(former_name, number);
  numbering->original_names.try_emplace(
      number, former_name.empty() ? predicate.name() : former_name);
  return absl::OkStatus();
}

}  // namespace

absl::Status AssignNumbers(const v1::Schema& schema, Numbering* numbering) {
  for (const int i : OrderByName(schema.kinds())) {
    const bool added =
        numbering->kinds.try_emplace(schema.kinds(i).name(), numbering->next_kind).second;
    if (added) ++numbering->next_kind;
  }
  for (const int i : OrderByName(schema.predicates())) {
    RETURN_IF_ERROR(
        AtField(AssignPredicate(schema.predicates(i), numbering), FieldOfPredicate(i)));
  }
  return absl::OkStatus();
}

absl::Status CheckFormerNames(const v1::Schema& schema, const Numbering& numbering) {
  absl::flat_hash_map<PredicateNumber, absl::string_view> current;
  for (int i = 0; i < schema.predicates_size(); ++i) {
    const std::string& name = schema.predicates(i).name();
    const auto [it, inserted] = current.try_emplace(numbering.predicates.at(name), name);
    if (!inserted) {
      return errors::SchemaInvalid(
          absl::StrCat(FieldOfPredicate(i), ".name"), name,
          absl::StrCat("\"", name, "\" and \"", it->second,
                       "\" are names of one predicate; keep one of them."));
    }
  }
  for (int i = 0; i < schema.predicates_size(); ++i) {
    const auto number = numbering.predicates.find(schema.predicates(i).inverse());
    if (number == numbering.predicates.end()) continue;
    const auto owner = current.find(number->second);
    if (owner != current.end()) {
      return errors::SchemaInvalid(
          absl::StrCat(FieldOfPredicate(i), ".inverse"), schema.predicates(i).name(),
          absl::StrCat("\"", number->first, "\" is a former name of \"", owner->second,
                       "\"; choose another."));
    }
  }
  return absl::OkStatus();
}

}  // namespace labgraph::schema
