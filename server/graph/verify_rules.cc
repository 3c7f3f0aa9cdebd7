#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "server/base/deterministic.h"
#include "server/base/error.h"
#include "server/base/status_macros.h"
#include "server/graph/draft.h"
#include "server/graph/entity_draft.h"
#include "server/graph/statement_draft.h"
#include "server/graph/statement_rules.h"
#include "server/graph/verify_checks.h"
#include "server/graph/write_buffer.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

void AddBroken(VerifyContext& context, const std::string& name,
               const absl::Status& error) {
  context.Add("I8", name,
              absl::StrCat(ReasonName(ReasonOf(error)), " at \"", FieldOf(error),
                           "\": ", error.message()));
}

void CheckEntity(VerifyContext& context, const std::string& name,
                 const EntityRecord& record, Draft& draft) {
  const absl::StatusOr<EntityDraft> prepared = PrepareEntity(record.entity, draft);
  if (!prepared.ok()) return AddBroken(context, name, prepared.status());
  if (DeterministicBytes(prepared->after.entity) != DeterministicBytes(record.entity)) {
    context.Add("I8", name, "The entity is not in normal form.");
  }
}

void CheckStatementRecord(VerifyContext& context, const std::string& name,
                          const StatementRecord& record, Draft& draft) {
  const absl::StatusOr<StatementDraft> prepared =
      PrepareStatement(record.statement, draft);
  if (!prepared.ok()) return AddBroken(context, name, prepared.status());
  const absl::Status status = CheckStatement(*prepared, draft);
  if (!status.ok()) return AddBroken(context, name, status);
  if (DeterministicBytes(prepared->statement) != DeterministicBytes(record.statement)) {
    context.Add("I8", name, "The statement is not in normal form.");
  }
}

}  // namespace

absl::Status CheckRules(VerifyContext& context) {
  const RecordReader records = context.At(context.state().head);
  WriteBuffer buffer(&context.reader());
  Draft draft({&buffer, &context.facets(), context.index()}, context.state(),
              records.shared_ontology());
  for (const kv::Keyspace keyspace : {keys::kEntity, keys::kStatement}) {
    const std::unique_ptr<kv::Cursor> cursor = context.reader().NewCursor(keyspace);
    for (cursor->Seek(""); cursor->Valid() && !context.full(); cursor->Next()) {
      if (cursor->key().size() != sizeof(uint64_t)) continue;  // found before
      const std::string name = RowName(keyspace, cursor->key());
      const uint64_t number = keys::LastBe64(cursor->key());
      if (keyspace == keys::kEntity) {
        const auto record = records.ReadEntity(number);
        if (record.ok() && record->has_value())
          CheckEntity(context, name, **record, draft);
      } else {
        const auto record = records.ReadStatement(number);
        if (record.ok() && record->has_value()) {
          CheckStatementRecord(context, name, **record, draft);
        }
      }
    }
    RETURN_IF_ERROR(cursor->status());
  }
  return absl::OkStatus();
}

}  // namespace labgraph::graph
