#ifndef LABGRAPH_SERVER_QUERY_PLAN_CHECKS_H_
#define LABGRAPH_SERVER_QUERY_PLAN_CHECKS_H_

// Checks that plans of walks share.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "server/base/limits.h"
#include "server/graph/record_reader.h"
#include "server/keys/keys.h"
#include "server/schema/ontology.h"

namespace labgraph::query {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

// The numbers of the entities, ascending, each once. Errors: LIMIT_EXCEEDED (kBatchIds)
// at `field`; ID_MALFORMED, ENTITY_NOT_FOUND and others of ids at "<field>[i]".
absl::StatusOr<std::vector<keys::EntityNumber>> ResolveEntities(
    const Strings& ids, const graph::RecordReader& records, absl::string_view field);

// As above; no ids are FIELD_REQUIRED at `field`.
absl::StatusOr<std::vector<keys::EntityNumber>> ResolveEnds(
    const Strings& ids, const graph::RecordReader& records, absl::string_view field);

// The kinds with those under them; empty for none. Errors: KIND_UNKNOWN at "kinds[i]".
absl::StatusOr<absl::flat_hash_set<schema::KindNumber>> ResolveKinds(
    const Strings& kinds, const schema::Ontology& ontology);

// How many hops an edge or step may take.
struct HopRange {
  uint32_t min = 1;
  uint32_t max = 1;
  friend bool operator==(const HopRange&, const HopRange&) = default;
};

// The hops that a request asks for, with defaults where it leaves a number out. Errors:
// LIMIT_EXCEEDED at "min_hops" and "max_hops"; FIELD_INVALID at "max_hops".
absl::StatusOr<HopRange> PlanHops(absl::optional<uint32_t> min_hops,
                                  absl::optional<uint32_t> max_hops);

// The same for a message with those two fields.
template <typename Message>
absl::StatusOr<HopRange> PlanHops(const Message& message) {
  return PlanHops(
      message.has_min_hops() ? absl::make_optional(message.min_hops()) : absl::nullopt,
      message.has_max_hops() ? absl::make_optional(message.max_hops()) : absl::nullopt);
}

// `value`, or `by_default` for 0. Errors: LIMIT_EXCEEDED at `field`.
absl::StatusOr<uint64_t> ValueWithin(uint64_t value, uint64_t by_default,
                                     const limits::Limit& limit, absl::string_view field);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_PLAN_CHECKS_H_
