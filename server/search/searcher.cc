#include "server/search/searcher.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"
#include "server/search/query.h"
#include "server/search/ranking.h"

namespace labgraph::search {
namespace {

absl::StatusOr<Query> ParseQuery(const v1::SearchEntitiesRequest& request) {
  if (request.query().empty()) return errors::FieldRequired("query");
  RETURN_IF_ERROR(schema::CheckText(request.query(), limits::kQueryBytes, "query"));
  absl::StatusOr<std::vector<std::string>> langs =
      graph::ParseLanguages(request.read().lang());
  if (!langs.ok()) return AtField(langs.status(), "read");
  Query query = MakeQuery(request.query(), *std::move(langs));
  if (query.words.empty()) {
    return errors::FieldInvalid("query",
                                "There is no letter or digit to search for; write for "
                                "example \"heet ijzer\".");
  }
  return query;
}

absl::StatusOr<size_t> ParseLimit(uint32_t limit) {
  if (limit > limits::kSearchResults.value) {
    return errors::LimitExceeded("limit", limits::kSearchResults, limit);
  }
  return limit == 0 ? limits::kDefaultSearchResults : limit;
}

}  // namespace

absl::StatusOr<v1::SearchEntitiesResponse> Search(
    graph::View& view, const v1::SearchEntitiesRequest& request) {
  ASSIGN_OR_RETURN(const Query query, ParseQuery(request));
  ASSIGN_OR_RETURN(const size_t limit, ParseLimit(request.limit()));
  ASSIGN_OR_RETURN(const absl::flat_hash_set<schema::KindNumber> kinds,
                   view.ontology().ExpandKinds(
                       {request.kinds().begin(), request.kinds().end()}, "kinds"));
  ASSIGN_OR_RETURN(Ranked ranked, Rank(view, query, kinds, limit));
  v1::SearchEntitiesResponse response;
  for (v1::SearchResult& result : ranked.results)
    *response.add_results() = std::move(result);
  response.set_revision(view.revision());
  return response;
}

}  // namespace labgraph::search
