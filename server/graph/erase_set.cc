#include "server/graph/erase_set.h"

#include <utility>

#include "labgraph/v1/change.pb.h"
#include "server/base/deterministic.h"

namespace labgraph::graph {

std::string ErasedRecord::Erasure() const {
  v1::Erasure erasure;
  if (is_entity()) {
    erasure.set_entity(id);
  } else {
    erasure.set_statement(id);
  }
  return DeterministicBytes(erasure);
}

void EraseSet::Add(ErasedRecord record) {
  records_.push_back(std::move(record));
  ErasedRecord& added = records_.back();
  (added.is_entity() ? entities_ : statements_)[added.id] = &added;
  auto& numbers = added.is_entity() ? entity_numbers_ : statement_numbers_;
  for (const VersionRow& version : added.versions) numbers[version.number] = &added;
  added.found = !added.versions.empty();
}

ErasedRecord* EraseSet::Find(keys::ChangeKind kind, absl::string_view id) {
  const auto& by_id = kind == keys::ChangeKind::kEntity ? entities_ : statements_;
  const auto it = by_id.find(id);
  return it == by_id.end() ? nullptr : it->second;
}

}  // namespace labgraph::graph
