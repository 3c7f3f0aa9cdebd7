#ifndef LABGRAPH_SEED_JSONL_MESSAGE_SHAPE_H_
#define LABGRAPH_SEED_JSONL_MESSAGE_SHAPE_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace labgraph::seed {

class MessageShapes;

// A field of a message as far as JsonEncoder needs to know it.
struct FieldShape {
  // What its JSON is: kOther is left to protobuf's parser.
  enum class Kind { kText, kBool, kEnum, kMessage, kValue, kTextMap, kValueMap, kOther };

  Kind kind = Kind::kOther;
  int number = 0;
  // A list of the kind; never for maps.
  bool repeated = false;
  // Numbers of the field and of its oneof in the message, from 0; oneof -1 for none.
  int index = 0;
  int oneof = -1;
  // Of kEnum and kMessage.
  const google::protobuf::EnumDescriptor* enum_type = nullptr;
  const struct MessageShape* message = nullptr;
};

// The fields of a message by both names that they have in JSON.
struct MessageShape {
  absl::flat_hash_map<std::string, FieldShape> fields;
};

// Shapes by type, each made once. Not thread-safe while shapes are made.
class MessageShapes {
 public:
  // The shape of a type and of all that is in it; lives as long as this.
  const MessageShape* Of(const google::protobuf::Descriptor* type);

 private:
  FieldShape ShapeOf(const google::protobuf::FieldDescriptor& field);

  absl::flat_hash_map<const google::protobuf::Descriptor*, std::unique_ptr<MessageShape>>
      shapes_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_JSONL_MESSAGE_SHAPE_H_
