#ifndef LABGRAPH_SERVER_QUERY_SCRATCH_H_
#define LABGRAPH_SERVER_QUERY_SCRATCH_H_

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace labgraph::query {

// Arrays with a place for every entity, all of one value: taken for a walk, and given
// back as they were taken. A walk that meets few entities of many pays for those it met
// and not for a new array. Thread-safe.
template <typename T, T kEmpty>
class ArrayPool {
 public:
  // An array of at least `size` places, each kEmpty.
  std::vector<T> Take(size_t size) ABSL_LOCKS_EXCLUDED(mu_) {
    std::vector<T> array;
    {
      absl::MutexLock lock(&mu_);
      if (!free_.empty()) {
        array = std::move(free_.back());
        free_.pop_back();
      }
    }
    // Numbers grow while the server runs: some room saves growing at each walk.
    if (array.size() < size) array.resize(size + size / 4, kEmpty);
    return array;
  }

  // REQUIRES: every place is kEmpty.
  void Give(std::vector<T> array) ABSL_LOCKS_EXCLUDED(mu_) {
    absl::MutexLock lock(&mu_);
    if (free_.size() < kKept) free_.push_back(std::move(array));
  }

 private:
  // Arrays kept for the next walks: about as many as may run at once on a few cores.
  static constexpr size_t kKept = 8;

  absl::Mutex mu_;
  std::vector<std::vector<T>> free_ ABSL_GUARDED_BY(mu_);
};

// Makes all places of `array` kEmpty again that `touched` names, by the cheaper way.
// `place` gives the place of an element of `touched`.
template <typename T, typename Touched, typename Place>
void EmptyPlaces(const Touched& touched, T empty, Place place, std::vector<T>* array) {
  // Going through in order is some sixteen times faster a byte than going here and there.
  if (touched.size() > array->size() * sizeof(T) / 16) {
    std::fill(array->begin(), array->end(), empty);
    return;
  }
  for (const auto& element : touched) (*array)[place(element)] = empty;
}

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_SCRATCH_H_
