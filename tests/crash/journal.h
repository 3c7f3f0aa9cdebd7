#ifndef LABGRAPH_TESTS_CRASH_JOURNAL_H_
#define LABGRAPH_TESTS_CRASH_JOURNAL_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "labgraph/v1/editor_service.pb.h"
#include "server/graph/graph.h"
#include "server/kv/store.h"
#include "tests/testing/fake_clock.h"

namespace labgraph::crash {

// What a graph was asked to write and what of it was acknowledged. Every write is known
// by a name from which all that it writes follows, so that a journal can be compared with
// whatever became of the graph. Thread-safe.
class Journal {
 public:
  struct Mix {
    int threads = 3;
    int writes = 12;            // of each thread
    int import_entities = 150;  // of an import; each brings some KB
    bool schema_changes = true;
  };

  Journal() = default;
  // Takes over what was noted, not the observer.
  Journal& operator=(const Journal& other);

  // Called before a write with false, and when it was acknowledged with true.
  using Observer = std::function<void(const std::string& name, bool acknowledged)>;
  void Observe(Observer observer) { observer_ = std::move(observer); }

  // Writes from several threads at once, until all is written or a write fails. Names
  // begin with `prefix`, which no other run has. The first error, or OK.
  absl::Status Run(graph::Graph& graph, const std::string& prefix, const Mix& mix);

  // Notes a write as tried or acknowledged, where it was made by another process.
  void Note(const std::string& name, bool acknowledged);

  // Fails the test where the graph lacks a write that was acknowledged, holds part of
  // one, or breaks an invariant. An error where the store cannot be read.
  absl::Status Check(kv::Store& store) const;

  size_t acknowledged() const;

 private:
  absl::Status Write(graph::Graph& graph, const std::string& name);
  absl::Status CheckWrite(graph::View& view, const std::string& name,
                          bool acknowledged) const;

  Observer observer_;
  mutable absl::Mutex mu_;
  std::map<std::string, bool> writes_ ABSL_GUARDED_BY(mu_);  // whether acknowledged
};

// A store's graph. A schema is applied where it has none.
absl::StatusOr<std::unique_ptr<graph::Graph>> OpenGraph(kv::Store* store);

}  // namespace labgraph::crash

#endif  // LABGRAPH_TESTS_CRASH_JOURNAL_H_
