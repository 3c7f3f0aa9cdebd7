#ifndef LABGRAPH_VALUE_H_
#define LABGRAPH_VALUE_H_

#include <concepts>
#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/struct.pb.h"

namespace labgraph::client {

// JSON values for properties and qualifiers, from what C++ has: see v1::ValueType for the
// form of each type.

// VALUE_TYPE_STRING, _DATE, _URL and _STATEMENT.
google::protobuf::Value MakeValue(absl::string_view text);
inline google::protobuf::Value MakeValue(const char* text) {
  return MakeValue(absl::string_view(text));
}
// VALUE_TYPE_NUMBER, and _INTEGER between -2^53 and 2^53.
google::protobuf::Value MakeNumberValue(double number);
template <typename T>
requires std::floating_point<T> ||
    (std::integral<T> && !std::same_as<T, bool>)google::protobuf::Value
    MakeValue(T number) {
  return MakeNumberValue(static_cast<double>(number));
}
// VALUE_TYPE_BOOLEAN. A template, so that no pointer turns into true.
google::protobuf::Value MakeBoolValue(bool truth);
template <std::same_as<bool> T>
google::protobuf::Value MakeValue(T truth) {
  return MakeBoolValue(truth);
}
// VALUE_TYPE_TEXT: the text by language tag.
google::protobuf::Value MakeValue(const std::map<std::string, std::string>& text_by_lang);
// Any other, as it is.
inline google::protobuf::Value MakeValue(google::protobuf::Value value) { return value; }

}  // namespace labgraph::client

#endif  // LABGRAPH_VALUE_H_
