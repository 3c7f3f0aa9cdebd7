#ifndef LABGRAPH_SEED_DRY_RUN_RECORDS_H_
#define LABGRAPH_SEED_DRY_RUN_RECORDS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "seed/inputs.h"
#include "seed/mutation_part.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

// Where a mutation of a dry run was read.
struct Origin {
  const Input* input = nullptr;
  // In a fixture: its number over entities and then statements. Else: its line.
  size_t number = 0;
};

// The mutations of one or several inputs as one request. One commit may touch a record
// only once, while files may: what a later file puts takes the place of what an earlier
// one did. Not thread-safe.
class DryRunRecords {
 public:
  explicit DryRunRecords(WriteLimits limits) : limits_(limits) {}

  // False when they do not fit into one request with those before; then nothing but the
  // numbers of records is of use any more.
  bool Add(const Input& input);

  const Mutations& mutations() const { return mutations_; }
  // One per mutation.
  const std::vector<Origin>& origins() const { return origins_; }

  // A server's complaint about the request, at the position of what it is about.
  Problem Locate(const v1::Problem& problem) const;

 private:
  bool AddBulk(const Input& input);
  bool AddOne(v1::Mutation mutation, Origin origin);

  WriteLimits limits_;
  Mutations mutations_;
  size_t bytes_ = 0;
  std::vector<Origin> origins_;
  // Index of the mutation of each record by what identifies the record.
  absl::flat_hash_map<std::string, int> index_of_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_DRY_RUN_RECORDS_H_
