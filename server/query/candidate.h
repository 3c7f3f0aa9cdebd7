#ifndef LABGRAPH_SERVER_QUERY_CANDIDATE_H_
#define LABGRAPH_SERVER_QUERY_CANDIDATE_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "labgraph/v1/entity.pb.h"
#include "server/graph/view.h"
#include "server/keys/keys.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

// The entity that a filter is asked about, loaded only as far as the filter looks. One
// object serves many entities in turn. Not thread-safe. Errors of every read:
// STORAGE_FAILED, STORAGE_CORRUPT.
class Candidate {
 public:
  // `view` must outlive this.
  explicit Candidate(graph::View* view) : view_(view) {}

  // Turns to another entity.
  void Reset(keys::EntityNumber number);

  graph::View& view() { return *view_; }
  keys::EntityNumber number() const { return number_; }

  // 0 where the entity is missing.
  absl::StatusOr<schema::KindNumber> Kind();
  // Null where the entity is missing. Valid until Reset.
  absl::StatusOr<const v1::Entity*> Record();
  // Whether a read found that the entity does not exist or may not be seen.
  bool missing() const { return missing_; }

  // The number of any entity by its well-formed id, or by one that was merged into it;
  // remembered over Reset.
  absl::StatusOr<absl::optional<keys::EntityNumber>> Find(const std::string& id);

 private:
  graph::View* const view_;
  keys::EntityNumber number_ = 0;
  bool missing_ = false;
  absl::optional<schema::KindNumber> kind_;
  bool record_read_ = false;
  absl::optional<v1::Entity> record_;
  absl::flat_hash_map<std::string, absl::optional<keys::EntityNumber>> found_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_CANDIDATE_H_
