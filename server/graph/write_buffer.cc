#include "server/graph/write_buffer.h"

#include <utility>

#include "absl/types/span.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

constexpr kv::Keyspace kEdgeKeyspaces[] = {keys::kOut, keys::kIn};

bool HoldsEdges(kv::Keyspace keyspace) {
  return keyspace == keys::kOut || keyspace == keys::kIn;
}

size_t QueueOf(kv::Keyspace keyspace) { return keyspace == keys::kOut ? 0 : 1; }

// A walk that ended with an error before it began.
class FailedCursor final : public kv::Cursor {
 public:
  explicit FailedCursor(absl::Status status) : status_(std::move(status)) {}
  void Seek(absl::string_view) override {}
  void SeekForPrev(absl::string_view) override {}
  void Next() override {}
  void Prev() override {}
  bool Valid() const override { return false; }
  absl::Status status() const override { return status_; }
  absl::string_view key() const override { return ""; }
  absl::string_view value() const override { return ""; }

 private:
  const absl::Status status_;
};

}  // namespace

absl::StatusOr<absl::optional<std::string>> WriteBuffer::Get(
    kv::Keyspace keyspace, absl::string_view key) const {
  RETURN_IF_ERROR(Pack(keyspace));
  return overlay_.Get(keyspace, key);
}

std::unique_ptr<kv::Cursor> WriteBuffer::NewCursor(kv::Keyspace keyspace) const {
  absl::Status packed = Pack(keyspace);
  if (!packed.ok()) return std::make_unique<FailedCursor>(std::move(packed));
  return overlay_.NewCursor(keyspace);
}

void WriteBuffer::AddEdge(kv::Keyspace keyspace, const NewEdge& edge) {
  queues_[QueueOf(keyspace)].edges.push_back(edge);
}

absl::Status WriteBuffer::Pack(kv::Keyspace keyspace) const {
  if (!HoldsEdges(keyspace)) return absl::OkStatus();
  Queue& queue = queues_[QueueOf(keyspace)];
  RETURN_IF_ERROR(PackEdges(
      keyspace, absl::MakeConstSpan(queue.edges).subspan(queue.packed), overlay_));
  queue.packed = queue.edges.size();
  return absl::OkStatus();
}

WriteBuffer::Mark WriteBuffer::SetMark() const {
  Mark mark{overlay_.SetMark(), {}};
  for (size_t i = 0; i < queues_.size(); ++i) {
    mark.edges[i] = {queues_[i].packed, queues_[i].edges.size()};
  }
  return mark;
}

void WriteBuffer::RollBack(const Mark& mark) {
  overlay_.RollBack(mark.overlay);
  for (size_t i = 0; i < queues_.size(); ++i) {
    queues_[i].packed = mark.edges[i].packed;
    queues_[i].edges.resize(mark.edges[i].size);
  }
}

void WriteBuffer::DropMarks() {
  overlay_.DropMarks();
  for (Queue& queue : queues_) {
    if (queue.packed < queue.edges.size()) continue;
    queue.edges.clear();
    queue.packed = 0;
  }
}

absl::StatusOr<kv::Batch> WriteBuffer::ToBatch() {
  for (const kv::Keyspace keyspace : kEdgeKeyspaces) RETURN_IF_ERROR(Pack(keyspace));
  return overlay_.ToBatch();
}

}  // namespace labgraph::graph
