#include "server/graph/preconditions.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/entity_finder.h"
#include "server/graph/read_filter.h"
#include "server/graph/statement_search.h"
#include "server/graph/tombstones.h"
#include "server/graph/view.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

// How a record stands now.
struct Standing {
  keys::Revision revision = 0;  // that wrote it; 0: it does not exist
  kv::Keyspace keyspace = 0;    // where its id has its row
  std::string key;
  std::string erased_key;  // where its tombstone would be
};

absl::StatusOr<Standing> StandingOfEntity(const std::string& id, const Draft& draft) {
  ASSIGN_OR_RETURN(const schema::EntityId parsed, schema::ParseEntityId(id, "entity"));
  ASSIGN_OR_RETURN(const schema::Kind* kind,
                   draft.ontology().ResolveKind(parsed.kind, "entity"));
  Standing standing{0, keys::kEntityId, keys::EntityIdKey(kind->number, parsed.key),
                    keys::ErasedEntityKey(id)};
  ASSIGN_OR_RETURN(const absl::optional<keys::EntityNumber> number,
                   draft.records().FindEntity(id, "entity"));
  if (!number.has_value()) return standing;
  ASSIGN_OR_RETURN(const absl::optional<EntityRecord> record,
                   draft.records().ReadEntity(*number));
  if (record.has_value()) standing.revision = record->revision;
  return standing;
}

absl::StatusOr<Standing> StandingOfStatement(const std::string& id, const Draft& draft) {
  RETURN_IF_ERROR(schema::CheckStatementId(id, "statement"));
  Standing standing{0, keys::kStatementId, keys::StatementIdKey(id),
                    keys::ErasedStatementKey(id)};
  ASSIGN_OR_RETURN(const absl::optional<keys::StatementNumber> number,
                   draft.records().FindStatement(id));
  if (!number.has_value()) return standing;
  ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                   draft.records().ReadStatement(*number));
  if (record.has_value()) standing.revision = record->revision;
  return standing;
}

// Whether a record of this id, which does not stand, went after `revision`. Errors:
// REVISION_COMPACTED where that is forgotten.
absl::StatusOr<bool> WentAfter(const Standing& standing, keys::Revision revision,
                               keys::Revision oldest, const Draft& draft) {
  if (draft.may_have_erased()) {
    ASSIGN_OR_RETURN(
        const absl::optional<v1::Tombstone> tombstone,
        ReadTombstone(*draft.records().rows().reader(), standing.erased_key));
    // No other row tells of it any more.
    if (tombstone.has_value()) return tombstone->revision() > revision;
  }
  if (revision < oldest) return errors::RevisionCompacted("revision", revision, oldest);
  const std::unique_ptr<kv::Cursor> past =
      draft.records().rows().reader()->NewCursor(keys::kPast);
  past->Seek(keys::PastKey(standing.keyspace, standing.key, revision + 1));
  RETURN_IF_ERROR(past->status());
  const std::string prefix = keys::PastPrefix(standing.keyspace, standing.key);
  return past->Valid() && absl::StartsWith(past->key(), prefix) &&
         past->key().size() == prefix.size() + sizeof(keys::Revision);
}

absl::Status CheckUnchanged(const Standing& standing, keys::Revision since,
                            keys::Revision oldest, const Draft& draft) {
  const keys::Revision head = draft.revision() - 1;
  if (since > head) return errors::RevisionInFuture("revision", since, head);
  bool changed = standing.revision > since;
  if (!changed && standing.revision == 0) {
    ASSIGN_OR_RETURN(changed, WentAfter(standing, since, oldest, draft));
  }
  if (!changed) return absl::OkStatus();
  return errors::PreconditionFailed(
      standing.revision == 0
          ? absl::StrCat("the record is gone since revision ", since, ".")
          : absl::StrCat("the record was written at revision ", standing.revision,
                         ", after ", since, "."),
      standing.revision, "");
}

absl::Status CheckRecord(const v1::Precondition& precondition, const Standing& standing,
                         keys::Revision oldest, const Draft& draft) {
  switch (precondition.must()) {
    case v1::REQUIREMENT_UNCHANGED_SINCE:
      return CheckUnchanged(standing, precondition.revision(), oldest, draft);
    case v1::REQUIREMENT_ABSENT:
      if (standing.revision == 0) return absl::OkStatus();
      return errors::PreconditionFailed("the record exists.", standing.revision, "");
    default:
      if (standing.revision != 0) return absl::OkStatus();
      return errors::PreconditionFailed("the record does not exist.", 0, "");
  }
}

absl::Status UnchangedNeedsARecord() {
  return errors::FieldInvalid(
      "must", "UNCHANGED_SINCE asks of one record; name an entity or a statement.");
}

// `found`: the id of a record that matches, or empty.
absl::Status CheckFound(const v1::Precondition& precondition, const std::string& found,
                        absl::string_view what) {
  const bool wanted = precondition.must() != v1::REQUIREMENT_ABSENT;
  if (wanted != found.empty()) return absl::OkStatus();
  return errors::PreconditionFailed(wanted ? absl::StrCat("no ", what, " matches.")
                                           : absl::StrCat("\"", found, "\" matches."),
                                    0, found);
}

absl::Status CheckStatements(const v1::Precondition& precondition, const Draft& draft) {
  if (precondition.must() == v1::REQUIREMENT_UNCHANGED_SINCE) {
    return UnchangedNeedsARecord();
  }
  absl::StatusOr<std::string> found =
      FindMatchingStatement(precondition.statements(), draft.records());
  if (!found.ok()) return AtField(found.status(), "statements");
  return CheckFound(precondition, *found, "statement");
}

// What the group has come to, as a view reads it.
class GroupSnapshot final : public kv::Snapshot {
 public:
  // `buffer` must outlive this.
  explicit GroupSnapshot(const WriteBuffer* buffer) : buffer_(*buffer) {}

  absl::StatusOr<absl::optional<std::string>> Get(kv::Keyspace keyspace,
                                                  absl::string_view key) const override {
    return buffer_.Get(keyspace, key);
  }
  std::unique_ptr<kv::Cursor> NewCursor(kv::Keyspace keyspace) const override {
    return buffer_.NewCursor(keyspace);
  }

 private:
  const WriteBuffer& buffer_;
};

absl::Status CheckEntities(const v1::Precondition& precondition,
                           const CommitGroup& group) {
  if (precondition.must() == v1::REQUIREMENT_UNCHANGED_SINCE) {
    return UnchangedNeedsARecord();
  }
  if (group.finder == nullptr) {
    return errors::FieldInvalid("entities", "This graph is open without filters.");
  }
  auto head = std::make_shared<Head>();
  head->state = group.state;
  head->oldest = group.oldest;
  head->snapshot = std::make_shared<GroupSnapshot>(&group.buffer);
  head->ontology = group.ontology;
  ASSIGN_OR_RETURN(ReadFilter all,
                   ReadFilter::Make(v1::ReadOptions(), ReadFilter::Mode::kList,
                                    schema::Authorizations::All()));
  ASSIGN_OR_RETURN(std::vector<std::string> langs, ParseLanguages(""));
  View view(std::move(head), group.state.head, group.ontology, group.facets,
            std::move(all), std::move(langs));
  absl::StatusOr<std::string> found =
      group.finder->FindOne(view, precondition.entities());
  if (!found.ok()) return AtField(found.status(), "entities");
  return CheckFound(precondition, *found, "entity");
}

absl::Status CheckPrecondition(const v1::Precondition& precondition,
                               const CommitGroup& group, const Draft& draft) {
  if (!v1::Requirement_IsValid(precondition.must())) {
    return errors::FieldInvalid("must", "This is not a value of Requirement.");
  }
  switch (precondition.subject_case()) {
    case v1::Precondition::kEntity: {
      ASSIGN_OR_RETURN(const Standing standing,
                       StandingOfEntity(precondition.entity(), draft));
      return CheckRecord(precondition, standing, group.oldest, draft);
    }
    case v1::Precondition::kStatement: {
      ASSIGN_OR_RETURN(const Standing standing,
                       StandingOfStatement(precondition.statement(), draft));
      return CheckRecord(precondition, standing, group.oldest, draft);
    }
    case v1::Precondition::kStatements:
      return CheckStatements(precondition, draft);
    case v1::Precondition::kEntities:
      return CheckEntities(precondition, group);
    case v1::Precondition::SUBJECT_NOT_SET:
      break;
  }
  return errors::FieldInvalid(
      "", "A precondition is about one of entity, statement, statements and entities.");
}

}  // namespace

absl::Status CheckPreconditions(
    const google::protobuf::RepeatedPtrField<v1::Precondition>& preconditions,
    const CommitGroup& group, const Draft& draft) {
  if (static_cast<uint64_t>(preconditions.size()) > limits::kPreconditions.value) {
    return errors::LimitExceeded("preconditions", limits::kPreconditions,
                                 preconditions.size());
  }
  for (int i = 0; i < preconditions.size(); ++i) {
    const absl::Status status = CheckPrecondition(preconditions[i], group, draft);
    if (!status.ok()) return AtField(status, absl::StrCat("preconditions[", i, "]"));
  }
  return absl::OkStatus();
}

}  // namespace labgraph::graph
