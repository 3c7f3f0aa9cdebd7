// Writes a few facts, reads them back and removes them again.
//   write_facts [target]
#include <iostream>
#include <memory>

#include "absl/status/status.h"
#include "labgraph/client.h"

namespace {

namespace client = labgraph::client;
namespace v1 = labgraph::v1;

using ConnectionPtr = std::shared_ptr<client::Connection>;

// A lab, a document, and the fact that the one is part of NSOC according to the other:
// all of it becomes true together.
client::Commit SomeFacts() {
  client::Commit commit;
  commit
      .PutEntity(
          client::EntityBuilder("document/example-note").Name("en", "An example's note"))
      .PutEntity(client::EntityBuilder("lab/example")
                     .Name("en", "Example lab")
                     .Name("nl", "Voorbeeldlab")
                     .Alias("the example"))
      .PutStatement(client::StatementBuilder("lab/example", "part_of")
                        .To("collaboration/nsoc")
                        .Since("2024-03")
                        .StillSo()
                        .Source("document/example-note", "line 1"))
      .Message("example: add a lab");
  return commit;
}

// Lists everything that a commit would be refused for. Nothing is written.
absl::Status Validate(const ConnectionPtr& connection) {
  absl::StatusOr<v1::CommitResponse> answer = SomeFacts().ValidateOnly().Run(*connection);
  if (!answer.ok()) return answer.status();
  std::cout << "Problems: " << answer->problems_size() << "\n";
  for (const v1::Problem& problem : answer->problems()) {
    std::cout << "  " << problem.field() << ": " << problem.message() << "\n";
  }
  return absl::OkStatus();
}

// The revision of one's own commit makes sure that a read sees it.
absl::Status ReadBack(const ConnectionPtr& connection, uint64_t revision) {
  auto range = client::From("lab/example")
                   .Out("part_of")
                   .AtLeast(revision)
                   .ValidAt("2025-01-01")
                   .Certainly()
                   .Run(connection);
  for (auto& hit : range) {
    if (!hit.ok()) return hit.status();
    std::cout << "The example lab is part of " << hit->entity().label().text() << "\n";
  }
  return range.Finish().status();
}

absl::Status Remove(const ConnectionPtr& connection) {
  return client::Commit()
      .DeleteWithStatements("lab/example")
      .Delete("document/example-note")
      .Message("example: remove the lab")
      .Run(*connection)
      .status();
}

absl::Status WriteReadAndRemove(const ConnectionPtr& connection) {
  if (absl::Status status = Validate(connection); !status.ok()) return status;

  const client::Commit commit = SomeFacts();
  absl::StatusOr<v1::CommitResponse> first = commit.Run(*connection);
  if (!first.ok()) return first.status();
  for (const v1::MutationResult& result : first->results()) {
    std::cout << v1::Outcome_Name(result.outcome()) << " " << result.id() << "\n";
  }

  // Had the answer been lost, the same commit could be run again: the server knows its
  // request id and gives the first answer.
  absl::StatusOr<v1::CommitResponse> again = commit.Run(*connection);
  if (!again.ok()) return again.status();
  std::cout << "Again: revision " << again->revision()
            << (again->replayed() ? ", the first answer\n" : ", written twice\n");

  if (absl::Status status = ReadBack(connection, first->revision()); !status.ok()) {
    return status;
  }
  return Remove(connection);
}

}  // namespace

int main(int argc, char** argv) {
  const absl::Status status =
      WriteReadAndRemove(client::Connect(argc > 1 ? argv[1] : "localhost:50051"));
  if (!status.ok()) {
    std::cerr << client::Describe(status) << "\n";
    return 1;
  }
}
