#ifndef LABGRAPH_CLIENT_CLI_WORDS_WALK_WORDS_H_
#define LABGRAPH_CLIENT_CLI_WORDS_WALK_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "labgraph/v1/read_options.pb.h"
#include "labgraph/v1/statement.pb.h"

namespace labgraph::cli {

// Which way a hop that starts at entity `from` follows the statement.
v1::Direction HopDirection(const v1::Statement& statement, absl::string_view from);

// Where that hop ends.
std::string HopEnd(const v1::Statement& statement, absl::string_view from);

// The hop as an arrow: "-targets->", or "<-targets-" against the statement's direction.
std::string HopArrow(const v1::Statement& statement, absl::string_view from);

// A walk from `start`: "lab/exit -targets-> commodity/drugs <-involves- phenomenon/x".
std::string DescribeWalk(
    absl::string_view start,
    const google::protobuf::RepeatedPtrField<v1::Statement>& statements);

// The same for a walk of which the end is known.
std::string DescribeWalkTo(
    absl::string_view end,
    const google::protobuf::RepeatedPtrField<v1::Statement>& statements);

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_WORDS_WALK_WORDS_H_
