#include "seed/checks/statement_match.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/util/message_differencer.h"
#include "seed/reader/value_text.h"

namespace labgraph::seed {
namespace {

using google::protobuf::util::MessageDifferencer;

// What "not said" stands for, so that both ways to write it compare equal.
v1::Assertion Normal(v1::Assertion assertion) {
  return assertion == v1::ASSERTION_UNSPECIFIED ? v1::ASSERTION_ASSERTED : assertion;
}
v1::Rank Normal(v1::Rank rank) {
  return rank == v1::RANK_UNSPECIFIED ? v1::RANK_NORMAL : rank;
}

std::string Word(v1::Assertion assertion) {
  return absl::StrCat("assertion ", absl::AsciiStrToLower(absl::StripPrefix(
                                        v1::Assertion_Name(assertion), "ASSERTION_")));
}
std::string Word(v1::Rank rank) {
  return absl::StrCat(
      "rank ", absl::AsciiStrToLower(absl::StripPrefix(v1::Rank_Name(rank), "RANK_")));
}
std::string Word(v1::Certainty certainty) {
  return absl::StrCat("certainty ", absl::AsciiStrToLower(absl::StripPrefix(
                                        v1::Certainty_Name(certainty), "CERTAINTY_")));
}

// Whether a text is as expected; an empty expectation is none.
bool Agrees(const std::string& expected, const std::string& found) {
  return expected.empty() || expected == found;
}

bool Agrees(const v1::Source& expected, const v1::Source& found) {
  return Agrees(expected.document(), found.document()) &&
         Agrees(expected.locator(), found.locator()) &&
         Agrees(expected.quote(), found.quote()) &&
         Agrees(expected.asserted_by(), found.asserted_by()) &&
         Agrees(expected.retrieved(), found.retrieved());
}

std::string ValidDisagreement(const v1::ValidTime& expected, const v1::ValidTime& found) {
  if (!Agrees(expected.start(), found.start()))
    return absl::StrCat("start \"", found.start(), "\"");
  if (!Agrees(expected.end(), found.end()))
    return absl::StrCat("end \"", found.end(), "\"");
  if (!Agrees(expected.text(), found.text()))
    return absl::StrCat("time \"", found.text(), "\"");
  return "";
}

std::string SourceDisagreement(const v1::Source& expected, const v1::Statement& found) {
  bool has_it =
      std::any_of(found.sources().begin(), found.sources().end(),
                  [&](const v1::Source& source) { return Agrees(expected, source); });
  return has_it ? "" : "no such source";
}

std::string QualifierDisagreement(const StatementCheck& check,
                                  const v1::Statement& found) {
  for (const auto& [name, value] : check.qualifiers()) {
    auto it = found.qualifiers().find(name);
    if (it == found.qualifiers().end()) return absl::StrCat("no qualifier ", name);
    if (!MessageDifferencer::Equals(value, it->second)) {
      return absl::StrCat("qualifier ", name, " ", ValueText(it->second));
    }
  }
  return "";
}

}  // namespace

std::string FirstDisagreement(const StatementCheck& check,
                              const v1::Statement& statement) {
  if (check.has_value() &&
      !MessageDifferencer::Equals(check.value(), statement.value())) {
    return statement.has_value() ? absl::StrCat("value ", ValueText(statement.value()))
                                 : absl::StrCat("object ", statement.object());
  }
  if (check.assertion() != v1::ASSERTION_UNSPECIFIED &&
      Normal(check.assertion()) != Normal(statement.assertion())) {
    return Word(Normal(statement.assertion()));
  }
  if (check.rank() != v1::RANK_UNSPECIFIED &&
      Normal(check.rank()) != Normal(statement.rank())) {
    return Word(Normal(statement.rank()));
  }
  if (check.certainty() != v1::CERTAINTY_UNSPECIFIED &&
      check.certainty() != statement.certainty()) {
    return Word(statement.certainty());
  }
  std::string disagreement = ValidDisagreement(check.valid(), statement.valid());
  if (disagreement.empty() && check.has_source()) {
    disagreement = SourceDisagreement(check.source(), statement);
  }
  return disagreement.empty() ? QualifierDisagreement(check, statement) : disagreement;
}

std::string DescribeExpected(const StatementCheck& check) {
  std::string text =
      absl::StrCat(check.subject().empty() ? "anything" : check.subject(), " ",
                   check.predicate().empty() ? "any way" : check.predicate());
  if (check.has_value()) absl::StrAppend(&text, " ", ValueText(check.value()));
  if (!check.object().empty()) absl::StrAppend(&text, " ", check.object());
  if (check.assertion() != v1::ASSERTION_UNSPECIFIED) {
    absl::StrAppend(&text, ", ", Word(check.assertion()));
  }
  if (check.rank() != v1::RANK_UNSPECIFIED)
    absl::StrAppend(&text, ", ", Word(check.rank()));
  if (check.certainty() != v1::CERTAINTY_UNSPECIFIED) {
    absl::StrAppend(&text, ", ", Word(check.certainty()));
  }
  if (check.has_valid()) {
    absl::StrAppend(&text, ", valid ", check.valid().ShortDebugString());
  }
  if (check.has_source()) {
    absl::StrAppend(&text, ", source ", check.source().ShortDebugString());
  }
  for (const auto& [name, value] : check.qualifiers()) {
    absl::StrAppend(&text, ", ", name, " ", ValueText(value));
  }
  return text;
}

}  // namespace labgraph::seed
