#ifndef LABGRAPH_SEED_COMBINED_RECORDS_H_
#define LABGRAPH_SEED_COMBINED_RECORDS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "seed/inputs.h"
#include "seed/mutation_part.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

// Where a mutation was read.
struct Origin {
  const Input* input = nullptr;
  // In a fixture: its number over entities and then statements. Else: its line.
  size_t number = 0;
  // Other records of the file make the same mutation, and one of each is enough.
  bool repeats = false;
};

// Calls `take` for every mutation of an input, in order, until it returns false. Whether
// all were taken.
bool ForEachMutation(const Input& input,
                     absl::FunctionRef<bool(v1::Mutation&, const Origin&)> take);

// The mutations of one or several inputs as one request that is only validated. Not
// thread-safe.
class CombinedRecords {
 public:
  // One commit may touch a record only once, while files may. What a later file puts
  // either takes the place of what an earlier one did, or does not go into the request.
  enum class SecondPut { kReplaces, kIsLeft };

  CombinedRecords(WriteLimits limits, SecondPut second_put)
      : limits_(limits), second_put_(second_put) {}

  // Takes a mutation. False, and it is left as it is, when it does not go into the
  // request with those before; the first always does.
  bool Add(v1::Mutation& mutation, const Origin& origin);
  // Takes all of an input. False when it does not go into the request whole; then
  // the beginning of it may be in it.
  bool AddAll(const Input& input);
  // Drops all but the first mutations; no more can be added.
  void KeepFirst(size_t count);

  const Mutations& mutations() const { return mutations_; }
  // One per mutation.
  const std::vector<Origin>& origins() const { return origins_; }

  // A server's complaint about the request, at the position of what it is about.
  Problem Locate(const v1::Problem& problem) const;

 private:
  WriteLimits limits_;
  SecondPut second_put_;
  Mutations mutations_;
  size_t bytes_ = 0;
  std::vector<Origin> origins_;
  // Index of the mutation of each record by what identifies the record.
  absl::flat_hash_map<std::string, int> index_of_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_COMBINED_RECORDS_H_
