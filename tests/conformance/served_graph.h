#ifndef LABGRAPH_TESTS_CONFORMANCE_SERVED_GRAPH_H_
#define LABGRAPH_TESTS_CONFORMANCE_SERVED_GRAPH_H_

#include <memory>
#include <string>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "labgraph/client.h"
#include "server/app/server.h"

namespace labgraph::conformance {

// The message that the text format gives; fails the test when it does not parse.
template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// A server over a socket on a free port, once in memory and once on RocksDB, with a small
// schema and a few labs:
//   lab/a and lab/b target topic/t1, which is narrower than topic/t2; lab/a was merged
//   into lab/b in 2023; doc/d is the source of all.
class ServedGraph : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override;
  void TearDown() override;

  app::Server& server() { return *server_; }
  client::Connection& connection() { return *connection_; }
  // The same for the ranges, which share it.
  const std::shared_ptr<client::Connection>& shared_connection() { return connection_; }
  // Commits mutations given as text format of CommitRequest.
  absl::StatusOr<v1::CommitResponse> Commit(const std::string& text);
  // The last message of a walk, or its error.
  absl::StatusOr<v1::TraverseResponse> Traverse(const v1::TraverseRequest& request);
  absl::StatusOr<v1::FindPathsResponse> FindPaths(const v1::FindPathsRequest& request);

  // Of the store, and of its backups; both empty in memory.
  const std::string& directory() const { return directory_; }
  const std::string& backup_directory() const { return backup_directory_; }
  // Ends the server; what is in the directories stays until TearDown.
  void StopServer() { server_.reset(); }

  // Revisions that SetUp made: the schema, then the facts.
  static constexpr uint64_t kSchemaRevision = 1;
  static constexpr uint64_t kFactsRevision = 2;

 private:
  std::string temporary_;  // holds the directories; empty in memory
  std::string directory_;
  std::string backup_directory_;
  std::unique_ptr<app::Server> server_;
  std::shared_ptr<client::Connection> connection_;
};

}  // namespace labgraph::conformance

#endif  // LABGRAPH_TESTS_CONFORMANCE_SERVED_GRAPH_H_
