#ifndef LABGRAPH_TESTS_MODEL_ATTEMPT_H_
#define LABGRAPH_TESTS_MODEL_ATTEMPT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/types/optional.h"
#include "google/protobuf/util/message_differencer.h"
#include "labgraph/v1/editor_service.pb.h"
#include "labgraph/v1/error_reason.pb.h"
#include "tests/model/model.h"

namespace labgraph::model {

// One commit in the making: what its mutations do to a state, one after another. Every
// rule is a loop over all statements.
class Attempt {
 public:
  Attempt(State state, uint64_t revision)
      : state_(std::move(state)), revision_(revision) {}

  // The outcome, or nullopt with the reason.
  absl::optional<v1::Outcome> Apply(const v1::Mutation& mutation,
                                    v1::ErrorReason* reason);

  State TakeState() { return std::move(state_); }
  bool changed() const { return changed_; }

 private:
  using Result = absl::optional<v1::Outcome>;
  using Sources = google::protobuf::RepeatedPtrField<v1::Source>;

  Result Fail(v1::ErrorReason reason) {
    reason_ = reason;
    return absl::nullopt;
  }
  bool Named(const std::string& id) { return !named_.insert(id).second; }
  bool Exists(const std::string& id) const { return state_.entities.count(id) > 0; }
  // Why an entity that is not there cannot be named.
  v1::ErrorReason MissingReason(const std::string& id, v1::ErrorReason reason) const {
    return state_.redirects.count(id) > 0 ? v1::ERROR_REASON_ENTITY_MERGED : reason;
  }

  template <typename Record>
  v1::Outcome Write(std::map<std::string, Versioned<Record>>& records,
                    const Record& record);

  Result PutEntity(const v1::Entity& given);
  Result PutStatement(const v1::Statement& given);
  Result Retract(const std::string& id);
  Result Delete(const v1::DeleteEntity& given);
  // Defined in merges.cc:
  Result Merge(const v1::MergeEntities& given);
  Result Unmerge(const std::string& id);

  // Brings a statement into normal form, with an id.
  v1::ErrorReason Normalize(v1::Statement* statement, bool restoring = false) const;
  // The same, and writes it where no rule is broken.
  v1::ErrorReason Put(v1::Statement statement, bool restoring = false);

  v1::ErrorReason MissingSource(const Sources& sources, const std::string& self) const;
  v1::ErrorReason BrokenRule(const v1::Statement& s) const;
  bool BreaksFunctional(const PredicateSpec& spec, const v1::Statement& s) const;
  bool LeadsBack(const v1::Statement& s) const;
  bool ClosesCycle(const v1::Statement& s) const;

  // Of a merge:
  v1::ErrorReason Move(const v1::MergeEntities& given, const v1::Statement& was,
                       Redirect* redirect);
  v1::ErrorReason Restore(const Redirect& redirect, const Redirect::Moved& moved);
  v1::ErrorReason LaterMerge(const Redirect& redirect, const Redirect::Moved& moved,
                             bool there) const;
  // A record as it was, with the sources that are still there.
  template <typename Record>
  Record Former(Record record, const std::string& restored) const;

  State state_;
  const uint64_t revision_;
  int merges_ = 0;  // done
  // Statements that taking back a merge has made several of again.
  std::set<std::string> separated_;
  bool changed_ = false;
  std::set<std::string> named_;
  v1::ErrorReason reason_ = v1::ERROR_REASON_UNSPECIFIED;
};

template <typename Record>
v1::Outcome Attempt::Write(std::map<std::string, Versioned<Record>>& records,
                           const Record& record) {
  Versioned<Record>& slot = records[record.id()];
  const bool is_new = slot.record == nullptr;
  if (!is_new &&
      google::protobuf::util::MessageDifferencer::Equals(*slot.record, record)) {
    return v1::OUTCOME_UNCHANGED;
  }
  slot.record = std::make_shared<Record>(record);
  slot.revision = revision_;
  if (is_new) slot.first = revision_;
  if (is_new) slot.number = state_.next_number++;
  changed_ = true;
  return is_new ? v1::OUTCOME_CREATED : v1::OUTCOME_UPDATED;
}

}  // namespace labgraph::model

#endif  // LABGRAPH_TESTS_MODEL_ATTEMPT_H_
