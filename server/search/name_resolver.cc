#include "server/search/name_resolver.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/types/optional.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"
#include "server/search/fold.h"
#include "server/search/name_index.h"
#include "server/search/query.h"
#include "server/search/ranking.h"
#include "server/search/word_cursor.h"

namespace labgraph::search {
namespace {

// Bearers of one name to look at; far fewer tell that it is ambiguous.
constexpr size_t kBearersRead = 1000;
// Ids listed where a name is ambiguous.
constexpr size_t kCandidatesListed = 10;

struct Bearer {
  std::string id;
  keys::EntityNumber number;
};

// The key of an id is indexed as a name is, but it is none.
bool Bears(const v1::Entity& entity, const std::vector<std::string>& words) {
  return absl::c_any_of(
             entity.names(),
             [&](const auto& name) { return FoldWords(name.second) == words; }) ||
         absl::c_any_of(entity.aliases(), [&](const v1::Alias& alias) {
           return FoldWords(alias.text()) == words;
         });
}

// Entities that may be seen and bear the name, by id.
absl::StatusOr<std::vector<Bearer>> FindBearers(graph::View& view,
                                                const std::vector<std::string>& words) {
  std::vector<Bearer> bearers;
  size_t rows_read = 0;
  graph::RowScan scan = view.records().rows().Scan(
      keys::kText, WordPrefix(WholeNameTerm(JoinWords(words))));
  for (; scan.Valid() && rows_read < kBearersRead; scan.Next(), ++rows_read) {
    const keys::EntityNumber number = keys::LastBe64(scan.key());
    ASSIGN_OR_RETURN(absl::optional<v1::Entity> entity,
                     view.GetEntity(number, v1::ENTITY_VIEW_NAMES));
    if (!entity.has_value() || !Bears(*entity, words)) continue;
    bearers.push_back({std::move(*entity->mutable_id()), number});
  }
  RETURN_IF_ERROR(scan.status());
  absl::c_sort(bearers, [](const Bearer& a, const Bearer& b) { return a.id < b.id; });
  return bearers;
}

// The error, with the id of the entity that was most likely meant.
absl::Status NotFound(graph::View& view, absl::string_view name,
                      absl::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> langs, graph::ParseLanguages(""));
  const Query query = MakeQuery(name, std::move(langs));
  if (query.words.empty()) return errors::EntityNotFound(field, name);
  ASSIGN_OR_RETURN(const Ranked near, Rank(view, query, {}, 1));
  if (near.results.empty() || !near.all_words) return errors::EntityNotFound(field, name);
  return errors::EntityNotFound(field, name, near.results.front().entity().id());
}

}  // namespace

absl::StatusOr<keys::EntityNumber> ResolveByName(graph::View& view,
                                                 absl::string_view name,
                                                 absl::string_view field) {
  if (name.empty()) return errors::FieldRequired(field);
  RETURN_IF_ERROR(schema::CheckText(name, limits::kNameBytes, field));
  ASSIGN_OR_RETURN(const std::vector<Bearer> bearers, FindBearers(view, FoldWords(name)));
  if (bearers.empty()) return NotFound(view, name, field);
  if (bearers.size() == 1) return bearers.front().number;
  std::vector<std::string> candidates;
  for (const Bearer& bearer : bearers) {
    if (candidates.size() < kCandidatesListed) candidates.push_back(bearer.id);
  }
  return errors::EntityAmbiguous(field, name, candidates);
}

}  // namespace labgraph::search
