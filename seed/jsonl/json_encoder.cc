#include "seed/jsonl/json_encoder.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "google/protobuf/struct.pb.h"
#include "seed/bulk/chunk.h"

namespace labgraph::seed {
namespace {

namespace dom = simdjson::dom;
using google::protobuf::ListValue;
using google::protobuf::Struct;
using google::protobuf::Value;

// Messages and values within one another; protobuf's parser stops only far behind.
constexpr int kMaxDepth = 20;
// Keys of an object that are compared with one another.
constexpr size_t kMaxMapKeys = 32;
// Whole numbers up to here are doubles without loss.
constexpr int64_t kMaxExactInteger = int64_t{1} << 53;
// The fields of every entry of a map.
constexpr int kMapKey = 1;
constexpr int kMapValue = 2;

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

bool EncodeText(const dom::element& json, int field, WireWriter& wire) {
  std::string_view text;
  if (json.get_string().get(text) != simdjson::SUCCESS) return false;
  wire.Text(field, View(text));
  return true;
}

bool EncodeBool(const dom::element& json, int field, WireWriter& wire) {
  bool truth;
  if (json.get_bool().get(truth) != simdjson::SUCCESS) return false;
  wire.Varint(field, truth ? 1 : 0);
  return true;
}

bool EncodeEnum(const dom::element& json, const FieldShape& field, WireWriter& wire) {
  std::string_view name;
  if (json.get_string().get(name) != simdjson::SUCCESS) return false;
  const auto* value = field.enum_type->FindValueByName(std::string(name));
  if (value == nullptr || value->number() < 0) return false;
  wire.Varint(field.number, static_cast<uint64_t>(value->number()));
  return true;
}

// Whether a map would have one of its keys twice; also true where that would take long to
// find out.
bool MayRepeatKeys(const dom::object& json) {
  if (json.size() > kMaxMapKeys) return true;
  for (auto a = json.begin(); a != json.end(); ++a) {
    for (auto b = json.begin(); b != a; ++b) {
      if (a.key() == b.key()) return true;
    }
  }
  return false;
}

// Each entry of `json` as an entry of the map in `field`, its value by `encode_value`.
template <typename EncodeOne>
bool EncodeMap(const dom::element& json, int field, WireWriter& wire,
               EncodeOne encode_value) {
  dom::object object;
  if (json.get_object().get(object) != simdjson::SUCCESS || MayRepeatKeys(object)) {
    return false;
  }
  for (dom::key_value_pair entry : object) {
    const size_t opened = wire.Open(field);
    wire.Text(kMapKey, View(entry.key));
    if (!encode_value(entry.value)) return false;
    wire.Close(opened);
  }
  return true;
}

bool EncodeValue(const dom::element& json, int field, int depth, WireWriter& wire);

bool EncodeStruct(const dom::element& json, int depth, WireWriter& wire) {
  const size_t opened = wire.Open(Value::kStructValueFieldNumber);
  if (!EncodeMap(json, Struct::kFieldsFieldNumber, wire, [&](const dom::element& value) {
        return EncodeValue(value, kMapValue, depth, wire);
      })) {
    return false;
  }
  wire.Close(opened);
  return true;
}

bool EncodeList(const dom::array& json, int depth, WireWriter& wire) {
  const size_t opened = wire.Open(Value::kListValueFieldNumber);
  for (dom::element item : json) {
    if (!EncodeValue(item, ListValue::kValuesFieldNumber, depth, wire)) return false;
  }
  wire.Close(opened);
  return true;
}

// The fields of a google.protobuf.Value.
bool EncodeValueFields(const dom::element& json, int depth, WireWriter& wire) {
  switch (json.type()) {
    case dom::element_type::STRING:
      return EncodeText(json, Value::kStringValueFieldNumber, wire);
    case dom::element_type::BOOL:
      return EncodeBool(json, Value::kBoolValueFieldNumber, wire);
    case dom::element_type::DOUBLE:
      wire.Double(Value::kNumberValueFieldNumber,
                  double(json.get_double().value_unsafe()));
      return true;
    case dom::element_type::INT64: {
      const int64_t number = json.get_int64().value_unsafe();
      if (number < -kMaxExactInteger || number > kMaxExactInteger) return false;
      wire.Double(Value::kNumberValueFieldNumber, static_cast<double>(number));
      return true;
    }
    case dom::element_type::NULL_VALUE:
      wire.Varint(Value::kNullValueFieldNumber, 0);
      return true;
    case dom::element_type::OBJECT:
      return EncodeStruct(json, depth, wire);
    case dom::element_type::ARRAY:
      return EncodeList(json.get_array().value_unsafe(), depth, wire);
    default:
      return false;
  }
}

bool EncodeValue(const dom::element& json, int field, int depth, WireWriter& wire) {
  if (depth > kMaxDepth) return false;
  const size_t opened = wire.Open(field);
  if (!EncodeValueFields(json, depth + 1, wire)) return false;
  wire.Close(opened);
  return true;
}

bool EncodeFields(const dom::element& json, const MessageShape& shape, int depth,
                  WireWriter& wire);

// A field that is no list, or one item of a list.
bool EncodeOne(const dom::element& json, const FieldShape& field, int depth,
               WireWriter& wire) {
  switch (field.kind) {
    case FieldShape::Kind::kText:
      return EncodeText(json, field.number, wire);
    case FieldShape::Kind::kBool:
      return EncodeBool(json, field.number, wire);
    case FieldShape::Kind::kEnum:
      return EncodeEnum(json, field, wire);
    case FieldShape::Kind::kValue:
      return EncodeValue(json, field.number, depth, wire);
    case FieldShape::Kind::kMessage: {
      const size_t opened = wire.Open(field.number);
      if (!EncodeFields(json, *field.message, depth + 1, wire)) return false;
      wire.Close(opened);
      return true;
    }
    case FieldShape::Kind::kTextMap:
      return EncodeMap(json, field.number, wire, [&](const dom::element& value) {
        return EncodeText(value, kMapValue, wire);
      });
    case FieldShape::Kind::kValueMap:
      return EncodeMap(json, field.number, wire, [&](const dom::element& value) {
        return EncodeValue(value, kMapValue, depth, wire);
      });
    case FieldShape::Kind::kOther:
      break;
  }
  return false;
}

bool EncodeField(const dom::element& json, const FieldShape& field, int depth,
                 WireWriter& wire) {
  if (!field.repeated) return EncodeOne(json, field, depth, wire);
  dom::array items;
  if (json.get_array().get(items) != simdjson::SUCCESS) return false;
  for (dom::element item : items) {
    if (!EncodeOne(item, field, depth, wire)) return false;
  }
  return true;
}

bool EncodeFields(const dom::element& json, const MessageShape& shape, int depth,
                  WireWriter& wire) {
  dom::object object;
  if (depth > kMaxDepth || json.get_object().get(object) != simdjson::SUCCESS) {
    return false;
  }
  // A bit for each field and oneof that was given.
  uint64_t fields = 0;
  uint64_t oneofs = 0;
  for (dom::key_value_pair entry : object) {
    const auto found = shape.fields.find(View(entry.key));
    if (found == shape.fields.end()) return false;
    const FieldShape& field = found->second;
    const uint64_t field_bit = uint64_t{1} << field.index;
    const uint64_t oneof_bit = field.oneof < 0 ? 0 : uint64_t{1} << field.oneof;
    if ((fields & field_bit) != 0 || (oneofs & oneof_bit) != 0) return false;
    fields |= field_bit;
    oneofs |= oneof_bit;
    if (!EncodeField(entry.value, field, depth, wire)) return false;
  }
  return true;
}

}  // namespace

bool JsonEncoder::Encode(absl::string_view json, WireWriter& wire) {
  static_assert(Chunk::kPadding >= simdjson::SIMDJSON_PADDING);
  dom::element element;
  if (parser_.parse(json.data(), json.size(), /*realloc_if_needed=*/false).get(element) !=
      simdjson::SUCCESS) {
    return false;
  }
  return EncodeFields(element, *shape_, 0, wire);
}

}  // namespace labgraph::seed
