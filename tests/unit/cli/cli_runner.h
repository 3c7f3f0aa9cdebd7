#ifndef LABGRAPH_TESTS_UNIT_CLI_CLI_RUNNER_H_
#define LABGRAPH_TESTS_UNIT_CLI_CLI_RUNNER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "labgraph/mock_connection.h"

namespace labgraph::cli {

// A message from its text form. A mistake in it fails the test.
template <typename Message>
Message Proto(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// What a run of the program left behind.
struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

// Runs the program in this process against a mock server.
class CliRunner {
 public:
  CliRunner();

  // The answers of the server; without them every call is UNIMPLEMENTED.
  client::MockConnection& server() { return *server_; }

  // What the program finds around it.
  std::string input;
  bool out_is_terminal = false;
  size_t terminal_width = 0;
  bool no_color = false;
  bool err_is_terminal = false;

  Outcome Run(const std::vector<std::string>& args);

  // What the last run connected with; empty when it did not connect.
  const std::string& address() const { return address_; }
  absl::Duration timeout() const { return timeout_; }

 private:
  std::shared_ptr<client::MockConnection> server_;
  std::string address_;
  absl::Duration timeout_;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_TESTS_UNIT_CLI_CLI_RUNNER_H_
