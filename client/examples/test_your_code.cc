// Tests code that uses the library, without a server and without a test framework.
//   test_your_code
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "labgraph/client.h"
#include "labgraph/mock_connection.h"

namespace {

namespace client = labgraph::client;
namespace v1 = labgraph::v1;

// The code to be tested: the name of what an organisation went up into at last, or its
// own.
absl::StatusOr<std::string> NameNow(const std::shared_ptr<client::Connection>& connection,
                                    const std::string& id) {
  std::string name;
  for (auto& hit : client::From(id).Out("merged_into").Hops(0, 10).Run(connection)) {
    if (!hit.ok()) return hit.status();
    name = hit->entity().label().text();
  }
  return name;
}

v1::TraverseResponse Hits(std::initializer_list<const char*> names) {
  v1::TraverseResponse message;
  for (const char* name : names) {
    message.add_hits()->mutable_entity()->mutable_label()->set_text(name);
  }
  message.mutable_summary()->set_hits(names.size());
  return message;
}

void Expect(bool condition, const char* what) {
  if (condition) return;
  std::cerr << "Failed: " << what << "\n";
  std::exit(1);
}

void LastOfTheChainCounts() {
  auto connection = std::make_shared<client::MockConnection>();
  connection->traverse = [](const v1::TraverseRequest& request) {
    Expect(request.start(0) == "lab/caterpillar", "the walk starts at the organisation");
    return client::StreamOf<v1::TraverseResponse>(
        {Hits({"Caterpillar", "TBML approach"})});
  };
  const absl::StatusOr<std::string> name = NameNow(connection, "lab/caterpillar");
  Expect(name.ok() && *name == "TBML approach", "the last of the chain counts");
}

void ErrorsAreHandedOn() {
  auto connection = std::make_shared<client::MockConnection>();
  connection->traverse = [](const v1::TraverseRequest&) {
    return client::StreamOf<v1::TraverseResponse>(
        {},
        client::MakeError(v1::ERROR_REASON_ENTITY_NOT_FOUND, "start[0]", "Not there."));
  };
  Expect(client::ReasonOf(NameNow(connection, "lab/none").status()) ==
             v1::ERROR_REASON_ENTITY_NOT_FOUND,
         "errors are handed on");
}

}  // namespace

int main() {
  LastOfTheChainCounts();
  ErrorsAreHandedOn();
  std::cout << "All well.\n";
}
