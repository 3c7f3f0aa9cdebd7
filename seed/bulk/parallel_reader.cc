#include "seed/bulk/parallel_reader.h"

#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

namespace labgraph::seed {
namespace {

// Chunks read or parsed for each thread, so that none waits for the one before it.
constexpr size_t kSlotsPerThread = 2;
// Bytes of a run at most, but for one record. A mapping can make much of few bytes; what
// is left of the chunk is then parsed when the caller comes to it.
constexpr size_t kMaxRunBytes = 4 * 1024 * 1024;

}  // namespace

ParallelReader::ParallelReader(BulkFile file, FilePosition begin, int threads)
    : file_(std::move(file)),
      reader_(file_.path, *file_.format, begin),
      slots_(kSlotsPerThread * static_cast<size_t>(threads)),
      parser_(file_.format->NewParser()) {
  try {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
  } catch (const std::system_error& error) {
    if (threads_.empty()) EndWith(absl::StrCat("no thread to read with: ", error.what()));
  }
}

void ParallelReader::EndWith(const std::string& problem) {
  absl::MutexLock lock(&mutex_);
  slots_[0].run.problems.push_back({file_.path, {}, problem});
  slots_[0].ready = true;
  read_ = 1;
  ended_ = true;
}

ParallelReader::~ParallelReader() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

absl::optional<EncodedRun> ParallelReader::Next() {
  if (!current_.chunk.rest().empty()) {
    Parse(*parser_, current_);
    return std::move(current_.run);
  }
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(this, &ParallelReader::HasNext));
  Slot& slot = slots_[given_ % slots_.size()];
  if (!slot.ready) return absl::nullopt;
  current_ = std::exchange(slot, {});
  ++given_;
  return std::move(current_.run);
}

void ParallelReader::Work() {
  const std::unique_ptr<RecordParser> parser = file_.format->NewParser();
  Slot slot;
  uint64_t number = 0;
  while (TakeChunk(&slot, &number)) {
    if (!slot.chunk.rest().empty()) Parse(*parser, slot);
    slot.ready = true;
    absl::MutexLock lock(&mutex_);
    slots_[number % slots_.size()] = std::exchange(slot, {});
  }
}

bool ParallelReader::TakeChunk(Slot* slot, uint64_t* number) {
  absl::MutexLock reading(&reading_);
  {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &ParallelReader::HasRoom));
    if (stopping_ || ended_) return false;
  }
  absl::StatusOr<absl::optional<Chunk>> chunk = reader_.Next();
  absl::MutexLock lock(&mutex_);
  ended_ = !chunk.ok() || !chunk->has_value();
  if (chunk.ok() && ended_) return false;
  if (chunk.ok()) {
    slot->chunk = **std::move(chunk);
  } else {
    slot->run.problems.push_back({file_.path, {}, std::string(chunk.status().message())});
  }
  *number = read_++;
  return true;
}

void ParallelReader::Parse(RecordParser& parser, Slot& slot) const {
  RunWriter run(file_.path);
  Chunk& chunk = slot.chunk;
  while (!chunk.rest().empty() && run.size() < kMaxRunBytes &&
         run.problem_count() < kMaxFileProblems) {
    const uint64_t begin = chunk.position().byte;
    const size_t first = run.count();
    parser.ParseOne(chunk, run);
    run.EndRecord(first, begin, chunk.position().byte);
  }
  slot.run = run.Take();
}

}  // namespace labgraph::seed
