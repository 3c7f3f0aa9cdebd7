#include "client/cli/words/statement_words.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/words/enum_words.h"
#include "client/cli/words/value_words.h"

namespace labgraph::cli {

std::string DescribeTarget(const v1::Statement& statement, const Languages& languages) {
  return statement.has_value() ? DescribeValue(statement.value(), languages)
                               : statement.object();
}

std::string DescribeFact(const v1::Statement& statement, const Languages& languages) {
  return absl::StrCat(statement.subject(), " -", statement.predicate(), "-> ",
                      DescribeTarget(statement, languages));
}

std::string DescribeQualifiers(const v1::Statement& statement,
                               const Languages& languages) {
  std::map<std::string, std::string> by_name;
  for (const auto& [name, value] : statement.qualifiers()) {
    by_name[name] = DescribeValue(value, languages);
  }
  return absl::StrJoin(by_name, ", ", absl::PairFormatter("="));
}

std::string DescribeSource(const v1::Source& source) {
  std::string words = source.document();
  if (!source.locator().empty()) absl::StrAppend(&words, " ", source.locator());
  if (!source.asserted_by().empty()) {
    absl::StrAppend(&words, " (", source.asserted_by(), ")");
  }
  return words;
}

std::string DescribeSources(
    const google::protobuf::RepeatedPtrField<v1::Source>& sources) {
  return absl::StrJoin(sources, "; ", [](std::string* out, const v1::Source& source) {
    out->append(DescribeSource(source));
  });
}

std::string DescribeAssertion(v1::Assertion assertion) {
  return assertion == v1::ASSERTION_ASSERTED ? "" : Word(assertion);
}

std::string DescribeRank(v1::Rank rank) {
  return rank == v1::RANK_NORMAL ? "" : Word(rank);
}

}  // namespace labgraph::cli
