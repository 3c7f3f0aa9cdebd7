#include "server/query/candidate.h"

#include "server/base/error.h"
#include "server/base/status_macros.h"

namespace labgraph::query {

void Candidate::Reset(keys::EntityNumber number) {
  number_ = number;
  missing_ = false;
  kind_.reset();
  record_read_ = false;
  record_.reset();
}

absl::StatusOr<schema::KindNumber> Candidate::Kind() {
  if (!kind_.has_value()) {
    ASSIGN_OR_RETURN(const absl::optional<schema::KindNumber> kind,
                     view_->records().KindOf(number_));
    if (!kind.has_value()) missing_ = true;
    kind_ = kind.value_or(0);
  }
  return *kind_;
}

absl::StatusOr<const v1::Entity*> Candidate::Record() {
  if (!record_read_) {
    ASSIGN_OR_RETURN(record_, view_->GetEntity(number_, v1::ENTITY_VIEW_NAMES));
    record_read_ = true;
    if (!record_.has_value()) missing_ = true;
  }
  return record_.has_value() ? &*record_ : nullptr;
}

absl::StatusOr<absl::optional<keys::EntityNumber>> Candidate::Find(
    const std::string& id) {
  const auto it = found_.find(id);
  if (it != found_.end()) return it->second;
  absl::optional<keys::EntityNumber> number;
  const absl::StatusOr<keys::EntityNumber> resolved =
      view_->records().ResolveEntity(id, "");
  if (resolved.ok()) {
    number = *resolved;
  } else if (ReasonOf(resolved.status()) != v1::ERROR_REASON_ENTITY_NOT_FOUND) {
    return resolved.status();
  }
  found_[id] = number;
  return number;
}

}  // namespace labgraph::query
