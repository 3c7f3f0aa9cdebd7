#include "server/query/list_entities.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/query/filter.h"
#include "server/query/filter_matcher.h"

namespace labgraph::query {
namespace {

// Fills one page.
class Lister {
 public:
  Lister(graph::View& view, const v1::ListEntitiesRequest& request, Filter filter,
         const PageStart& start)
      : view_(view),
        request_(request),
        matcher_(std::move(filter), &view),
        start_(start) {}

  absl::Status Scan(const std::string& prefix) {
    // A key that ends the page before is followed by the next greater one.
    const std::string from = start_.after.empty() ? "" : start_.after + '\0';
    graph::RowScan scan = view_.records().rows().Scan(keys::kEntityId, prefix, from);
    for (; scan.Valid() && page_.after.empty(); scan.Next()) {
      RETURN_IF_ERROR(Add(scan.value()));
      if (++looked_at_ == kRowsPerPage ||
          static_cast<size_t>(page_.response.entities_size()) == start_.size ||
          bytes_ >= limits::kPageBytes.value) {
        page_.after = std::string(scan.key());
      }
    }
    return scan.status();
  }

  bool full() const { return !page_.after.empty(); }
  Page<v1::ListEntitiesResponse> Take() { return std::move(page_); }

 private:
  absl::Status Add(absl::string_view value) {
    keys::IndexRow row;
    keys::IndexRow::Decode(value, &row);
    ASSIGN_OR_RETURN(const bool matches, matcher_.Matches(row.number));
    if (!matches) return absl::OkStatus();
    ASSIGN_OR_RETURN(absl::optional<v1::Entity> entity,
                     view_.GetEntity(row.number, request_.view()));
    if (!entity.has_value()) return absl::OkStatus();
    bytes_ += entity->ByteSizeLong();
    *page_.response.add_entities() = *std::move(entity);
    return absl::OkStatus();
  }

  graph::View& view_;
  const v1::ListEntitiesRequest& request_;
  FilterMatcher matcher_;
  const PageStart& start_;
  Page<v1::ListEntitiesResponse> page_;
  size_t looked_at_ = 0;
  size_t bytes_ = 0;  // of the entities
};

}  // namespace

absl::StatusOr<std::set<std::string>> EntityIdPrefixes(
    const schema::Ontology& ontology,
    const google::protobuf::RepeatedPtrField<std::string>& kinds) {
  if (kinds.empty()) return std::set<std::string>{""};
  ASSIGN_OR_RETURN(const auto expanded,
                   ontology.ExpandKinds({kinds.begin(), kinds.end()}, "kinds"));
  std::set<std::string> prefixes;
  for (const schema::KindNumber kind : expanded) {
    prefixes.insert(keys::EntityIdPrefix(kind));
  }
  return prefixes;
}

absl::StatusOr<Page<v1::ListEntitiesResponse>> ListEntities(
    graph::View& view, const v1::ListEntitiesRequest& request, const PageStart& start) {
  ASSIGN_OR_RETURN(const std::set<std::string> prefixes,
                   EntityIdPrefixes(view.ontology(), request.kinds()));
  ASSIGN_OR_RETURN(Filter filter,
                   Filter::Parse(request.filter(), view.ontology(), "filter"));
  Lister lister(view, request, std::move(filter), start);
  for (const std::string& prefix : prefixes) {
    RETURN_IF_ERROR(lister.Scan(prefix));
    if (lister.full()) break;
  }
  return lister.Take();
}

}  // namespace labgraph::query
