#ifndef LABGRAPH_TESTS_MODEL_GENERATOR_H_
#define LABGRAPH_TESTS_MODEL_GENERATOR_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "labgraph/v1/editor_service.pb.h"
#include "tests/model/model.h"

namespace labgraph::model {

// Makes random requests over few ids, so that they meet: most fit, many clash.
class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  // Some mutations, and now and then what must hold for them. `state`, of revision
  // `head`, is what there is to update, retract and delete.
  v1::CommitRequest NextCommit(const State& state, uint64_t head);

  std::string RandomDay();
  uint64_t Below(uint64_t bound) { return random_() % bound; }

  // Every entity id that a request can name.
  static std::vector<std::string> EntityIds();

 private:
  bool OneIn(uint64_t n) { return Below(n) == 0; }
  std::string RandomEntity();
  std::string RandomDocument();
  std::string RandomStatementId(const State& state);
  std::string RandomMerged(const State& state);

  v1::Entity RandomEntityRecord();
  v1::Statement RandomStatement(const State& state);
  v1::Precondition RandomPrecondition(const State& state, uint64_t head);
  void AddValidTime(v1::Statement* statement);

  std::mt19937_64 random_;
};

}  // namespace labgraph::model

#endif  // LABGRAPH_TESTS_MODEL_GENERATOR_H_
