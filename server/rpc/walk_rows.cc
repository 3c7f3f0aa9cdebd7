#include "server/rpc/walk_rows.h"

#include <utility>

#include "absl/time/clock.h"
#include "server/base/status_macros.h"

namespace labgraph::rpc {
namespace {

// The share of a call's time that a walk leaves for its answer to be sent.
constexpr double kAnswerShare = 0.05;

}  // namespace

std::function<query::Signal()> Poll(const Call& call) {
  const absl::Time now = absl::Now();
  const absl::Time stop = call.deadline() - (call.deadline() - now) * kAnswerShare;
  return [&call, stop] {
    if (absl::Now() >= stop) return query::Signal::kDeadlineNear;
    return call.Check().ok() ? query::Signal::kGoOn : query::Signal::kCancelled;
  };
}

absl::Status FillEntity(WalkView& walk, keys::EntityNumber number, v1::EntityView how,
                        v1::Entity* out) {
  if (how == v1::ENTITY_VIEW_IDS) {
    ASSIGN_OR_RETURN(const absl::optional<graph::EntityCard> card,
                     walk.expander().Card(number));
    if (card.has_value() && walk.view().MaySee(card->visibility)) {
      out->set_id(card->id.data(), card->id.size());
    }
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(absl::optional<v1::Entity> entity, walk.view().GetEntity(number, how));
  if (entity.has_value()) *out = *std::move(entity);
  return absl::OkStatus();
}

absl::Status FillStatement(WalkView& walk, keys::StatementNumber number,
                           v1::EntityView how, v1::Statement* out) {
  if (how == v1::ENTITY_VIEW_IDS) {
    ASSIGN_OR_RETURN(*out->mutable_id(), walk.view().StatementId(number));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(absl::optional<v1::Statement> statement,
                   walk.view().GetStatement(number));
  if (statement.has_value()) *out = *std::move(statement);
  return absl::OkStatus();
}

}  // namespace labgraph::rpc
