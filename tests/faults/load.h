#ifndef LABGRAPH_TESTS_FAULTS_LOAD_H_
#define LABGRAPH_TESTS_FAULTS_LOAD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"
#include "labgraph/client.h"

namespace labgraph::faults {

// One write as its writer knows it. All ids in it are its own.
struct SentWrite {
  v1::CommitRequest request;  // with a request_id
  // Part number, from 1, of an import, which was sent without the request_id.
  uint64_t import_part = 0;
  // Where it was answered.
  absl::optional<uint64_t> revision;
};

// Writers on threads of their own, each of which sends one write after another until one
// of them fails: as commits of one record, as commits of many, and as an import.
// Thread-safe.
class Load {
 public:
  // Begins. `name` makes ids and the import's checkpoint unlike those of other loads.
  Load(std::shared_ptr<client::Connection> connection, const std::string& name);
  ~Load();

  // Waits until so many writes are acknowledged. False when no writer is left before.
  bool AwaitAcknowledged(size_t writes) ABSL_LOCKS_EXCLUDED(mu_);
  // Waits until every writer has failed, and gives all writes; those of the import are in
  // the order of their parts.
  std::vector<SentWrite> Finish() ABSL_LOCKS_EXCLUDED(mu_);

  // The name of the import's checkpoint; its position is the number of the part.
  const std::string& checkpoint() const { return name_; }

 private:
  void WriteCommits(const std::string& writer, size_t items);
  void WriteImport();
  // Keeps what is known of a write, in the order of the calls, and gives its place.
  size_t Sent(SentWrite write) ABSL_LOCKS_EXCLUDED(mu_);
  void Acknowledged(size_t place, uint64_t revision) ABSL_LOCKS_EXCLUDED(mu_);

  const std::shared_ptr<client::Connection> connection_;
  const std::string name_;

  absl::Mutex mu_;
  std::vector<SentWrite> writes_ ABSL_GUARDED_BY(mu_);
  size_t acknowledged_ ABSL_GUARDED_BY(mu_) = 0;
  size_t running_ ABSL_GUARDED_BY(mu_);

  std::vector<std::thread> threads_;  // last: they use all the above
};

}  // namespace labgraph::faults

#endif  // LABGRAPH_TESTS_FAULTS_LOAD_H_
