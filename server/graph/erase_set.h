#ifndef LABGRAPH_SERVER_GRAPH_ERASE_SET_H_
#define LABGRAPH_SERVER_GRAPH_ERASE_SET_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "server/graph/record_versions.h"
#include "server/keys/change_row.h"
#include "server/keys/keys.h"

namespace labgraph::graph {

// A record that is being erased.
struct ErasedRecord {
  keys::ChangeKind kind = keys::ChangeKind::kStatement;  // or kEntity
  std::string id;
  std::string id_key;
  std::vector<VersionRow> versions;
  // Whether anything of it was met, in a row of its own or elsewhere.
  bool found = false;

  bool is_entity() const { return kind == keys::ChangeKind::kEntity; }
  RecordType type() const { return is_entity() ? kEntityRecords : kStatementRecords; }
  // Where its tombstone lies.
  std::string erased_key() const {
    return is_entity() ? keys::ErasedEntityKey(id) : keys::ErasedStatementKey(id);
  }
  // The bytes of the Erasure that changes tell of it.
  std::string Erasure() const;
};

// All records that one call erases, by what leads to them. Used by one thread.
class EraseSet {
 public:
  // REQUIRES: there is none of the kind and id yet.
  void Add(ErasedRecord record);

  // In the order of Add; pointers to them live as long as the set.
  std::deque<ErasedRecord>& records() { return records_; }
  // Null where there is none.
  ErasedRecord* Find(keys::ChangeKind kind, absl::string_view id);
  // Every number that one of them has or had.
  const std::map<uint64_t, ErasedRecord*>& numbers(keys::ChangeKind kind) const {
    return kind == keys::ChangeKind::kEntity ? entity_numbers_ : statement_numbers_;
  }

 private:
  std::deque<ErasedRecord> records_;
  absl::flat_hash_map<std::string, ErasedRecord*> entities_;  // by id
  absl::flat_hash_map<std::string, ErasedRecord*> statements_;
  std::map<uint64_t, ErasedRecord*> entity_numbers_;
  std::map<uint64_t, ErasedRecord*> statement_numbers_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_ERASE_SET_H_
