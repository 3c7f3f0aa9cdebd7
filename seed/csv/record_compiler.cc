#include "seed/csv/record_compiler.h"

#include <map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "labgraph/v1/editor_service.pb.h"
#include "seed/csv/field_compiler.h"

namespace labgraph::seed {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Kind = RecordField::Kind;

constexpr char kTargetOneof[] = "target";

// Whether a message is nothing without the field.
bool IsEssential(const FieldDescriptor& field) {
  const Descriptor* type = field.containing_type();
  if (type == v1::Entity::descriptor()) return field.name() == "id";
  if (type == v1::Alias::descriptor()) return field.name() == "text";
  if (type == v1::Source::descriptor()) return field.name() == "document";
  if (type != v1::Statement::descriptor()) return false;
  return field.name() == "subject" || field.name() == "predicate" ||
         field.containing_oneof() != nullptr;
}

Kind KindOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return Kind::kBoolean;
    case FieldDescriptor::CPPTYPE_ENUM:
      return Kind::kEnum;
    default:
      return Kind::kText;
  }
}

// Makes messages of the API ready, from templates in fields of the same names.
class MessageCompiler {
 public:
  explicit MessageCompiler(FieldCompiler* fields) : fields_(*fields) {}

  RecordField Compile(const Message& templates, const Descriptor& type, int number,
                      const std::string& path) {
    std::vector<const FieldDescriptor*> given;
    templates.GetReflection()->ListFields(templates, &given);
    std::vector<RecordField> compiled;
    for (const FieldDescriptor* from : given) {
      const FieldDescriptor& to = *type.FindFieldByName(from->name());
      for (RecordField& field :
           CompileField(templates, *from, to, absl::StrCat(path, ".", from->name()))) {
        field.essential = IsEssential(to);
        compiled.push_back(std::move(field));
      }
    }
    RequireEssentials(templates, type, path);
    return fields_.Message(std::move(compiled), number, path);
  }

 private:
  // The fields that one of the templates stands for: one, or one for each item or entry.
  std::vector<RecordField> CompileField(const Message& templates,
                                        const FieldDescriptor& from,
                                        const FieldDescriptor& to,
                                        const std::string& path) {
    const Reflection& reflection = *templates.GetReflection();
    if (from.is_map()) return CompileMap(templates, from, to.number(), path);
    if (!from.is_repeated()) return {CompileOne(templates, from, to, path)};
    std::vector<RecordField> items;
    for (int i = 0; i < reflection.FieldSize(templates, &from); ++i) {
      items.push_back(Compile(reflection.GetRepeatedMessage(templates, &from, i),
                              *to.message_type(), to.number(),
                              absl::StrCat(path, "[", i, "]")));
    }
    return items;
  }

  // A field that is neither list nor map.
  RecordField CompileOne(const Message& templates, const FieldDescriptor& from,
                         const FieldDescriptor& to, const std::string& path) {
    const Reflection& reflection = *templates.GetReflection();
    if (from.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      return fields_.Scalar(reflection.GetString(templates, &from), KindOf(to),
                            to.number(), path, to.enum_type());
    }
    const Message& message = reflection.GetMessage(templates, &from);
    if (message.GetDescriptor() == CsvValue::descriptor()) {
      return fields_.Value(static_cast<const CsvValue&>(message), to.number(), path);
    }
    return Compile(message, *to.message_type(), to.number(), path);
  }

  std::vector<RecordField> CompileMap(const Message& templates,
                                      const FieldDescriptor& from, int number,
                                      const std::string& path) {
    const Reflection& reflection = *templates.GetReflection();
    const FieldDescriptor* key = from.message_type()->map_key();
    const FieldDescriptor* value = from.message_type()->map_value();
    std::map<std::string, RecordField> values;
    for (int i = 0; i < reflection.FieldSize(templates, &from); ++i) {
      const Message& entry = reflection.GetRepeatedMessage(templates, &from, i);
      const std::string name = entry.GetReflection()->GetString(entry, key);
      values[name] = CompileOne(entry, *value, *value, absl::StrCat(path, ".", name));
    }
    return fields_.MapEntries(std::move(values), number, path);
  }

  // Complains about what a message has to have and the templates do not give.
  void RequireEssentials(const Message& templates, const Descriptor& type,
                         const std::string& path) {
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (!IsEssential(field) || field.containing_oneof() != nullptr) continue;
      const FieldDescriptor* from =
          templates.GetDescriptor()->FindFieldByName(field.name());
      Require(templates.GetReflection()->HasField(templates, from), field.name(), path);
    }
    if (const auto* target = templates.GetDescriptor()->FindOneofByName(kTargetOneof)) {
      Require(templates.GetReflection()->HasOneof(templates, target), "object or value",
              path);
    }
  }

  void Require(bool given, const std::string& name, const std::string& path) {
    if (given) return;
    fields_.Note(absl::InvalidArgumentError(
                     absl::StrCat(path, " has no ", name, "; it is required")),
                 path);
  }

  FieldCompiler& fields_;
};

RecordField CompileMutation(const CsvRecord& record, const std::string& path,
                            FieldCompiler* fields) {
  MessageCompiler messages(fields);
  RecordField put =
      record.has_entity()
          ? messages.Compile(record.entity(), *v1::Entity::descriptor(),
                             v1::Mutation::kPutEntityFieldNumber, path + ".entity")
          : messages.Compile(record.statement(), *v1::Statement::descriptor(),
                             v1::Mutation::kPutStatementFieldNumber, path + ".statement");
  put.essential = true;
  return fields->Message({std::move(put)}, v1::ImportRequest::kMutationsFieldNumber,
                         path);
}

}  // namespace

std::vector<CompiledRecord> CompileRecords(const CsvMapping& mapping,
                                           const Columns& columns,
                                           const ReadContext& context) {
  FieldCompiler fields(columns, context);
  std::vector<CompiledRecord> records;
  for (int i = 0; i < mapping.records_size(); ++i) {
    const CsvRecord& record = mapping.records(i);
    const std::string path = absl::StrCat("records[", i, "]");
    CompiledRecord& compiled = records.emplace_back();
    compiled.repeats = record.repeats();
    for (int k = 0; k < record.skip_if_empty_size(); ++k) {
      const absl::StatusOr<int> column = columns.Find(record.skip_if_empty(k));
      if (column.ok()) compiled.skip_if_empty.push_back(*column);
      fields.Note(column.status(), absl::StrCat(path, ".skip_if_empty[", k, "]"));
    }
    compiled.mutation = CompileMutation(record, path, &fields);
  }
  return records;
}

}  // namespace labgraph::seed
