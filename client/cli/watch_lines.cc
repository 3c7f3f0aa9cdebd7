#include "client/cli/watch_lines.h"

#include "absl/strings/str_cat.h"
#include "client/cli/output/display_width.h"
#include "client/cli/words/statement_words.h"
#include "google/protobuf/util/time_util.h"

namespace labgraph::cli {
namespace {

using google::protobuf::util::TimeUtil;
using Type = client::WatchEvent::Type;

constexpr char kPut[] = "put";
constexpr char kGone[] = "gone";
constexpr char kCommit[] = "commit";
constexpr char kSnapshot[] = "snapshot";
constexpr size_t kWhatWidth = 8;  // of the longest of these words

}  // namespace

void WatchLines::Write(const client::WatchEvent& event) {
  switch (event.type) {
    case Type::kSnapshotBegins:
      return Line(event.revision, kSnapshot, "", "begins, in place of all before");
    case Type::kSnapshotPart:
      return WriteSnapshot(event.revision, event.snapshot);
    case Type::kSnapshotEnds:
      return Line(event.revision, kSnapshot, "", "ends");
    case Type::kChange:
      return WriteChange(event.change);
    case Type::kHeartbeat:
      return;
  }
}

void WatchLines::WriteChange(const v1::Change& change) {
  std::string about = TimeUtil::ToString(change.commit_time());
  if (!change.actor().empty()) absl::StrAppend(&about, " by ", change.actor());
  if (!change.message().empty()) absl::StrAppend(&about, ": ", change.message());
  Line(change.revision(), kCommit, "", about);
  for (const v1::ChangeEvent& event : change.events()) {
    WriteEvent(change.revision(), event);
  }
}

void WatchLines::WriteSnapshot(uint64_t revision, const v1::SnapshotPart& part) {
  if (part.has_schema()) WriteSchema(revision, part.schema());
  for (const v1::Entity& entity : part.entities()) WriteEntity(revision, entity);
  for (const v1::Statement& statement : part.statements()) {
    WriteStatement(revision, statement);
  }
  for (const v1::Redirect& redirect : part.redirects()) WriteRedirect(revision, redirect);
}

void WatchLines::WriteEvent(uint64_t revision, const v1::ChangeEvent& event) {
  switch (event.event_case()) {
    case v1::ChangeEvent::kPutEntity:
      return WriteEntity(revision, event.put_entity());
    case v1::ChangeEvent::kPutStatement:
      return WriteStatement(revision, event.put_statement());
    case v1::ChangeEvent::kRetractStatement:
      return Line(revision, kGone, event.retract_statement(), "");
    case v1::ChangeEvent::kDeleteEntity:
      return Line(revision, kGone, event.delete_entity(), "");
    case v1::ChangeEvent::kSchema:
      return WriteSchema(revision, event.schema());
    case v1::ChangeEvent::kRedirect:
      return WriteRedirect(revision, event.redirect());
    case v1::ChangeEvent::kErase:
      return Line(revision, "erased",
                  absl::StrCat(event.erase().entity(), event.erase().statement()), "");
    default:
      return Line(revision, "changed", "", "in a way that this program does not know");
  }
}

void WatchLines::WriteEntity(uint64_t revision, const v1::Entity& entity) {
  Line(revision, kPut, entity.id(), languages_.Pick(entity.names()));
}

void WatchLines::WriteStatement(uint64_t revision, const v1::Statement& statement) {
  Line(revision, kPut, statement.id(),
       absl::StrCat(statement.subject(), " -", statement.predicate(), "-> ",
                    DescribeTarget(statement, languages_)));
}

void WatchLines::WriteSchema(uint64_t revision, const v1::Schema& schema) {
  Line(revision, "schema", "",
       absl::StrCat(schema.kinds_size(), " kinds, ", schema.predicates_size(),
                    " predicates, ", schema.qualifiers_size(), " qualifiers"));
}

void WatchLines::WriteRedirect(uint64_t revision, const v1::Redirect& redirect) {
  Line(revision, "redirect", redirect.id(),
       redirect.into().empty() ? "stands for itself again"
                               : absl::StrCat("leads to ", redirect.into()));
}

void WatchLines::Line(uint64_t revision, const std::string& what, const std::string& id,
                      const std::string& rest) {
  out_ << Colored(absl::StrCat(revision), Style::kFaint, look_) << "  " << what
       << std::string(kWhatWidth - what.size(), ' ');
  if (!id.empty()) out_ << "  " << Colored(Printable(id), Style::kId, look_);
  if (!rest.empty()) out_ << "  " << Printable(rest);
  out_ << '\n';
}

v1::WatchResponse MessageOf(const client::WatchEvent& event) {
  v1::WatchResponse message;
  message.set_revision(event.revision);
  message.set_resume_token(event.resume_token);
  switch (event.type) {
    case Type::kSnapshotBegins:
    case Type::kSnapshotPart:
      message.set_more(true);
      *message.mutable_snapshot() = event.snapshot;
      break;
    case Type::kSnapshotEnds:
      message.mutable_snapshot();
      break;
    case Type::kChange:
      *message.mutable_change() = event.change;
      break;
    case Type::kHeartbeat:
      message.mutable_heartbeat();
  }
  return message;
}

}  // namespace labgraph::cli
