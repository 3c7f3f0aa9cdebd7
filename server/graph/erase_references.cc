#include "server/graph/erase_references.h"

#include <memory>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/erase_changes.h"
#include "server/graph/erase_merges.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"

namespace labgraph::graph {
namespace {

using keys::ChangeKind;

std::set<uint64_t> NumbersIn(const ErasedRecord& record) {
  std::set<uint64_t> numbers;
  for (const VersionRow& version : record.versions) numbers.insert(version.number);
  return numbers;
}

// Calls `visit` with the numbers at the ends of keys that begin with `prefix`, `tail`
// bytes before their end, until it gives false.
using NumberVisitor = absl::FunctionRef<absl::StatusOr<bool>(uint64_t)>;
absl::Status ForEachNumber(const kv::Reader& reader, kv::Keyspace keyspace,
                           const std::string& prefix, size_t tail, NumberVisitor visit) {
  const std::unique_ptr<kv::Cursor> cursor = reader.NewCursor(keyspace);
  for (cursor->Seek(prefix); cursor->Valid() && absl::StartsWith(cursor->key(), prefix);
       cursor->Next()) {
    if (cursor->key().size() < prefix.size() + tail) continue;
    ASSIGN_OR_RETURN(
        const bool more,
        visit(keys::LastBe64(cursor->key().substr(0, cursor->key().size() - tail))));
    if (!more) return absl::OkStatus();
  }
  return cursor->status();
}

// As above in the past alone, where the revision follows.
absl::Status ForEachPastNumber(const kv::Reader& reader, kv::Keyspace keyspace,
                               const std::string& prefix, NumberVisitor visit) {
  return ForEachNumber(reader, keys::kPast, keys::PastPrefix(keyspace, prefix),
                       sizeof(keys::Revision), visit);
}

absl::Status ForEachEverNumber(const kv::Reader& reader, kv::Keyspace keyspace,
                               const std::string& prefix, NumberVisitor visit) {
  RETURN_IF_ERROR(ForEachNumber(reader, keyspace, prefix, 0, visit));
  return ForEachPastNumber(reader, keyspace, prefix, visit);
}

// The id of a statement that is or was there; empty where nothing is left of it.
absl::StatusOr<std::string> StatementIdOf(keys::StatementNumber number,
                                          const kv::Reader& reader) {
  const std::string key = keys::StatementKey(number);
  ASSIGN_OR_RETURN(absl::optional<std::string> bytes, reader.Get(keys::kStatement, key));
  if (!bytes.has_value()) {
    const std::string prefix = keys::PastPrefix(keys::kStatement, key);
    const std::unique_ptr<kv::Cursor> past = reader.NewCursor(keys::kPast);
    past->Seek(prefix);
    RETURN_IF_ERROR(past->status());
    if (!past->Valid() || !absl::StartsWith(past->key(), prefix)) return std::string();
    bytes = std::string(past->value());
  }
  keys::StatementRow row;
  v1::Statement statement;
  if (!keys::StatementRow::Decode(*bytes, &row) ||
      !statement.ParseFromArray(row.record.data(), static_cast<int>(row.record.size()))) {
    return errors::StorageCorrupt(absl::StrCat("statement/", number),
                                  "a version cannot be decoded.");
  }
  return statement.id();
}

bool IsEnd(const std::string& id, const v1::Statement& statement) {
  return statement.subject() == id || statement.object() == id;
}

// Collects ids of statements until there are enough.
class StatementFinder {
 public:
  StatementFinder(uint64_t most, Draft* draft) : most_(most), draft_(*draft) {}

  absl::Status FindByRows(keys::EntityNumber number);
  absl::Status FindById(const std::string& entity, keys::Revision oldest);
  std::set<std::string> Take() { return std::move(ids_); }

 private:
  bool Enough() const { return ids_.size() > most_; }
  absl::StatusOr<bool> Add(keys::StatementNumber number);

  const uint64_t most_;
  Draft& draft_;
  std::set<uint64_t> seen_;
  std::set<std::string> ids_;
};

absl::StatusOr<bool> StatementFinder::Add(keys::StatementNumber number) {
  if (Enough()) return false;
  if (!seen_.insert(number).second) return true;
  ASSIGN_OR_RETURN(std::string id, StatementIdOf(number, draft_.buffer()));
  if (!id.empty()) ids_.insert(std::move(id));
  return true;
}

absl::Status StatementFinder::FindByRows(keys::EntityNumber number) {
  const auto add = [&](uint64_t statement) { return Add(statement); };
  for (const EdgeDirection direction : {EdgeDirection::kOut, EdgeDirection::kIn}) {
    EdgeScan scan = draft_.records().Edges(direction, number);
    while (!Enough() && scan.NextRun()) {
      for (const keys::Edge& edge : scan.edges()) {
        RETURN_IF_ERROR(Add(edge.statement).status());
      }
    }
    RETURN_IF_ERROR(scan.status());
  }
  for (const kv::Keyspace keyspace : {keys::kOut, keys::kIn}) {
    RETURN_IF_ERROR(
        ForEachPastNumber(draft_.buffer(), keyspace, keys::EdgePrefix(number), add));
  }
  return ForEachEverNumber(draft_.buffer(), keys::kValue, keys::ValuePrefix(number), add);
}

absl::Status StatementFinder::FindById(const std::string& entity, keys::Revision oldest) {
  const auto add = [&](const v1::Statement& statement) {
    if (!Enough() && IsEnd(entity, statement)) ids_.insert(statement.id());
  };
  RETURN_IF_ERROR(ForEachMergedStatement(
      draft_.buffer(), [&](const Merge& merge, const v1::Statement& statement) {
        // What the entity's own merge keeps goes with it.
        if (merge.entity().id() != entity) add(statement);
      }));
  return ForEachHeldRecord(draft_.buffer(), oldest, [&](const v1::ChangeEvent& event) {
    if (event.has_put_statement()) add(event.put_statement());
    return absl::OkStatus();
  });
}

template <typename Record>
bool Cites(const Record& record, const std::string& id) {
  return absl::c_any_of(record.sources(), [&](const v1::Source& source) {
    return source.document() == id || source.asserted_by() == id;
  });
}

absl::Status InUse(const ErasedRecord& entity, absl::string_view by,
                   absl::string_view what_to_do) {
  return ErrorBuilder(v1::ERROR_REASON_ENTITY_IN_USE,
                      absl::StrCat("\"", entity.id, "\" ", what_to_do))
      .Field("entity")
      .Meta("id", entity.id)
      .Meta("statement", by)
      .Resource("entity", entity.id);
}

absl::Status Cited(const ErasedRecord& entity, absl::string_view by) {
  return InUse(entity, by,
               absl::StrCat("is, or once was, a source of ", by,
                            "; erase that first, or forget history where it is one no "
                            "more."));
}

}  // namespace

absl::StatusOr<std::set<std::string>> StatementsOf(const ErasedRecord& entity,
                                                   keys::Revision oldest, uint64_t most,
                                                   Draft& draft) {
  StatementFinder finder(most, &draft);
  for (const uint64_t number : NumbersIn(entity)) {
    RETURN_IF_ERROR(finder.FindByRows(number));
  }
  RETURN_IF_ERROR(finder.FindById(entity.id, oldest));
  return finder.Take();
}

absl::Status CheckNotCited(const ErasedRecord& entity, keys::Revision oldest,
                           EraseSet& set, Draft& draft) {
  const std::set<uint64_t> numbers = NumbersIn(entity);
  for (const uint64_t number : numbers) {
    RETURN_IF_ERROR(ForEachEverNumber(
        draft.buffer(), keys::kSourceIndex, keys::SourceStatementPrefix(number),
        [&](uint64_t statement) -> absl::StatusOr<bool> {
          if (set.numbers(ChangeKind::kStatement).count(statement) > 0) return true;
          ASSIGN_OR_RETURN(const std::string id,
                           StatementIdOf(statement, draft.buffer()));
          return Cited(entity, id);
        }));
    RETURN_IF_ERROR(ForEachEverNumber(
        draft.buffer(), keys::kSourceIndex, keys::SourceEntityPrefix(number),
        [&](uint64_t citing) -> absl::StatusOr<bool> {
          if (numbers.count(citing) > 0) return true;
          ASSIGN_OR_RETURN(const absl::optional<EntityRecord> record,
                           draft.records().ReadEntity(citing));
          return Cited(entity, record.has_value() ? record->entity.id()
                                                  : "an entity that was deleted");
        }));
  }
  return ForEachHeldRecord(draft.buffer(), oldest, [&](const v1::ChangeEvent& event) {
    const bool statement = event.has_put_statement();
    const std::string& id =
        statement ? event.put_statement().id() : event.put_entity().id();
    const bool cites = statement ? Cites(event.put_statement(), entity.id)
                                 : Cites(event.put_entity(), entity.id);
    const ChangeKind kind = statement ? ChangeKind::kStatement : ChangeKind::kEntity;
    return cites && set.Find(kind, id) == nullptr ? Cited(entity, id) : absl::OkStatus();
  });
}

absl::Status CheckFactsAreOf(const ErasedRecord& entity, EraseSet& set) {
  const std::set<uint64_t> numbers = NumbersIn(entity);
  for (const ErasedRecord& record : set.records()) {
    if (record.is_entity()) continue;
    for (const VersionRow& version : record.versions) {
      keys::StatementRow row;
      if (!keys::StatementRow::Decode(version.row, &row)) {
        return errors::StorageCorrupt(absl::StrCat("statement/", version.number),
                                      "a version cannot be decoded.");
      }
      if (numbers.count(row.subject) > 0 || numbers.count(row.object) > 0) continue;
      return InUse(entity, record.id,
                   absl::StrCat("had a statement ", record.id,
                                ", an id that is or was also that of a fact about "
                                "others; erase statement ",
                                record.id, " first, with all that it said."));
    }
  }
  return absl::OkStatus();
}

}  // namespace labgraph::graph
