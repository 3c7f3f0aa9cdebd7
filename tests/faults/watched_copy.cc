#include "tests/faults/watched_copy.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/base/deterministic.h"
#include "server/graph/redirects.h"
#include "server/keys/keyspaces.h"

namespace labgraph::faults {
namespace {

using Type = client::WatchEvent::Type;

// Calls `use(number or key, value)` for every row of a keyspace.
template <typename Use>
void ForEachRow(const graph::View& view, kv::Keyspace keyspace, Use use) {
  for (graph::RowScan scan = view.records().rows().Scan(keyspace, ""); scan.Valid();
       scan.Next()) {
    use(scan.key(), scan.value());
  }
}

std::string Compare(const std::string& what, const std::map<std::string, std::string>& is,
                    const std::map<std::string, std::string>& should_be) {
  std::string differences;
  for (const auto& [id, record] : should_be) {
    const auto held = is.find(id);
    if (held == is.end()) absl::StrAppend(&differences, "no ", what, " ", id, "; ");
    if (held != is.end() && held->second != record) {
      absl::StrAppend(&differences, "another ", what, " ", id, "; ");
    }
  }
  for (const auto& [id, record] : is) {
    if (should_be.count(id) == 0) {
      absl::StrAppend(&differences, what, " ", id, " that is not there; ");
    }
  }
  return differences;
}

}  // namespace

void WatchedCopy::Apply(const client::WatchEvent& event) {
  if (event.type == Type::kSnapshotBegins) {
    entities_.clear();
    statements_.clear();
    redirects_.clear();
  }
  for (const v1::Entity& entity : event.snapshot.entities()) Put(entity);
  for (const v1::Statement& statement : event.snapshot.statements()) Put(statement);
  for (const v1::Redirect& redirect : event.snapshot.redirects()) Put(redirect);
  if (event.type == Type::kChange) {
    EXPECT_GT(event.revision, revision_) << "told twice, or in the wrong order";
    if (filter_.passes_all()) {
      EXPECT_EQ(event.revision, revision_ + 1) << "a gap";
    }
  }
  for (const v1::ChangeEvent& change : event.change.events()) Apply(change);
  resume_token_ = event.resume_token;
  revision_ = resume_token_.empty() ? 0 : event.revision;
}

void WatchedCopy::Apply(const v1::ChangeEvent& event) {
  switch (event.event_case()) {
    case v1::ChangeEvent::kPutEntity:
      return Put(event.put_entity());
    case v1::ChangeEvent::kPutStatement:
      return Put(event.put_statement());
    case v1::ChangeEvent::kRetractStatement:
      statements_.erase(event.retract_statement());
      return;
    case v1::ChangeEvent::kDeleteEntity:
      entities_.erase(event.delete_entity());
      return;
    case v1::ChangeEvent::kRedirect:
      return Put(event.redirect());
    case v1::ChangeEvent::kErase:
      entities_.erase(event.erase().entity());
      redirects_.erase(event.erase().entity());
      statements_.erase(event.erase().statement());
      return;
    default:
      return;
  }
}

// What is told and does not pass has left the filter.
void WatchedCopy::Put(const v1::Entity& entity) {
  if (filter_.Passes(entity)) entities_[entity.id()] = DeterministicBytes(entity);
}

void WatchedCopy::Put(const v1::Statement& statement) {
  if (filter_.Passes(statement)) {
    statements_[statement.id()] = DeterministicBytes(statement);
  } else {
    statements_.erase(statement.id());
  }
}

void WatchedCopy::Put(const v1::Redirect& redirect) {
  if (redirect.into().empty()) {
    redirects_.erase(redirect.id());
  } else {
    redirects_[redirect.id()] = redirect.into();
  }
}

std::string WatchedCopy::DifferenceFrom(const graph::Graph& graph,
                                        uint64_t revision) const {
  v1::ReadOptions options;
  options.set_revision(revision);
  const auto view = graph.Read(options, graph::ReadFilter::Mode::kList);
  if (!view.ok()) return view.status().ToString();
  WatchedCopy store(filter_);
  ForEachRow(**view, keys::kEntity, [&](absl::string_view key, absl::string_view row) {
    store.Put((*view)->records().DecodeEntity(keys::LastBe64(key), row)->entity);
  });
  ForEachRow(**view, keys::kStatement, [&](absl::string_view key, absl::string_view row) {
    store.Put((*view)->records().DecodeStatement(keys::LastBe64(key), row)->statement);
  });
  ForEachRow(**view, keys::kRedirect, [&](absl::string_view, absl::string_view bytes) {
    graph::RedirectRow row;
    EXPECT_TRUE(graph::RedirectRow::Decode(bytes, &row));
    v1::Redirect redirect;
    redirect.set_id(row.merge.entity().id());
    redirect.set_into(row.merge.into());
    if (filter_.Passes(redirect)) store.Put(redirect);
  });
  return absl::StrCat(Compare("entity", entities_, store.entities_),
                      Compare("statement", statements_, store.statements_),
                      Compare("redirect", redirects_, store.redirects_));
}

}  // namespace labgraph::faults
