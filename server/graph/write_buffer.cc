#include "server/graph/write_buffer.h"

#include <thread>
#include <utility>

#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

// Edges from which on a thread pays for itself.
constexpr size_t kWorthAThread = 5000;

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

absl::Span<const NewEdge> WriteBuffer::Waiting(kv::Keyspace keyspace) const {
  const Queue& queue = queues_[QueueOf(keyspace)];
  return absl::MakeConstSpan(queue.edges).subspan(queue.packed);
}

void WriteBuffer::Take(kv::Keyspace keyspace, const EdgePacker& packer) const {
  packer.WriteTo(overlay_);
  Queue& queue = queues_[QueueOf(keyspace)];
  queue.packed = queue.edges.size();
}

absl::Status WriteBuffer::Pack(kv::Keyspace keyspace) const {
  if (!HoldsEdges(keyspace) || Waiting(keyspace).empty()) return absl::OkStatus();
  EdgePacker packer(keyspace, Waiting(keyspace), overlay_);
  RETURN_IF_ERROR(packer.Pack());
  Take(keyspace, packer);
  return absl::OkStatus();
}

absl::Status WriteBuffer::PackAll() {
  if (Waiting(keys::kOut).size() < kWorthAThread) {
    RETURN_IF_ERROR(Pack(keys::kOut));
    return Pack(keys::kIn);
  }
  EdgePacker out(keys::kOut, Waiting(keys::kOut), overlay_);
  EdgePacker in(keys::kIn, Waiting(keys::kIn), overlay_);
  absl::Status packed_in;
  std::thread beside([&] { packed_in = in.Pack(); });
  absl::Status packed = out.Pack();
  beside.join();
  packed.Update(packed_in);
  RETURN_IF_ERROR(packed);
  Take(keys::kOut, out);
  Take(keys::kIn, in);
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
  RETURN_IF_ERROR(PackAll());
  return overlay_.ToBatch();
}

}  // namespace labgraph::graph
