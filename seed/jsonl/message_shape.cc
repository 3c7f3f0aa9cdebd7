#include "seed/jsonl/message_shape.h"

#include "google/protobuf/struct.pb.h"

namespace labgraph::seed {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

bool IsValue(const FieldDescriptor& field) {
  return field.message_type() == google::protobuf::Value::descriptor();
}

// Types with JSON of their own, such as Timestamp, which is a text.
bool HasOwnJson(const Descriptor& type) {
  return type.file()->package() == "google.protobuf";
}

FieldShape::Kind KindOfMap(const FieldDescriptor& field) {
  const FieldDescriptor& value = *field.message_type()->map_value();
  if (field.message_type()->map_key()->type() != FieldDescriptor::TYPE_STRING) {
    return FieldShape::Kind::kOther;
  }
  if (value.type() == FieldDescriptor::TYPE_STRING) return FieldShape::Kind::kTextMap;
  return IsValue(value) ? FieldShape::Kind::kValueMap : FieldShape::Kind::kOther;
}

FieldShape::Kind KindOf(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_STRING:
      return FieldShape::Kind::kText;
    case FieldDescriptor::TYPE_BOOL:
      return FieldShape::Kind::kBool;
    case FieldDescriptor::TYPE_ENUM:
      return FieldShape::Kind::kEnum;
    case FieldDescriptor::TYPE_MESSAGE:
      if (field.is_map()) return KindOfMap(field);
      if (IsValue(field)) return FieldShape::Kind::kValue;
      return HasOwnJson(*field.message_type()) ? FieldShape::Kind::kOther
                                               : FieldShape::Kind::kMessage;
    default:
      return FieldShape::Kind::kOther;
  }
}

}  // namespace

const MessageShape* MessageShapes::Of(const Descriptor* type) {
  auto [found, is_new] = shapes_.emplace(type, nullptr);
  if (!is_new) return found->second.get();
  found->second = std::make_unique<MessageShape>();
  MessageShape* shape = found->second.get();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldShape field = ShapeOf(*type->field(i));
    shape->fields[type->field(i)->name()] = field;
    shape->fields[type->field(i)->json_name()] = field;
  }
  return shape;
}

FieldShape MessageShapes::ShapeOf(const FieldDescriptor& field) {
  FieldShape shape;
  shape.kind = KindOf(field);
  shape.number = field.number();
  shape.repeated = field.is_repeated() && !field.is_map();
  shape.index = field.index();
  if (field.containing_oneof() != nullptr)
    shape.oneof = field.containing_oneof()->index();
  if (shape.kind == FieldShape::Kind::kEnum) shape.enum_type = field.enum_type();
  if (shape.kind == FieldShape::Kind::kMessage) shape.message = Of(field.message_type());
  return shape;
}

}  // namespace labgraph::seed
