// Shows what errors look like, and how to decide about timeouts and repetitions.
//   errors_and_retries [target]
#include <iostream>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "labgraph/client.h"

namespace {

namespace client = labgraph::client;
namespace v1 = labgraph::v1;

// An error has a reason for programs, the field at fault, metadata, and a line for
// people.
bool AskForSomethingThatIsNotThere(client::Connection& connection) {
  v1::GetEntityRequest request;
  request.set_id("lab/exti");
  const absl::Status status = connection.GetEntity(request).status();
  const client::ErrorDetails details = client::DetailsOf(status);
  std::cout << "One line:  " << client::Describe(status) << "\n"
            << "Reason:    " << details.reason_name << "\n"
            << "Field:     " << details.field << "\n";
  for (const auto& [key, value] : details.metadata) {
    std::cout << "Metadata:  " << key << " = " << value << "\n";
  }
  return details.reason == v1::ERROR_REASON_ENTITY_NOT_FOUND;
}

// Of a commit the field is a path that leads to the mutation.
bool CommitSomethingWrong(client::Connection& connection) {
  const absl::Status status =
      client::Commit()
          .PutStatement(
              client::StatementBuilder("lab/exit", "is_fond_of").To("commodity/cash"))
          .Run(connection)
          .status();
  std::cout << "A commit:  " << client::Describe(status) << "\n";
  return client::ReasonOf(status) == v1::ERROR_REASON_PREDICATE_UNKNOWN;
}

// A mistake in a chain is found before anything is sent.
bool AskNonsense(std::shared_ptr<client::Connection> connection) {
  const absl::Status status =
      client::From("lab/exit").Hops(2).Run(std::move(connection)).Finish().status();
  std::cout << "A chain:   " << client::Describe(status) << "\n";
  return absl::IsInvalidArgument(status);
}

// No server listens there. A read is repeated as the policy says, a second at the most.
bool AskNobody() {
  client::ConnectOptions options;
  options.timeout = absl::Seconds(1);
  options.retry.max_attempts = 3;
  options.retry.initial_backoff = absl::Milliseconds(10);
  const auto connection = client::Connect("unix:/nonexistent/labgraph.sock", options);
  const absl::Status status = connection->GetServerInfo({}).status();
  std::cout << "Nobody:    " << client::Describe(status) << "\n";
  return absl::IsUnavailable(status);
}

}  // namespace

int main(int argc, char** argv) {
  const auto connection = client::Connect(argc > 1 ? argv[1] : "localhost:50051");
  const bool as_expected = AskForSomethingThatIsNotThere(*connection) &&
                           CommitSomethingWrong(*connection) && AskNonsense(connection) &&
                           AskNobody();
  return as_expected ? 0 : 1;
}
