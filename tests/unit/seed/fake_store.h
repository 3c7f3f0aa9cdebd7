#ifndef LABGRAPH_TESTS_UNIT_SEED_FAKE_STORE_H_
#define LABGRAPH_TESTS_UNIT_SEED_FAKE_STORE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "labgraph/mock_connection.h"

namespace labgraph::seed {

// Stands for a server behind a MockConnection: keeps records by id, tells what a write
// does to them, and refuses what it is told to. It knows no rule of the schema but
// that a statement's ends exist.
class FakeStore {
 public:
  FakeStore();

  std::shared_ptr<client::MockConnection> connection() { return connection_; }

  // Mutations in one request at most; GetServerInfo says so, and more is refused.
  size_t max_mutations = 10000;
  // Entities whose put is refused, with the field at fault within the entity.
  std::map<std::string, std::string> refused;
  // An error that every write ends with; OK for none.
  absl::Status failure;

  // Checkpoints of imports, by name; false for a server that keeps none.
  std::map<std::string, uint64_t> checkpoints;
  bool keeps_checkpoints = true;

  // What came in, validations included, questions for checkpoints not.
  std::vector<v1::CommitRequest> commits;
  std::vector<v1::ImportRequest> parts;
  std::vector<v1::ApplySchemaRequest> schemas;

  uint64_t revision() const { return revision_; }
  size_t size() const { return records_.size(); }
  bool Has(const std::string& id) const { return records_.count(id) > 0; }

 private:
  using Records = std::map<std::string, std::string>;

  absl::StatusOr<v1::CommitResponse> Commit(const v1::CommitRequest& request);
  absl::StatusOr<v1::ImportResponse> Import(const v1::ImportRequest& request);
  absl::StatusOr<v1::ApplySchemaResponse> ApplySchema(
      const v1::ApplySchemaRequest& request);
  // Keeps or forgets the checkpoint of a part; gives the position kept now.
  uint64_t NoteCheckpoint(const v1::ImportCheckpoint& checkpoint);
  // Makes one change to `records`, or says what is wrong with it.
  void Apply(const v1::Mutation& mutation, size_t index, Records* records,
             v1::CommitResponse* response) const;

  std::shared_ptr<client::MockConnection> connection_;
  Records records_;
  Records schema_;
  uint64_t revision_ = 0;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_TESTS_UNIT_SEED_FAKE_STORE_H_
