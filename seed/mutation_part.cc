#include "seed/mutation_part.h"

#include <algorithm>
#include <utility>

namespace labgraph::seed {
namespace {

// Room in a request for its message and the fields that are no mutations.
constexpr size_t kReservedBytes = 8 * 1024;
// At most what encoding puts before a mutation in a list: the field's tag and a length.
constexpr size_t kPrefixBytes = 6;

// For servers that do not name a limit: what the API documents.
constexpr size_t kDocumentedMutations = 10000;
constexpr size_t kDocumentedBytes = 4 * 1024 * 1024;

}  // namespace

size_t EncodedBytes(const v1::Mutation& mutation) {
  return mutation.ByteSizeLong() + kPrefixBytes;
}

absl::StatusOr<WriteLimits> FetchWriteLimits(client::Connection& connection,
                                             size_t batch) {
  absl::StatusOr<v1::GetServerInfoResponse> info = connection.GetServerInfo({});
  if (!info.ok()) return info.status();
  WriteLimits limits{kDocumentedMutations, kDocumentedBytes};
  for (const v1::Limit& limit : info->limits()) {
    if (limit.name() == "mutations") limits.mutations = limit.value();
    if (limit.name() == "request_bytes") limits.bytes = limit.value();
  }
  if (batch > 0) limits.mutations = std::min(limits.mutations, batch);
  limits.bytes -= std::min(limits.bytes, kReservedBytes);
  return limits;
}

bool MutationPart::HasRoomFor(const v1::Mutation& mutation) const {
  return mutations_.empty() ||
         (static_cast<size_t>(mutations_.size()) < limits_.mutations &&
          bytes_ + EncodedBytes(mutation) <= limits_.bytes);
}

void MutationPart::Add(v1::Mutation mutation) {
  bytes_ += EncodedBytes(mutation);
  *mutations_.Add() = std::move(mutation);
}

Mutations MutationPart::Take() {
  bytes_ = 0;
  Mutations taken;
  taken.Swap(&mutations_);
  return taken;
}

}  // namespace labgraph::seed
