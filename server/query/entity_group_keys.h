#ifndef LABGRAPH_SERVER_QUERY_ENTITY_GROUP_KEYS_H_
#define LABGRAPH_SERVER_QUERY_ENTITY_GROUP_KEYS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/query/entity_map.h"
#include "server/query/group_key.h"
#include "server/query/join_tools.h"
#include "server/query/text_codes.h"

namespace labgraph::query {

// By the id of an entity.
class IdKey final : public GroupKey {
 public:
  // `tools` must outlive this.
  IdKey(size_t entity, const JoinTools& tools) : entity_(entity), tools_(tools) {}

  absl::StatusOr<absl::Span<const Code>> Of(const Counted& counted) override;
  absl::StatusOr<std::string> Text(Code code) override;

 private:
  const size_t entity_;
  const JoinTools tools_;
  Code code_ = kNone;
};

// By the kind of an entity; each is looked up once.
class KindKey final : public GroupKey {
 public:
  // `tools` must outlive this.
  KindKey(size_t entity, const JoinTools& tools)
      : entity_(entity), tools_(tools), kinds_(tools.universe()) {}

  absl::StatusOr<absl::Span<const Code>> Of(const Counted& counted) override;
  absl::StatusOr<std::string> Text(Code code) override;

 private:
  const size_t entity_;
  const JoinTools tools_;
  EntityMap<Code> kinds_;
  Code code_ = kNone;
};

// By the values of a property of an entity, or by their years; those of each entity are
// read once.
class PropertyKey final : public GroupKey {
 public:
  // `tools` must outlive this.
  PropertyKey(const PlannedKey& plan, const JoinTools& tools)
      : plan_(plan), tools_(tools), known_(tools.universe()) {}

  absl::StatusOr<absl::Span<const Code>> Of(const Counted& counted) override;
  absl::StatusOr<std::string> Text(Code code) override { return texts_.Text(code); }

 private:
  // Where the codes of an entity stand in codes_; none are known where `size` is 0.
  struct Stretch {
    uint32_t first = 0;
    uint32_t size = 0;
  };

  absl::StatusOr<Stretch> Read(graph::Neighbor entity);
  std::string TextOf(const google::protobuf::Value& value) const;

  const PlannedKey plan_;
  const JoinTools tools_;
  EntityMap<Stretch> known_;
  std::vector<Code> codes_;
  TextCodes texts_;
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_ENTITY_GROUP_KEYS_H_
