#include "server/graph/stoppable_reader.h"

#include <utility>

#include "server/base/errors.h"

namespace labgraph::graph {
namespace {

// Rows between two questions, which may cost more than a row.
constexpr uint32_t kRows = 1024;

class StoppableCursor final : public kv::Cursor {
 public:
  StoppableCursor(std::unique_ptr<kv::Cursor> cursor, const StoppableReader* reader)
      : cursor_(std::move(cursor)), reader_(reader) {}

  void Seek(absl::string_view key) override {
    cursor_->Seek(key);
    Look();
  }
  void SeekForPrev(absl::string_view key) override {
    cursor_->SeekForPrev(key);
    Look();
  }
  void Next() override {
    cursor_->Next();
    Look();
  }
  void Prev() override {
    cursor_->Prev();
    Look();
  }
  bool Valid() const override { return !stopped_ && cursor_->Valid(); }
  absl::Status status() const override {
    return stopped_ ? errors::Cancelled() : cursor_->status();
  }
  absl::string_view key() const override { return cursor_->key(); }
  absl::string_view value() const override { return cursor_->value(); }

 private:
  void Look() { stopped_ = reader_->Stopped(); }

  const std::unique_ptr<kv::Cursor> cursor_;
  const StoppableReader* const reader_;
  bool stopped_ = false;
};

}  // namespace

absl::StatusOr<absl::optional<std::string>> StoppableReader::Get(
    kv::Keyspace keyspace, absl::string_view key) const {
  if (Stopped()) return errors::Cancelled();
  return reader_->Get(keyspace, key);
}

std::unique_ptr<kv::Cursor> StoppableReader::NewCursor(kv::Keyspace keyspace) const {
  return std::make_unique<StoppableCursor>(reader_->NewCursor(keyspace), this);
}

bool StoppableReader::Stopped() const {
  if (asked_.fetch_add(1, std::memory_order_relaxed) % kRows == 0 && stop_()) {
    stopped_ = true;
  }
  return stopped_;
}

}  // namespace labgraph::graph
