#ifndef LABGRAPH_SERVER_KV_STORE_H_
#define LABGRAPH_SERVER_KV_STORE_H_

// The seam to storage: ordered byte strings in keyspaces, read at snapshots,
// written in atomic batches. Everything above knows storage only through this
// header; tests/unit/kv proves each backend with one suite.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "server/kv/arena.h"

namespace labgraph::kv {

// Index of a keyspace: an own ordered map within the store. The numbers and names are
// given when the store is opened (server/keys/keyspaces.h) and never change.
// REQUIRES wherever one is passed: the store was opened with it.
using Keyspace = uint8_t;

// Walks the keys of one keyspace in order of their bytes, compared as unsigned numbers.
// A new cursor is nowhere until it seeks. Sees the state it was made from,
// whatever is written later. Not thread-safe; must not outlive what made it.
class Cursor {
 public:
  virtual ~Cursor() = default;

  // Moves to the first key >= `key`.
  virtual void Seek(absl::string_view key) = 0;
  // Moves to the last key <= `key`.
  virtual void SeekForPrev(absl::string_view key) = 0;
  // REQUIRES: Valid().
  virtual void Next() = 0;
  // REQUIRES: Valid().
  virtual void Prev() = 0;

  // Whether the cursor is at a key. False past either end and after an error.
  virtual bool Valid() const = 0;
  // The error that ended the walk; OK at an ordinary end.
  virtual absl::Status status() const = 0;

  // Valid until the cursor moves. REQUIRES: Valid().
  virtual absl::string_view key() const = 0;
  virtual absl::string_view value() const = 0;
};

// Something that can be read: a snapshot, or a snapshot with changes over it.
class Reader {
 public:
  virtual ~Reader() = default;

  // The value, or nullopt where there is no such key.
  virtual absl::StatusOr<absl::optional<std::string>> Get(
      Keyspace keyspace, absl::string_view key) const = 0;
  virtual std::unique_ptr<Cursor> NewCursor(Keyspace keyspace) const = 0;
};

// An unchanging view of the whole store at one moment. Thread-safe. Keeps what it needs
// of the store alive for reading but must be gone before the Store is.
class Snapshot : public Reader {};

// Puts and deletes to be applied together, in order. Can be moved, not copied. Not
// thread-safe.
class Batch {
 public:
  struct Operation {
    Keyspace keyspace;
    absl::string_view key;
    absl::optional<absl::string_view> value;  // absent: delete
  };

  void Put(Keyspace keyspace, absl::string_view key, absl::string_view value) {
    operations_.push_back({keyspace, arena_.Copy(key), arena_.Copy(value)});
  }
  // Deleting what is not there is no error.
  void Delete(Keyspace keyspace, absl::string_view key) {
    operations_.push_back({keyspace, arena_.Copy(key), absl::nullopt});
  }
  // Makes room for so many operations.
  void Reserve(size_t operations) { operations_.reserve(operations); }
  // Adds an operation whose bytes outlive the batch.
  void Refer(const Operation& operation) { operations_.push_back(operation); }

  const std::vector<Operation>& operations() const { return operations_; }
  bool empty() const { return operations_.empty(); }

 private:
  std::vector<Operation> operations_;
  Arena arena_;  // keeps what Put and Delete were given
};

// An open store. Thread-safe.
class Store {
 public:
  virtual ~Store() = default;

  // The state of every batch written so far.
  virtual std::shared_ptr<const Snapshot> GetSnapshot() const = 0;

  // Applies the whole batch, or nothing and returns why. On OK the batch is on disk and
  // survives a power cut. Errors: STORAGE_FAILED, STORAGE_CORRUPT. After one the batch is
  // not visible, reads go on, and every later Write fails in the same way until the
  // store is opened again; whether the failed batch had reached the disk shows then.
  virtual absl::Status Write(const Batch& batch) = 0;

  // Removes from the files on disk every key and value of these keyspaces that no longer
  // stands in `since`: what was deleted or replaced before it was taken. Gives false,
  // when some of it is still there, while a snapshot older than `since`, a cursor made
  // before, or a backup that is being made holds it: call again when that is gone. Blocks
  // that the file system has freed are not overwritten, and backups keep what they have.
  //
  // Rewrites the keyspaces as a whole, which takes as long as reading and writing them;
  // reads and writes go on. Safe to repeat and to interrupt. Errors: STORAGE_FAILED,
  // STORAGE_CORRUPT; after one that concerns the disk Write may fail too.
  // REQUIRES: `since` is a snapshot of this store.
  virtual absl::StatusOr<bool> Purge(absl::Span<const Keyspace> keyspaces,
                                     const Snapshot& since) = 0;
};

}  // namespace labgraph::kv

#endif  // LABGRAPH_SERVER_KV_STORE_H_
