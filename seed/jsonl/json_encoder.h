#ifndef LABGRAPH_SEED_JSONL_JSON_ENCODER_H_
#define LABGRAPH_SEED_JSONL_JSON_ENCODER_H_

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "seed/bulk/wire_writer.h"
#include "seed/jsonl/message_shape.h"
#include "simdjson.h"

namespace labgraph::seed {

// Turns the proto JSON of a message into wire format, without the message. It knows the
// shapes in which JSON is commonly written: objects whose fields are texts, booleans,
// enums by name, messages, lists of those, maps and google.protobuf.Value, each given
// once and none of them null. Whatever else there is (numbers for enums, a field given
// twice, an unknown name, malformed JSON) is left to protobuf's own parser, which is
// twenty times slower and says what is wrong. Not thread-safe.
class JsonEncoder {
 public:
  explicit JsonEncoder(const google::protobuf::Descriptor* type)
      : shape_(shapes_.Of(type)) {}

  // Writes the message's fields. False where `json` is for protobuf's parser; then what
  // was written is to be taken back. REQUIRES: Chunk::kPadding bytes may be read behind
  // `json`.
  bool Encode(absl::string_view json, WireWriter& wire);

 private:
  simdjson::dom::parser parser_;
  MessageShapes shapes_;
  const MessageShape* shape_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_JSONL_JSON_ENCODER_H_
