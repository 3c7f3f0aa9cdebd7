#include "seed/encoded_part.h"

#include <utility>

namespace labgraph::seed {

bool EncodedPart::HasRoomFor(absl::string_view mutation) const {
  return lines_.empty() || (lines_.size() < limits_.mutations &&
                            bytes_.size() + mutation.size() <= limits_.bytes);
}

bool EncodedPart::Add(const EncodedRun& run, size_t index) {
  const EncodedMutation& mutation = run.mutations[index];
  const absl::string_view bytes = run.BytesOf(index);
  const bool known = mutation.repeats && repeated_.contains(bytes);
  if (!known && !HasRoomFor(bytes)) return false;
  position_ = mutation.position;
  if (known) return true;
  if (mutation.repeats) repeated_.emplace(bytes);
  bytes_.append(bytes.data(), bytes.size());
  lines_.push_back(mutation.line);
  return true;
}

std::string EncodedPart::Take() {
  repeated_.clear();
  lines_.clear();
  return std::exchange(bytes_, {});
}

}  // namespace labgraph::seed
