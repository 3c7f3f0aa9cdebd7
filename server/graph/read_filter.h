#ifndef LABGRAPH_SERVER_GRAPH_READ_FILTER_H_
#define LABGRAPH_SERVER_GRAPH_READ_FILTER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "labgraph/v1/read_options.pb.h"
#include "server/graph/facets.h"
#include "server/schema/edtf.h"
#include "server/schema/visibility.h"

namespace labgraph::graph {

// Which facts a request counts: the checked form of ReadOptions' filters. A value.
class ReadFilter {
 public:
  // Lists show every rank and assertion unless told otherwise; walks leave out what is
  // deprecated, denied or only asked.
  enum class Mode { kList, kWalk };

  // Errors: DATE_MALFORMED at "valid_at"; FIELD_INVALID at "certainty", "assertions[0]",
  // "ranks[0]".
  static absl::StatusOr<ReadFilter> Make(const v1::ReadOptions& options, Mode mode,
                                         schema::Authorizations authorizations);

  // Whether facts of this facet count, and how certainly they held on the day asked
  // about (UNSPECIFIED when none was).
  struct Verdict {
    bool passes;
    v1::Certainty certainty;
  };
  Verdict Judge(const Facet& facet) const;

  const schema::Authorizations& authorizations() const { return authorizations_; }

 private:
  explicit ReadFilter(schema::Authorizations authorizations)
      : authorizations_(std::move(authorizations)) {}

  absl::optional<schema::Day> valid_at_;
  v1::Certainty wanted_ = v1::CERTAINTY_POSSIBLE;
  uint32_t assertions_ = 0;  // bit per enum number
  uint32_t ranks_ = 0;
  schema::Authorizations authorizations_;
};

// The verdicts of one request by facet number, each reached once. Not thread-safe.
class FacetVerdicts {
 public:
  // `facets` must outlive this.
  FacetVerdicts(const FacetTable* facets, ReadFilter filter)
      : facets_(facets), filter_(std::move(filter)) {}

  ReadFilter::Verdict Of(keys::FacetNumber facet) {
    if (facet >= known_.size()) known_.resize(facet + 1, 0);
    uint8_t& known = known_[facet];
    if (known == 0) known = Judge(facet);
    return {(known & kPasses) != 0, static_cast<v1::Certainty>(known >> kCertaintyShift)};
  }
  bool Passes(keys::FacetNumber facet) { return Of(facet).passes; }

  // By facet number, not 0 where the facet passes; right for these `count` facets, and
  // valid until the next call of anything. For loops that look at many edges.
  const uint8_t* PassesAll(const keys::FacetNumber* facets, size_t count) {
    for (size_t i = 0; i < count; ++i) {
      if (facets[i] >= passes_.size()) passes_.resize(facets[i] + 1, kUnknown);
      uint8_t& passes = passes_[facets[i]];
      if (passes == kUnknown) passes = Passes(facets[i]) ? 1 : 0;
    }
    return passes_.data();
  }

  // The predicate of the statements that have the facet. Slower than a verdict.
  schema::PredicateNumber PredicateOf(keys::FacetNumber facet) const {
    return facets_->Get(facet).predicate;
  }

  const ReadFilter& filter() const { return filter_; }
  // REQUIRES: a number that a statement of the store has.
  const Facet& FacetOf(keys::FacetNumber facet) const { return facets_->Get(facet); }

 private:
  static constexpr uint8_t kJudged = 1;
  static constexpr uint8_t kPasses = 2;
  static constexpr int kCertaintyShift = 2;
  static constexpr uint8_t kUnknown = 0xff;

  uint8_t Judge(keys::FacetNumber facet) const;

  const FacetTable* facets_;
  ReadFilter filter_;
  std::vector<uint8_t> known_;
  std::vector<uint8_t> passes_;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_READ_FILTER_H_
