#include "seed/reader/message_reader.h"

#include <limits>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/struct.pb.h"
#include "labgraph/v1/entity.pb.h"
#include "labgraph/v1/statement.pb.h"
#include "seed/reader/describe.h"
#include "seed/reader/nearest_name.h"
#include "seed/reader/scalar_field.h"
#include "seed/reader/value_reader.h"

namespace labgraph::seed {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;
using google::protobuf::Reflection;
using google::protobuf::Value;

// From this number on the fields of a record are the server's to fill in.
int FirstOutputOnlyField(const Descriptor* type) {
  if (type == v1::Entity::descriptor() || type == v1::Statement::descriptor()) return 20;
  if (type == v1::ValidTime::descriptor()) return 10;
  return std::numeric_limits<int>::max();
}

bool IsOutputOnly(const FieldDescriptor& field) {
  return field.number() >= FirstOutputOnlyField(field.containing_type());
}

std::string Join(const std::string& path, const std::string& name) {
  return path.empty() ? name : absl::StrCat(path, ".", name);
}

// Reads one value of a field, appending it to a list.
void ReadItem(const YamlNode& node, const std::string& path, const FieldDescriptor* field,
              Message* message, const ReadContext& context) {
  context.source_map->Add(path, node.position);
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
    ReadScalarField(node, field, message, context);
    return;
  }
  const Reflection* reflection = message->GetReflection();
  Message* item = field->is_repeated() ? reflection->AddMessage(message, field)
                                       : reflection->MutableMessage(message, field);
  if (item->GetDescriptor() == Value::descriptor()) {
    ReadValue(node, path, static_cast<Value*>(item), context);
  } else {
    ReadMessage(node, path, item, context);
  }
}

void ReadList(const YamlNode& node, const std::string& path, const FieldDescriptor* field,
              Message* message, const ReadContext& context) {
  if (node.kind != YamlNode::Kind::kSequence) {
    context.Complain(node.position, absl::StrCat(field->name(), " is ", Describe(node)),
                     absl::StrCat("a list would be right, each item ", Describe(*field)));
    return;
  }
  for (size_t i = 0; i < node.items.size(); ++i) {
    ReadItem(node.items[i], absl::StrCat(path, "[", i, "]"), field, message, context);
  }
}

void ReadMap(const YamlNode& node, const std::string& path, const FieldDescriptor* field,
             Message* message, const ReadContext& context) {
  const FieldDescriptor* key_field = field->message_type()->map_key();
  const FieldDescriptor* value_field = field->message_type()->map_value();
  if (node.kind != YamlNode::Kind::kMap) {
    context.Complain(
        node.position, absl::StrCat(field->name(), " is ", Describe(node)),
        absl::StrCat("a map would be right, each value ", Describe(*value_field)));
    return;
  }
  for (size_t i = 0; i < node.items.size(); ++i) {
    Message* entry = message->GetReflection()->AddMessage(message, field);
    YamlNode key;
    key.kind = YamlNode::Kind::kScalar;
    key.plain = true;
    key.text = node.keys[i].text;
    key.position = node.keys[i].position;
    ReadScalarField(key, key_field, entry, context);
    ReadItem(node.items[i], Join(path, key.text), value_field, entry, context);
  }
}

void ReadField(const YamlNode& node, const std::string& path,
               const FieldDescriptor* field, Message* message,
               const ReadContext& context) {
  context.source_map->Add(path, node.position);
  if (field->is_map()) {
    ReadMap(node, path, field, message, context);
  } else if (field->is_repeated()) {
    ReadList(node, path, field, message, context);
  } else {
    ReadItem(node, path, field, message, context);
  }
}

// The field of a key; null, with a complaint, when there is none that may be written.
const FieldDescriptor* FindField(const YamlKey& key, const Descriptor& type,
                                 const ReadContext& context) {
  const FieldDescriptor* field = type.FindFieldByName(key.text);
  if (field == nullptr) {
    std::vector<std::string> names = WritableFieldNames(type);
    context.Complain(key.position,
                     absl::StrCat(type.name(), " has no field \"", key.text, "\"",
                                  DidYouMean(key.text, names)),
                     absl::StrCat("its fields are ", absl::StrJoin(names, ", ")));
    return nullptr;
  }
  if (IsOutputOnly(*field)) {
    context.Complain(
        key.position,
        absl::StrCat(key.text, " is what the server fills in when it answers"),
        "leave it out of a file");
    return nullptr;
  }
  return field;
}

}  // namespace

std::vector<std::string> WritableFieldNames(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) {
    if (!IsOutputOnly(*type.field(i))) names.push_back(type.field(i)->name());
  }
  return names;
}

void ReadMessage(const YamlNode& node, const std::string& path, Message* message,
                 const ReadContext& context) {
  const Descriptor* type = message->GetDescriptor();
  if (node.kind != YamlNode::Kind::kMap) {
    context.Complain(node.position, absl::StrCat(type->name(), " is ", Describe(node)),
                     absl::StrCat("a map with its fields would be right: ",
                                  absl::StrJoin(WritableFieldNames(*type), ", ")));
    return;
  }
  absl::flat_hash_map<const OneofDescriptor*, const FieldDescriptor*> taken;
  for (size_t i = 0; i < node.items.size(); ++i) {
    const FieldDescriptor* field = FindField(node.keys[i], *type, context);
    if (field == nullptr) continue;
    if (const OneofDescriptor* oneof = field->real_containing_oneof(); oneof != nullptr) {
      auto [first, is_new] = taken.emplace(oneof, field);
      if (!is_new) {
        context.Complain(node.keys[i].position,
                         absl::StrCat(field->name(), " beside ", first->second->name(),
                                      ", which exclude one another"),
                         "keep one of them");
        continue;
      }
    }
    ReadField(node.items[i], Join(path, field->name()), field, message, context);
  }
}

}  // namespace labgraph::seed
