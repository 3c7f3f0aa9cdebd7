#ifndef LABGRAPH_VALUE_H_
#define LABGRAPH_VALUE_H_

#include <concepts>
#include <map>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/struct.pb.h"

namespace labgraph::client {

// JSON values for properties and qualifiers, from what C++ has: see v1::ValueType for the
// form of each type.

template <typename T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool>;

// VALUE_TYPE_STRING, _DATE, _URL and _STATEMENT.
google::protobuf::Value MakeValue(absl::string_view text);
inline google::protobuf::Value MakeValue(const char* text) {
  return MakeValue(absl::string_view(text));
}
// VALUE_TYPE_NUMBER, and _INTEGER between -2^53 and 2^53.
google::protobuf::Value MakeNumberValue(double number);
template <std::floating_point T>
google::protobuf::Value MakeValue(T number) {
  return MakeNumberValue(static_cast<double>(number));
}
// A whole number that no number of JSON is exactly, beyond 2^53, becomes its digits as a
// text, so that nothing is changed silently: what takes numbers refuses it.
template <WholeNumber T>
google::protobuf::Value MakeValue(T number) {
  const absl::int128 whole = number;
  const auto nearest = static_cast<double>(number);
  if (absl::int128(nearest) == whole) return MakeNumberValue(nearest);
  return MakeValue(std::to_string(number));
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
