#ifndef LABGRAPH_SEED_BULK_ENCODED_RUN_H_
#define LABGRAPH_SEED_BULK_ENCODED_RUN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "seed/bulk/wire_writer.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

// One mutation of a run.
struct EncodedMutation {
  // Where its bytes end in those of the run.
  size_t end = 0;
  // Line of its record in the file.
  int line = 0;
  // Other records make the same mutation, and one of each is enough.
  bool repeats = false;
  // Bytes of the file whose mutations are all written once this one is.
  uint64_t position = 0;
};

// What became of consecutive records of a file.
struct EncodedRun {
  // Bytes of mutation number i.
  absl::string_view BytesOf(size_t i) const {
    const size_t begin = i == 0 ? 0 : mutations[i - 1].end;
    return absl::string_view(bytes).substr(begin, mutations[i].end - begin);
  }

  // The mutations in wire format, each as a field of labgraph.v1.ImportRequest.
  std::string bytes;
  std::vector<EncodedMutation> mutations;
  Problems problems;
};

// Makes a run. Not thread-safe.
class RunWriter {
 public:
  explicit RunWriter(std::string file) : file_(std::move(file)) {}

  // To write one mutation with, before Add.
  WireWriter& wire() { return wire_; }
  // Bytes of the mutations added.
  size_t size() const { return mutations_.empty() ? 0 : mutations_.back().end; }
  size_t count() const { return mutations_.size(); }
  size_t problem_count() const { return problems_.size(); }

  // What was written since the last Add is a mutation.
  void Add(int line, bool repeats) {
    mutations_.push_back({wire_.size(), line, repeats, 0});
  }
  // Takes back what was written since the last Add.
  void Drop() { wire_.Truncate(size()); }
  void Complain(Position position, std::string message) {
    problems_.push_back({file_, position, std::move(message)});
  }

  // Says that the mutations from number `first` on came from a record that stands between
  // the two places in the file.
  void EndRecord(size_t first, uint64_t begin, uint64_t end) {
    for (size_t i = first; i < mutations_.size(); ++i) mutations_[i].position = begin;
    if (first < mutations_.size()) mutations_.back().position = end;
  }

  EncodedRun Take() {
    Drop();
    return {wire_.Take(), std::exchange(mutations_, {}), std::exchange(problems_, {})};
  }

 private:
  const std::string file_;
  WireWriter wire_;
  std::vector<EncodedMutation> mutations_;
  Problems problems_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_BULK_ENCODED_RUN_H_
