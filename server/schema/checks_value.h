#ifndef LABGRAPH_SERVER_SCHEMA_CHECKS_VALUE_H_
#define LABGRAPH_SERVER_SCHEMA_CHECKS_VALUE_H_

// The parts that CheckValue is made of; for use within this folder. Each fails at
// `field` or below it, as CheckValue does.

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/struct.pb.h"

namespace labgraph::schema {

// The value must be `expected`, for example "a finite number", and is not.
absl::Status ValueMismatch(absl::string_view field, absl::string_view expected,
                           const google::protobuf::Value& value);

absl::Status CheckNumber(const google::protobuf::Value& value, absl::string_view field);
absl::Status CheckUrl(const google::protobuf::Value& value, absl::string_view field);

// VALUE_TYPE_TEXT: texts by language.
absl::Status CheckTexts(const google::protobuf::Value& value, absl::string_view field);
absl::Status CheckQuantity(const google::protobuf::Value& value, absl::string_view field);
absl::Status CheckJson(const google::protobuf::Value& value, absl::string_view field);

}  // namespace labgraph::schema

#endif  // LABGRAPH_SERVER_SCHEMA_CHECKS_VALUE_H_
