#include "server/query/entity_group_keys.h"

#include <algorithm>

#include "absl/types/optional.h"
#include "server/base/status_macros.h"
#include "server/query/group_year.h"
#include "server/query/property_statements.h"
#include "server/query/value_text.h"
#include "server/schema/edtf.h"

namespace labgraph::query {

using Codes = absl::Span<const GroupKey::Code>;

absl::StatusOr<Codes> IdKey::Of(const Counted& counted) {
  code_ = counted.entities[entity_];
  return Codes(&code_, 1);
}

absl::StatusOr<std::string> IdKey::Text(Code code) {
  if (code == kNone) return std::string();
  ASSIGN_OR_RETURN(const absl::optional<graph::EntityCard> card,
                   tools_.expander.Card(code));
  const bool seen = card.has_value() && tools_.view.MaySee(card->visibility);
  return seen ? std::string(card->id) : std::string();
}

absl::StatusOr<Codes> KindKey::Of(const Counted& counted) {
  const graph::Neighbor entity = counted.entities[entity_];
  code_ = entity == 0 ? kNone : kinds_.Get(entity);
  if (code_ != kNone || entity == 0) return Codes(&code_, 1);
  ASSIGN_OR_RETURN(const absl::optional<graph::EntityCard> card,
                   tools_.expander.Card(entity));
  if (card.has_value()) code_ = card->kind;
  kinds_.Set(entity, code_);
  return Codes(&code_, 1);
}

absl::StatusOr<std::string> KindKey::Text(Code code) {
  const schema::Kind* const kind = tools_.view.ontology().FindKind(code);
  return kind == nullptr ? std::string() : kind->definition.name();
}

absl::StatusOr<Codes> PropertyKey::Of(const Counted& counted) {
  static constexpr Code kNoValue = kNone;
  const graph::Neighbor entity = counted.entities[*plan_.entity];
  if (entity == 0) return Codes(&kNoValue, 1);
  Stretch stretch = known_.Get(entity);
  if (stretch.size == 0) {
    ASSIGN_OR_RETURN(stretch, Read(entity));
    known_.Set(entity, stretch);
  }
  return Codes(codes_.data() + stretch.first, stretch.size);
}

absl::StatusOr<PropertyKey::Stretch> PropertyKey::Read(graph::Neighbor entity) {
  const size_t first = codes_.size();
  RETURN_IF_ERROR(VisitProperty(
      tools_.view, entity, plan_.property->number,
      [&](keys::StatementNumber statement) -> absl::StatusOr<bool> {
        if (!tools_.budget.Work(Budget::kReadUnits)) return false;
        ASSIGN_OR_RETURN(const absl::optional<graph::StatementRecord> record,
                         tools_.view.records().ReadStatement(statement));
        if (record.has_value()) {
          codes_.push_back(texts_.Code(TextOf(record->statement.value())));
        }
        return true;
      }));
  std::sort(codes_.begin() + static_cast<ptrdiff_t>(first), codes_.end());
  codes_.erase(std::unique(codes_.begin() + static_cast<ptrdiff_t>(first), codes_.end()),
               codes_.end());
  if (codes_.size() == first) codes_.push_back(kNone);
  return Stretch{static_cast<uint32_t>(first),
                 static_cast<uint32_t>(codes_.size() - first)};
}

std::string PropertyKey::TextOf(const google::protobuf::Value& value) const {
  if (plan_.by != v1::GROUP_BY_YEAR) return ValueText(value);
  // What is stored was checked to be a date.
  const absl::StatusOr<schema::DayRange> days = schema::ParseDate(value.string_value());
  return days.ok() ? YearText(days->earliest) : std::string();
}

}  // namespace labgraph::query
