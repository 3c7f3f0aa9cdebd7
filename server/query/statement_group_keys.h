#ifndef LABGRAPH_SERVER_QUERY_STATEMENT_GROUP_KEYS_H_
#define LABGRAPH_SERVER_QUERY_STATEMENT_GROUP_KEYS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/query/group_key.h"
#include "server/query/join_tools.h"
#include "server/query/text_codes.h"

namespace labgraph::query {

// By something of a statement that its facet tells: its predicate, or the year in which
// it can first have begun to hold. Each facet is looked at once.
class FacetKey final : public GroupKey {
 public:
  // `by` is GROUP_BY_PREDICATE or GROUP_BY_YEAR. `tools` must outlive this.
  FacetKey(v1::GroupBy by, const JoinTools& tools) : by_(by), tools_(tools) {}

  absl::StatusOr<absl::Span<const Code>> Of(const Counted& counted) override;
  absl::StatusOr<std::string> Text(Code code) override { return texts_.Text(code); }

 private:
  std::string TextOf(const graph::Facet& facet) const;

  const v1::GroupBy by_;
  const JoinTools tools_;
  std::vector<Code> codes_;  // by facet; kUnknown until it was looked at
  TextCodes texts_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_STATEMENT_GROUP_KEYS_H_
