#include "server/graph/diff_revisions.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "server/base/deterministic.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/field_differences.h"
#include "server/keys/change_row.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

// Events that one page looks at, at most.
constexpr uint64_t kEventsPerPage = 20000;

using keys::ChangeKind;

// Entities and statements, for what is the same with both.
struct Entities {
  using Record = EntityRecord;
  static constexpr kv::Keyspace kRecords = keys::kEntity;
  static absl::StatusOr<absl::optional<uint64_t>> Find(const RecordReader& records,
                                                       const std::string& id) {
    absl::StatusOr<absl::optional<uint64_t>> found = records.FindEntity(id, "");
    // Its kind may be of a later schema, or of an earlier one.
    if (ReasonOf(found.status()) == v1::ERROR_REASON_KIND_UNKNOWN) return absl::nullopt;
    return found;
  }
  static absl::StatusOr<absl::optional<EntityRecord>> Read(const RecordReader& records,
                                                           uint64_t number) {
    return records.ReadEntity(number);
  }
  static const v1::Entity& MessageOf(const EntityRecord& record) { return record.entity; }
  static v1::Entity* In(v1::RecordDifference* out) { return out->mutable_entity(); }
};

struct Statements {
  using Record = StatementRecord;
  static constexpr kv::Keyspace kRecords = keys::kStatement;
  static absl::StatusOr<absl::optional<uint64_t>> Find(const RecordReader& records,
                                                       const std::string& id) {
    return records.FindStatement(id);
  }
  static absl::StatusOr<absl::optional<StatementRecord>> Read(const RecordReader& records,
                                                              uint64_t number) {
    return records.ReadStatement(number);
  }
  static const v1::Statement& MessageOf(const StatementRecord& record) {
    return record.statement;
  }
  static v1::Statement* In(v1::RecordDifference* out) { return out->mutable_statement(); }
};

class Differ {
 public:
  Differ(View* from, View* to, const RecordFilter* filter,
         v1::DiffRevisionsResponse* response)
      : reader_(*to->head().snapshot),
        from_(from->records()),
        to_(to->records()),
        filter_(*filter),
        out_(*response) {}

  // What one event of a change means for the difference, if anything. `number` is that of
  // a record that was put.
  absl::Status Add(keys::Revision revision, const keys::ChangeItem& item,
                   uint64_t number) {
    switch (item.kind) {
      case ChangeKind::kEntities:
        return AddPut<Entities>(revision, number);
      case ChangeKind::kStatements:
        return AddPut<Statements>(revision, number);
      case ChangeKind::kEntityDeleted:
        return AddGone<Entities>(revision, std::string(item.content));
      case ChangeKind::kStatementRetracted:
        return AddGone<Statements>(revision, std::string(item.content));
      default:  // what was put and changed again at once, and what is no record
        return absl::OkStatus();
    }
  }

 private:
  // The record with the id at the earlier revision.
  template <typename Type>
  absl::StatusOr<absl::optional<typename Type::Record>> Before(const std::string& id) {
    ASSIGN_OR_RETURN(const absl::optional<uint64_t> number, Type::Find(from_, id));
    if (!number.has_value()) return absl::optional<typename Type::Record>();
    return Type::Read(from_, *number);
  }

  template <typename Type>
  absl::Status AddPut(keys::Revision revision, uint64_t number) {
    ASSIGN_OR_RETURN(const auto now, Type::Read(to_, number));
    // Otherwise it changed again, and is told there.
    if (!now.has_value() || now->revision != revision) return absl::OkStatus();
    const auto& message = Type::MessageOf(*now);
    ASSIGN_OR_RETURN(const auto before, Before<Type>(message.id()));
    // What left the filter is different for who asks by it, too.
    if (!filter_.Passes(message) &&
        !(before.has_value() && filter_.Passes(Type::MessageOf(*before)))) {
      return absl::OkStatus();
    }
    if (before.has_value() &&
        DeterministicBytes(Type::MessageOf(*before)) == DeterministicBytes(message)) {
      return absl::OkStatus();
    }
    v1::RecordDifference* out = out_.add_differences();
    out->set_revision(revision);
    out->set_outcome(before.has_value() ? v1::OUTCOME_UPDATED : v1::OUTCOME_CREATED);
    if (before.has_value()) {
      AddDifferences(Type::MessageOf(*before), message, out->mutable_differences());
    }
    *Type::In(out) = message;
    return absl::OkStatus();
  }

  template <typename Type>
  absl::Status AddGone(keys::Revision revision, const std::string& id) {
    ASSIGN_OR_RETURN(const auto before, Before<Type>(id));
    if (!before.has_value()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const absl::optional<uint64_t> later, Type::Find(to_, id));
    if (later.has_value()) return absl::OkStatus();  // it came back
    // What came and went in between may have had the same id.
    ASSIGN_OR_RETURN(
        const absl::optional<std::string> went,
        reader_.Get(
            keys::kPast,
            keys::PastKey(Type::kRecords, keys::EntityKey(before->number), revision)));
    if (!went.has_value()) return absl::OkStatus();
    const auto& message = Type::MessageOf(*before);
    if (!filter_.Passes(message)) return absl::OkStatus();
    v1::RecordDifference* out = out_.add_differences();
    out->set_revision(revision);
    out->set_outcome(v1::OUTCOME_RETRACTED);
    *Type::In(out) = message;
    return absl::OkStatus();
  }

  const kv::Reader& reader_;
  const RecordReader& from_;
  const RecordReader& to_;
  const RecordFilter& filter_;
  v1::DiffRevisionsResponse& out_;
};

// Walks the events of changes, each put of a run by itself.
class EventWalk {
 public:
  EventWalk(const kv::Reader* reader, DiffPosition at, keys::Revision last)
      : reader_(*reader), at_(at), last_(last) {}

  const DiffPosition& at() const { return at_; }

  // The next event; false behind the last.
  absl::StatusOr<bool> Next(keys::ChangeItem* item, uint64_t* number,
                            keys::Revision* revision) {
    while (at_.revision <= last_) {
      RETURN_IF_ERROR(Load());
      if (item_ == row_.items.size()) {
        at_ = {at_.revision + 1, 0};
        continue;
      }
      *item = row_.items[item_];
      *number = IsRun(*item) ? item->first + within_ : 0;
      *revision = at_.revision;
      ++at_.event;
      Step(1);
      return true;
    }
    return false;
  }

 private:
  absl::Status Load() {
    if (loaded_ == at_.revision) return absl::OkStatus();
    ASSIGN_OR_RETURN(absl::optional<std::string> bytes,
                     reader_.Get(keys::kChange, keys::ChangeKey(at_.revision)));
    bytes_ = std::move(bytes).value_or("");
    if (!keys::ChangeRow::Decode(bytes_, &row_)) {
      return errors::StorageCorrupt(absl::StrCat("change/", at_.revision),
                                    "it is missing or cannot be decoded.");
    }
    loaded_ = at_.revision;
    item_ = 0;
    within_ = 0;
    Step(at_.event);
    return absl::OkStatus();
  }

  static bool IsRun(const keys::ChangeItem& item) {
    return item.kind == ChangeKind::kEntities || item.kind == ChangeKind::kStatements;
  }

  // Passes over so many events of the change.
  void Step(uint64_t events) {
    within_ += events;
    while (item_ < row_.items.size()) {
      const uint64_t size = IsRun(row_.items[item_]) ? row_.items[item_].count : 1;
      if (within_ < size) return;
      within_ -= size;
      ++item_;
    }
  }

  const kv::Reader& reader_;
  DiffPosition at_;
  const keys::Revision last_;
  keys::Revision loaded_ = 0;
  std::string bytes_;
  keys::ChangeRow row_;
  size_t item_ = 0;      // that is next
  uint64_t within_ = 0;  // which event of it
};

}  // namespace

absl::StatusOr<DiffPage> DiffRevisions(View& from, View& to, const RecordFilter& filter,
                                       DiffPosition start, size_t size) {
  DiffPage page;
  page.response.set_from(from.revision());
  page.response.set_to(to.revision());
  Differ differ(&from, &to, &filter, &page.response);
  EventWalk walk(to.head().snapshot.get(), start, to.revision());
  keys::ChangeItem item;
  uint64_t number = 0;
  keys::Revision revision = 0;
  size_t bytes = 0;  // of the differences
  for (uint64_t looked = 0; looked < kEventsPerPage; ++looked) {
    page.next = walk.at();
    ASSIGN_OR_RETURN(const bool more, walk.Next(&item, &number, &revision));
    if (!more) return page;
    const int told = page.response.differences_size();
    if (static_cast<size_t>(told) == size || bytes >= limits::kPageBytes.value) {
      page.more = true;
      return page;
    }
    RETURN_IF_ERROR(differ.Add(revision, item, number));
    if (page.response.differences_size() > told) {
      bytes += page.response.differences().rbegin()->ByteSizeLong();
    }
  }
  page.next = walk.at();
  page.more = true;
  return page;
}

}  // namespace labgraph::graph
