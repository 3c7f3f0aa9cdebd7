#ifndef LABGRAPH_CLIENT_CLI_COMMIT_INPUT_H_
#define LABGRAPH_CLIENT_CLI_COMMIT_INPUT_H_

#include <istream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "labgraph/v1/editor_service.pb.h"

namespace labgraph::cli {

// What a file says, or `in` for the name "-". Usage error: it cannot be read, is empty or
// is not UTF-8.
absl::StatusOr<std::string> ReadInput(const std::string& name, std::istream& in);

// Reads a commit: a whole labgraph.v1.CommitRequest as one JSON document over any number
// of lines, or one labgraph.v1.Mutation on each line, empty lines left out.
// Usage error: not JSON, or not of that form, with `name` and the line.
absl::StatusOr<v1::CommitRequest> ParseCommit(absl::string_view text,
                                              absl::string_view name);

// Reads one message; the error says only what is wrong in it: a whole number, too, that
// no number of JSON is exactly.
absl::Status ParseJson(absl::string_view json, google::protobuf::Message& message);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_COMMIT_INPUT_H_
