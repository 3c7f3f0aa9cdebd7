#include "seed/reader/scalar_field.h"

#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "seed/reader/describe.h"
#include "seed/reader/nearest_name.h"
#include "seed/reader/plain_scalar.h"

namespace labgraph::seed {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// One field of one message, set or appended to by the type of the value.
struct Target {
  const FieldDescriptor* field;
  Message* message;

  template <typename T>
  using Writer = void (Reflection::*)(Message*, const FieldDescriptor*, T) const;

  template <typename T>
  void Write(T value, Writer<T> set, Writer<T> add) const {
    (message->GetReflection()->*(field->is_repeated() ? add : set))(message, field,
                                                                    value);
  }

  void Write(int32_t v) const { Write(v, &Reflection::SetInt32, &Reflection::AddInt32); }
  void Write(int64_t v) const { Write(v, &Reflection::SetInt64, &Reflection::AddInt64); }
  void Write(uint32_t v) const {
    Write(v, &Reflection::SetUInt32, &Reflection::AddUInt32);
  }
  void Write(uint64_t v) const {
    Write(v, &Reflection::SetUInt64, &Reflection::AddUInt64);
  }
  void Write(float v) const { Write(v, &Reflection::SetFloat, &Reflection::AddFloat); }
  void Write(double v) const { Write(v, &Reflection::SetDouble, &Reflection::AddDouble); }
  void Write(bool v) const { Write(v, &Reflection::SetBool, &Reflection::AddBool); }
  void Write(const std::string& v) const {
    Write<std::string>(v, &Reflection::SetString, &Reflection::AddString);
  }
  void Write(const EnumValueDescriptor* v) const {
    Write(v, &Reflection::SetEnum, &Reflection::AddEnum);
  }
};

// The functions below write the value and return true, or return false when the node does
// not hold one.

template <typename Integer>
bool WriteInteger(const YamlNode& node, const Target& target) {
  if (!node.plain) return false;
  absl::optional<WholeNumber> number = ParseWholeNumber(node.text);
  if (!number.has_value()) return false;
  constexpr uint64_t kMax = std::numeric_limits<Integer>::max();
  constexpr uint64_t kMaxNegative = std::is_signed_v<Integer> ? kMax + 1 : 0;
  if (number->magnitude > (number->negative ? kMaxNegative : kMax)) return false;
  const uint64_t value = number->negative ? 0 - number->magnitude : number->magnitude;
  target.Write(static_cast<Integer>(value));
  return true;
}

template <typename Float>
bool WriteFloat(const YamlNode& node, const Target& target) {
  absl::optional<double> number = node.plain ? ParseNumber(node.text) : absl::nullopt;
  if (!number.has_value()) return false;
  target.Write(static_cast<Float>(*number));
  return true;
}

bool WriteBoolean(const YamlNode& node, const Target& target) {
  absl::optional<bool> value = node.plain ? ParseBoolean(node.text) : absl::nullopt;
  if (!value.has_value()) return false;
  target.Write(*value);
  return true;
}

bool WriteEnum(const YamlNode& node, const Target& target) {
  const EnumValueDescriptor* value = FindEnumValue(*target.field->enum_type(), node.text);
  if (value == nullptr) return false;
  target.Write(value);
  return true;
}

bool WriteScalar(const YamlNode& node, const Target& target) {
  switch (target.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return WriteInteger<int32_t>(node, target);
    case FieldDescriptor::CPPTYPE_INT64:
      return WriteInteger<int64_t>(node, target);
    case FieldDescriptor::CPPTYPE_UINT32:
      return WriteInteger<uint32_t>(node, target);
    case FieldDescriptor::CPPTYPE_UINT64:
      return WriteInteger<uint64_t>(node, target);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return WriteFloat<float>(node, target);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return WriteFloat<double>(node, target);
    case FieldDescriptor::CPPTYPE_BOOL:
      return WriteBoolean(node, target);
    case FieldDescriptor::CPPTYPE_ENUM:
      return WriteEnum(node, target);
    case FieldDescriptor::CPPTYPE_STRING:
      target.Write(node.text);
      return true;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return false;
}

// A hint at what was probably meant, to go behind what would be right.
std::string Hint(const YamlNode& node, const FieldDescriptor& field) {
  if (node.kind != YamlNode::Kind::kScalar) return "";
  if (field.enum_type() != nullptr) {
    return DidYouMean(node.text, ShortNames(*field.enum_type()));
  }
  return node.plain ? "" : ", without quotes";
}

}  // namespace

void ReadScalarField(const YamlNode& node, const FieldDescriptor* field, Message* message,
                     const ReadContext& context) {
  if (node.kind == YamlNode::Kind::kScalar && WriteScalar(node, Target{field, message}))
    return;
  context.Complain(node.position, absl::StrCat(field->name(), " is ", Describe(node)),
                   absl::StrCat(Describe(*field), " would be right", Hint(node, *field)));
}

}  // namespace labgraph::seed
