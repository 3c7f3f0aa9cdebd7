#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/status_macros.h"
#include "server/graph/verify_checks.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

// A segment and where it stands.
struct Segment {
  keys::EdgeKey key;
  std::vector<keys::Edge> edges;
  std::string name;
};

bool SameList(const keys::EdgeKey& a, const keys::EdgeKey& b) {
  return a.node == b.node && a.predicate == b.predicate;
}

// The segment's own form, and that it lies behind `before` where that is of the same
// list.
void CheckShape(VerifyContext& context, const Segment& segment, const Segment& before) {
  const auto add = [&](absl::string_view problem) {
    context.Add("I10", segment.name, problem);
  };
  if (segment.edges.empty()) return add("The segment is empty.");
  if (segment.edges.size() > keys::kSegmentEdges) add("The segment is too large.");
  if (std::adjacent_find(segment.edges.begin(), segment.edges.end(),
                         [](const keys::Edge& a, const keys::Edge& b) {
                           return !keys::EdgeOrder(a, b);
                         }) != segment.edges.end()) {
    add("The segment's edges are out of order.");
  }
  const keys::Edge lowest{segment.key.neighbor, segment.key.statement};
  if (keys::EdgeOrder(segment.edges.front(), lowest))
    add("An edge lies before the segment's key.");
  if (before.edges.empty() || !SameList(before.key, segment.key)) return;
  if (!keys::EdgeOrder(before.edges.back(), lowest)) {
    context.Add("I10", before.name, "An edge lies behind the next segment's key.");
  }
}

// That the statement behind an edge has its ends and facet. The keyspace tells which
// end `key.node` is.
absl::Status CheckStatementOf(VerifyContext& context, kv::Keyspace keyspace,
                              const keys::EdgeKey& key, keys::FacetNumber facet,
                              keys::Revision revision) {
  const std::string name = RowName(keyspace, key.Encode());
  const auto record = context.At(revision).ReadStatement(key.statement);
  if (!record.ok()) return context.AddIfCorrupt(record.status(), name);
  const bool out = keyspace == keys::kOut;
  if (record->has_value() && (*record)->predicate == key.predicate &&
      (*record)->subject == (out ? key.node : key.neighbor) &&
      (*record)->object == (out ? key.neighbor : key.node) && (*record)->facet == facet) {
    return absl::OkStatus();
  }
  context.Add("I3", name,
              absl::StrCat("At revision ", revision, " the edge's statement ",
                           key.statement, " is not there, or is another."));
  return absl::OkStatus();
}

absl::Status CheckSegments(VerifyContext& context, kv::Keyspace keyspace) {
  const std::unique_ptr<kv::Cursor> cursor = context.reader().NewCursor(keyspace);
  Segment before;
  for (cursor->Seek(""); cursor->Valid() && !context.full(); cursor->Next()) {
    Segment segment;
    segment.name = RowName(keyspace, cursor->key());
    if (!keys::EdgeKey::Decode(cursor->key(), &segment.key) ||
        !keys::DecodeSegment(cursor->value(), &segment.edges)) {
      context.Add("I10", segment.name, "The segment cannot be decoded.");
      continue;
    }
    CheckShape(context, segment, before);
    for (const keys::Edge& edge : segment.edges) {
      keys::EdgeKey key = segment.key;
      key.neighbor = edge.neighbor;
      key.statement = edge.statement;
      if (edge.revision == 0 || edge.revision > context.state().head) {
        context.Add("I9", segment.name, "An edge is of a revision that does not exist.");
      }
      RETURN_IF_ERROR(
          CheckStatementOf(context, keyspace, key, edge.facet, context.state().head));
    }
    before = std::move(segment);
  }
  return cursor->status();
}

// That a past edge has its statement at both ends of its life, and its mirror image.
absl::Status CheckPastEdge(VerifyContext& context, kv::Keyspace keyspace,
                           const RowLife& row) {
  keys::EdgeKey key;
  keys::IndexRow edge;
  if (!keys::EdgeKey::Decode(row.key, &key) ||
      !keys::IndexRow::Decode(row.value, &edge)) {
    context.Add("I3", RowName(keys::kPast, row.key), "The past edge cannot be decoded.");
    return absl::OkStatus();
  }
  for (const keys::Revision revision : {row.first, row.last}) {
    RETURN_IF_ERROR(CheckStatementOf(
        context, keyspace, key, static_cast<keys::FacetNumber>(edge.number), revision));
  }
  const kv::Keyspace other = keyspace == keys::kOut ? keys::kIn : keys::kOut;
  const keys::EdgeKey mirrored{key.neighbor, key.predicate, key.node, key.statement};
  ASSIGN_OR_RETURN(
      const absl::optional<std::string> image,
      context.reader().Get(keys::kPast,
                           keys::PastKey(other, mirrored.Encode(), row.last + 1)));
  if (!image.has_value() || *image != row.value) {
    context.Add(
        "I1", RowName(keyspace, row.key),
        absl::StrCat("The past edge has no mirror image in ", keys::kNames[other], "."));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckEdges(VerifyContext& context) {
  for (const kv::Keyspace keyspace : {keys::kOut, keys::kIn}) {
    RETURN_IF_ERROR(CheckSegments(context, keyspace));
    RETURN_IF_ERROR(ForEachRow(context, keyspace, [&](const RowLife& row) {
      return CheckPastEdge(context, keyspace, row);
    }));
  }
  return absl::OkStatus();
}

}  // namespace labgraph::graph
