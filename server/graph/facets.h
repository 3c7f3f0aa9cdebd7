#ifndef LABGRAPH_SERVER_GRAPH_FACETS_H_
#define LABGRAPH_SERVER_GRAPH_FACETS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "labgraph/v1/statement.pb.h"
#include "server/keys/keys.h"
#include "server/schema/edtf.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

// What decides whether a statement counts for a reader. Many statements share few
// facets, so a request judges each facet once and every edge by its facet's number.
struct Facet {
  schema::PredicateNumber predicate = 0;
  schema::Bounds bounds;
  v1::Rank rank = v1::RANK_NORMAL;
  v1::Assertion assertion = v1::ASSERTION_ASSERTED;
  std::string visibility;  // canonical, never empty

  // varint(predicate) 4 x signed(day) byte(rank) byte(assertion) visibility
  std::string Encode() const;
  static bool Decode(absl::string_view bytes, Facet* out);
  friend bool operator==(const Facet&, const Facet&) = default;
};

// All facets of a store, by dense numbers from 1. Thread-safe.
class FacetTable {
 public:
  // The number of the facet, a new one when it is the first of its sort.
  keys::FacetNumber Intern(const Facet& facet);

  // Takes back the numbers above `size`. REQUIRES: no row that can be read has one of
  // them, and none is given meanwhile.
  void Truncate(size_t size);

  // REQUIRES: a number given by Intern. The reference lives as long as the table, or
  // until the number is taken back.
  const Facet& Get(keys::FacetNumber number) const;

  // How many there are; numbers 1 to size() are given.
  size_t size() const;

 private:
  mutable absl::Mutex mu_;
  std::deque<Facet> facets_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<std::string, keys::FacetNumber> numbers_ ABSL_GUARDED_BY(mu_);
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_FACETS_H_
