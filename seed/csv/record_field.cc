#include "seed/csv/record_field.h"

#include <charconv>
#include <cmath>
#include <initializer_list>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "seed/reader/describe.h"
#include "seed/reader/exact_number.h"
#include "seed/reader/shown_text.h"

namespace labgraph::seed {
namespace {

bool IsAnyOf(absl::string_view text, std::initializer_list<absl::string_view> words) {
  for (absl::string_view word : words) {
    if (absl::EqualsIgnoreCase(text, word)) return true;
  }
  return false;
}

}  // namespace

FieldOutcome FieldWriter::Write(const RecordField& field, const CsvRow& row) {
  if (field.kind == RecordField::Kind::kConstant) {
    wire_->Raw(field.constant);
    return FieldOutcome::kWritten;
  }
  if (field.kind == RecordField::Kind::kMessage) return WriteMessage(field, row);
  absl::string_view text;
  if (!field.text.Fill(row, scratch_, &text, &column_)) {
    missing_ = &field;
    missing_column_ = column_;
    return FieldOutcome::kLeftOut;
  }
  switch (field.kind) {
    case RecordField::Kind::kBoolean:
      return WriteBoolean(field, text);
    case RecordField::Kind::kNumber:
      return WriteNumber(field, text);
    case RecordField::Kind::kEnum:
      return WriteEnum(field, text);
    default:
      wire_->Text(field.number, text);
      return FieldOutcome::kWritten;
  }
}

FieldOutcome FieldWriter::WriteMessage(const RecordField& field, const CsvRow& row) {
  const size_t begin = wire_->size();
  const size_t opened = wire_->Open(field.number);
  for (const RecordField& part : field.fields) {
    const FieldOutcome outcome = Write(part, row);
    if (outcome == FieldOutcome::kProblem) return outcome;
    if (outcome == FieldOutcome::kLeftOut && part.essential) {
      wire_->Truncate(begin);
      return outcome;
    }
  }
  if (wire_->size() == opened) {
    wire_->Truncate(begin);
    return FieldOutcome::kLeftOut;
  }
  wire_->Close(opened);
  return FieldOutcome::kWritten;
}

FieldOutcome FieldWriter::WriteBoolean(const RecordField& field, absl::string_view text) {
  const bool truth = IsAnyOf(text, {"true", "t", "yes", "y", "1"});
  if (!truth && !IsAnyOf(text, {"false", "f", "no", "n", "0"})) {
    return Fail(text,
                "no truth value; true, t, yes, y, 1, false, f, no, n or 0 would be "
                "right");
  }
  wire_->Varint(field.number, truth ? 1 : 0);
  return FieldOutcome::kWritten;
}

FieldOutcome FieldWriter::WriteNumber(const RecordField& field, absl::string_view text) {
  absl::string_view digits = text;
  absl::ConsumePrefix(&digits, "+");
  double number = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number);
  if (digits.empty() || stop != end || error != std::errc() || !std::isfinite(number)) {
    return Fail(text, "no number; one such as -12.5 or 1e6 would be right");
  }
  if (!IsExactIfWhole(digits)) {
    problem_ = DescribeInexact(text);
    return FieldOutcome::kProblem;
  }
  wire_->Double(field.number, number);
  return FieldOutcome::kWritten;
}

FieldOutcome FieldWriter::WriteEnum(const RecordField& field, absl::string_view text) {
  const auto* value = FindEnumValue(*field.enum_type, std::string(text));
  if (value == nullptr) {
    return Fail(text, absl::StrCat("no ", field.enum_type->name(), "; one of ",
                                   absl::StrJoin(ShortNames(*field.enum_type), ", "),
                                   " would be right"));
  }
  wire_->Varint(field.number, static_cast<uint64_t>(value->number()));
  return FieldOutcome::kWritten;
}

FieldOutcome FieldWriter::Fail(absl::string_view text, absl::string_view what) {
  problem_ = absl::StrCat("\"", ShownText(text), "\" is ", what);
  return FieldOutcome::kProblem;
}

}  // namespace labgraph::seed
