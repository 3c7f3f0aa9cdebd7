#include "server/adjacency/edge_block.h"

#include <algorithm>
#include <cstring>

#include "server/base/status_macros.h"

namespace labgraph::adjacency {
namespace {

// Copies a column to where the block has it; gives the end.
template <typename T>
char* Append(char* at, const std::vector<T>& column) {
  const size_t bytes = column.size() * sizeof(T);
  if (bytes > 0) std::memcpy(at, column.data(), bytes);
  return at + bytes;
}

}  // namespace

void EdgeBlock::Columns::Add(schema::PredicateNumber predicate,
                             const std::vector<keys::Edge>& edges) {
  if (groups.empty() || groups.back().predicate != predicate) {
    groups.push_back(
        {predicate, static_cast<uint32_t>(statements.size()), 0, edges.front().facet});
  }
  Group& group = groups.back();
  group.size += static_cast<uint32_t>(edges.size());
  for (const keys::Edge& edge : edges) {
    statements.push_back(static_cast<graph::EdgeStatement>(edge.statement));
    neighbors.push_back(static_cast<graph::Neighbor>(edge.neighbor));
    facets.push_back(edge.facet);
    if (edge.facet != group.facet) group.facet = 0;
  }
}

absl::StatusOr<EntryPtr<EdgeBlock>> EdgeBlock::Load(graph::EdgeScan& scan,
                                                    keys::Revision revision,
                                                    size_t max_edges) {
  thread_local Columns columns;
  columns.groups.clear();
  columns.statements.clear();
  columns.neighbors.clear();
  columns.facets.clear();
  while (scan.NextRun()) {
    if (columns.statements.size() + scan.edges().size() > max_edges) {
      columns = Columns();  // a thread need not keep room for what is not kept
      return EntryPtr<EdgeBlock>();
    }
    columns.Add(scan.predicate(), scan.edges());
  }
  RETURN_IF_ERROR(scan.status());
  return Make(columns, revision);
}

EntryPtr<EdgeBlock> EdgeBlock::Make(const Columns& columns, keys::Revision revision) {
  const size_t edges = columns.statements.size();
  const bool mixed = std::any_of(columns.groups.begin(), columns.groups.end(),
                                 [](const Group& group) { return group.facet == 0; });
  const size_t bytes = sizeof(EdgeBlock) + columns.groups.size() * sizeof(Group) +
                       edges * (mixed ? 3 : 2) * sizeof(graph::Neighbor);
  void* const memory = ::operator new(bytes);
  EntryPtr<EdgeBlock> block(
      new (memory) EdgeBlock(revision, bytes, columns.groups.size(), edges, false));
  char* at = static_cast<char*>(memory) + sizeof(EdgeBlock);
  at = Append(at, columns.groups);
  at = Append(at, columns.neighbors);
  at = Append(at, columns.statements);
  if (mixed) Append(at, columns.facets);
  return block;
}

EntryPtr<EdgeBlock> EdgeBlock::TooLarge(keys::Revision revision) {
  void* const memory = ::operator new(sizeof(EdgeBlock));
  return EntryPtr<EdgeBlock>(new (memory)
                                 EdgeBlock(revision, sizeof(EdgeBlock), 0, 0, true));
}

}  // namespace labgraph::adjacency
