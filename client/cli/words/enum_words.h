#ifndef LABGRAPH_CLIENT_CLI_WORDS_ENUM_WORDS_H_
#define LABGRAPH_CLIENT_CLI_WORDS_ENUM_WORDS_H_

#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace labgraph::cli {

// The value's name without the enum's prefix, in lower case; empty for UNSPECIFIED.
std::string EnumWord(const google::protobuf::EnumDescriptor& type, int number);

// Word(v1::ASSERTION_NEGATED) is "negated".
template <typename Enum>
std::string Word(Enum value) {
  return EnumWord(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_WORDS_ENUM_WORDS_H_
