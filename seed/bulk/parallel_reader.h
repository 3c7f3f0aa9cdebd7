#ifndef LABGRAPH_SEED_BULK_PARALLEL_READER_H_
#define LABGRAPH_SEED_BULK_PARALLEL_READER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/optional.h"
#include "seed/bulk/bulk_format.h"
#include "seed/bulk/chunk.h"
#include "seed/bulk/chunk_reader.h"
#include "seed/bulk/encoded_run.h"

namespace labgraph::seed {

// More do not make parsing any faster, and each has chunks of its own in memory.
inline constexpr int kMaxReaderThreads = 256;

// Reads a large file on threads of its own, and gives what became of its records in the
// order of the file. The threads are ahead of the caller by a few chunks at most, so
// memory does not grow with the file. To be used by one thread.
class ParallelReader {
 public:
  // Begins to read at `begin`, where a record begins. Where the system does not give as
  // many threads, those that it gives do the work. REQUIRES: 1 <= threads <=
  // kMaxReaderThreads.
  ParallelReader(BulkFile file, FilePosition begin, int threads);
  ParallelReader(const ParallelReader&) = delete;
  ParallelReader& operator=(const ParallelReader&) = delete;
  // Stops reading and waits for the threads.
  ~ParallelReader();

  // The next run, which may be without mutations; absent after the last. A file that
  // cannot be read on ends after a run with that as its problem.
  absl::optional<EncodedRun> Next();

 private:
  // A chunk on its way through the threads.
  struct Slot {
    Chunk chunk;
    EncodedRun run;
    bool ready = false;
  };

  // Makes that problem all that there is to read.
  void EndWith(const std::string& problem);
  // What each thread does: takes chunks, parses them and puts them into their slots.
  void Work();
  // Reads the next chunk as soon as there is a slot for it; false when there is none or
  // nobody waits for it any more. `number` counts chunks from 0.
  bool TakeChunk(Slot* slot, uint64_t* number);
  // Parses records until the chunk is consumed or the run has grown to its limit.
  void Parse(RecordParser& parser, Slot& slot) const;

  bool HasRoom() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || read_ < given_ + slots_.size();
  }
  bool HasNext() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return slots_[given_ % slots_.size()].ready || (ended_ && given_ == read_);
  }

  const BulkFile file_;

  // Held while reading, so that chunks are numbered in the order of the file. Comes
  // before mutex_.
  absl::Mutex reading_ ABSL_ACQUIRED_BEFORE(mutex_);
  ChunkReader reader_ ABSL_GUARDED_BY(reading_);

  absl::Mutex mutex_;
  // Chunk number i is in slot i modulo their number.
  std::vector<Slot> slots_ ABSL_GUARDED_BY(mutex_);
  // Chunks taken by a thread and by the caller.
  uint64_t read_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t given_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  // Of the caller: the chunk it was given last, and a parser for what is left of it.
  Slot current_;
  std::unique_ptr<RecordParser> parser_;

  std::vector<std::thread> threads_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_BULK_PARALLEL_READER_H_
