#include "client/cli/words/walk_words.h"

#include "absl/strings/str_cat.h"

namespace labgraph::cli {

v1::Direction HopDirection(const v1::Statement& statement, absl::string_view from) {
  return statement.subject() == from ? v1::DIRECTION_OUT : v1::DIRECTION_IN;
}

std::string HopEnd(const v1::Statement& statement, absl::string_view from) {
  return HopDirection(statement, from) == v1::DIRECTION_OUT ? statement.object()
                                                            : statement.subject();
}

std::string HopArrow(const v1::Statement& statement, absl::string_view from) {
  return HopDirection(statement, from) == v1::DIRECTION_OUT
             ? absl::StrCat("-", statement.predicate(), "->")
             : absl::StrCat("<-", statement.predicate(), "-");
}

std::string DescribeWalk(
    absl::string_view start,
    const google::protobuf::RepeatedPtrField<v1::Statement>& statements) {
  std::string walk(start);
  std::string here(start);
  for (const v1::Statement& statement : statements) {
    const std::string next = HopEnd(statement, here);
    absl::StrAppend(&walk, " ", HopArrow(statement, here), " ", next);
    here = next;
  }
  return walk;
}

std::string DescribeWalkTo(
    absl::string_view end,
    const google::protobuf::RepeatedPtrField<v1::Statement>& statements) {
  // The other end of each statement, from the last back to the first.
  std::string start(end);
  for (int i = statements.size() - 1; i >= 0; --i) start = HopEnd(statements[i], start);
  return DescribeWalk(start, statements);
}

}  // namespace labgraph::cli
