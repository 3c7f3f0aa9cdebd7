#include "server/graph/references.h"

#include <string>

#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

class ReferenceFinder {
 public:
  ReferenceFinder(keys::EntityNumber number, uint64_t most, const RecordReader& records)
      : number_(number), most_(most), records_(records) {}

  absl::StatusOr<References> Find() {
    RETURN_IF_ERROR(FindEdges(EdgeDirection::kOut));
    RETURN_IF_ERROR(FindEdges(EdgeDirection::kIn));
    RETURN_IF_ERROR(
        FindRows(keys::kValue, keys::ValuePrefix(number_), &found_.statements));
    RETURN_IF_ERROR(FindRows(keys::kSourceIndex, keys::SourceStatementPrefix(number_),
                             &found_.statements));
    RETURN_IF_ERROR(FindRows(keys::kSourceIndex, keys::SourceEntityPrefix(number_),
                             &found_.entities));
    return std::move(found_);
  }

 private:
  bool Enough() const { return found_.size() > most_; }

  absl::Status FindEdges(EdgeDirection direction) {
    EdgeScan scan = records_.Edges(direction, number_);
    while (!Enough() && scan.NextRun()) {
      for (const keys::Edge& edge : scan.edges())
        found_.statements.insert(edge.statement);
    }
    return scan.status();
  }

  // Adds the number at the end of every key with the prefix.
  absl::Status FindRows(kv::Keyspace keyspace, const std::string& prefix,
                        std::set<uint64_t>* numbers) {
    RowScan scan = records_.rows().Scan(keyspace, prefix);
    for (; !Enough() && scan.Valid(); scan.Next()) {
      const uint64_t found = keys::LastBe64(scan.key());
      // An entity may be its own source, which is nothing to clear away.
      if (numbers != &found_.entities || found != number_) numbers->insert(found);
    }
    return scan.status();
  }

  const keys::EntityNumber number_;
  const uint64_t most_;
  const RecordReader& records_;
  References found_;
};

}  // namespace

absl::StatusOr<References> FindReferences(keys::EntityNumber number, uint64_t most,
                                          const RecordReader& records) {
  return ReferenceFinder(number, most, records).Find();
}

}  // namespace labgraph::graph
