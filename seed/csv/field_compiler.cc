#include "seed/csv/field_compiler.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"

namespace labgraph::seed {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Struct;
using Kind = RecordField::Kind;
using ValueMessage = google::protobuf::Value;

// The number that the keys of every map have in its entries.
constexpr int kMapKey = 1;

RecordField Key(const std::string& key) {
  RecordField field;
  field.kind = Kind::kConstant;
  WireWriter wire;
  wire.Text(kMapKey, key);
  field.constant = wire.Take();
  return field;
}

RecordField Essential(RecordField field) {
  field.essential = true;
  return field;
}

}  // namespace

RecordField FieldCompiler::Scalar(const std::string& text, Kind kind, int number,
                                  const std::string& path,
                                  const google::protobuf::EnumDescriptor* enum_type) {
  RecordField field;
  field.kind = kind;
  field.number = number;
  field.path = path;
  field.enum_type = enum_type;
  absl::StatusOr<CellTemplate> parsed = CellTemplate::Parse(text, columns_);
  Note(parsed.status(), path);
  if (!parsed.ok()) return field;
  field.text = *std::move(parsed);
  if (field.text.IsConstant()) MakeConstant(&field);
  return field;
}

RecordField FieldCompiler::Message(std::vector<RecordField> fields, int number,
                                   const std::string& path) {
  RecordField message;
  message.number = number;
  message.path = path;
  message.fields = std::move(fields);
  if (std::all_of(message.fields.begin(), message.fields.end(),
                  [](const auto& field) { return field.kind == Kind::kConstant; })) {
    MakeConstant(&message);
  }
  return message;
}

void FieldCompiler::MakeConstant(RecordField* field) {
  WireWriter wire;
  std::string scratch;
  FieldWriter writer(&wire, &scratch);
  const FieldOutcome outcome = writer.Write(*field, CsvRow());
  if (outcome == FieldOutcome::kProblem) {
    Note(absl::InvalidArgumentError(writer.problem()), field->path);
  }
  if (outcome != FieldOutcome::kWritten) return;
  field->constant = wire.Take();
  field->kind = Kind::kConstant;
}

std::vector<RecordField> FieldCompiler::MapEntries(
    std::map<std::string, RecordField> values, int number, const std::string& path) {
  std::vector<RecordField> entries;
  for (auto& [key, value] : values) {
    entries.push_back(Message({Key(key), Essential(std::move(value))}, number,
                              absl::StrCat(path, ".", key)));
  }
  return entries;
}

RecordField FieldCompiler::Value(const CsvValue& value, int number,
                                 const std::string& path) {
  std::vector<const FieldDescriptor*> given;
  value.GetReflection()->ListFields(value, &given);
  if (given.size() != 1) {
    Note(absl::InvalidArgumentError(absl::StrCat(
             path, given.empty() ? " has no value" : " has more than one value",
             "; one of string, number, boolean, text, fields would be right")),
         path);
    return {};
  }
  RecordField content;
  if (!value.string().empty()) {
    content = Scalar(value.string(), Kind::kText, ValueMessage::kStringValueFieldNumber,
                     path + ".string");
  } else if (!value.number().empty()) {
    content = Scalar(value.number(), Kind::kNumber, ValueMessage::kNumberValueFieldNumber,
                     path + ".number");
  } else if (!value.boolean().empty()) {
    content = Scalar(value.boolean(), Kind::kBoolean, ValueMessage::kBoolValueFieldNumber,
                     path + ".boolean");
  } else {
    content = Object(value, path);
  }
  return Message({Essential(std::move(content))}, number, path);
}

RecordField FieldCompiler::Object(const CsvValue& value, const std::string& path) {
  std::map<std::string, RecordField> values;
  for (const auto& [lang, text] : value.text()) {
    const std::string text_path = absl::StrCat(path, ".text.", lang);
    RecordField content =
        Scalar(text, Kind::kText, ValueMessage::kStringValueFieldNumber, text_path);
    values[lang] = Message({Essential(std::move(content))}, kMapValue, text_path);
  }
  for (const auto& [name, field] : value.fields()) {
    values[name] = Value(field, kMapValue, absl::StrCat(path, ".fields.", name));
  }
  return Message(MapEntries(std::move(values), Struct::kFieldsFieldNumber, path),
                 ValueMessage::kStructValueFieldNumber, path);
}

void FieldCompiler::Note(const absl::Status& status, const std::string& path) {
  const Position position = context_.source_map->Find(path);
  if (status.ok() || context_.HasProblemAt(position)) return;
  context_.problems->push_back({context_.file, position, std::string(status.message())});
}

}  // namespace labgraph::seed
