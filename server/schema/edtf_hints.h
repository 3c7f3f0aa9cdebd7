#ifndef LABGRAPH_SERVER_SCHEMA_EDTF_HINTS_H_
#define LABGRAPH_SERVER_SCHEMA_EDTF_HINTS_H_

#include "absl/strings/string_view.h"

namespace labgraph::schema {

// What to write, for a date of which nothing more is known than that it is wrong.
inline constexpr char kDateExamples[] =
    "write for example \"2021\", \"2021-07\", \"2021-07-14\" or \"2021-07~\".";

// What to write instead of a character that cannot stand where it was found in a date.
absl::string_view DateHint(char found);

}  // namespace labgraph::schema

#endif  // LABGRAPH_SERVER_SCHEMA_EDTF_HINTS_H_
