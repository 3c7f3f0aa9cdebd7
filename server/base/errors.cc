#include "server/base/errors.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "server/base/error.h"

namespace labgraph::errors {
namespace {

std::string DidYouMean(absl::string_view nearest) {
  return nearest.empty() ? "" : absl::StrCat(" Did you mean \"", nearest, "\"?");
}

// The start of what a caller gave, so that what is said of it keeps its place.
std::string Shown(absl::string_view value) {
  constexpr size_t kMaxBytes = 200;
  const absl::string_view start = Shorten(value, kMaxBytes);
  return absl::StrCat("\"", start, start.size() < value.size() ? "..." : "", "\"");
}

absl::Status Malformed(v1::ErrorReason reason, absl::string_view what,
                       absl::string_view field, absl::string_view value, size_t position,
                       absl::string_view problem) {
  return ErrorBuilder(reason, absl::StrCat(what, " ", Shown(value), " is wrong at byte ",
                                           position, ": ", problem))
      .Field(field)
      .Meta("value", value)
      .Meta("position", position);
}

absl::Status Unknown(v1::ErrorReason reason, absl::string_view type,
                     absl::string_view field, absl::string_view name,
                     absl::string_view nearest) {
  ErrorBuilder error(reason,
                     absl::StrCat("The schema has no ", type, " ", Shown(name), ".",
                                  DidYouMean(nearest), " GetSchema lists them."));
  error.Field(field).Meta(type, name).Resource(type, name);
  if (!nearest.empty()) error.Meta("nearest", nearest);
  return error;
}

}  // namespace

absl::Status FieldRequired(absl::string_view field) {
  return ErrorBuilder(v1::ERROR_REASON_FIELD_REQUIRED, "This field is required.")
      .Field(field);
}

absl::Status FieldInvalid(absl::string_view field, absl::string_view problem) {
  return ErrorBuilder(v1::ERROR_REASON_FIELD_INVALID, problem).Field(field);
}

absl::Status IdMalformed(absl::string_view field, absl::string_view id,
                         absl::string_view problem, absl::string_view example) {
  return ErrorBuilder(v1::ERROR_REASON_ID_MALFORMED,
                      absl::StrCat(Shown(id), " is not an id: ", problem,
                                   " Write for example \"", example, "\"."))
      .Field(field)
      .Meta("id", id);
}

absl::Status DateMalformed(absl::string_view field, absl::string_view value,
                           size_t position, absl::string_view problem) {
  return Malformed(v1::ERROR_REASON_DATE_MALFORMED, "The date", field, value, position,
                   problem);
}

absl::Status ValidTimeReversed(absl::string_view field, absl::string_view start,
                               absl::string_view end) {
  return ErrorBuilder(v1::ERROR_REASON_VALID_TIME_REVERSED,
                      absl::StrCat("The valid time ends (", end, ") before it begins (",
                                   start, ")."))
      .Field(field)
      .Meta("start", start)
      .Meta("end", end);
}

absl::Status VisibilityMalformed(absl::string_view field, absl::string_view value,
                                 size_t position, absl::string_view problem) {
  return Malformed(v1::ERROR_REASON_VISIBILITY_MALFORMED, "The visibility expression",
                   field, value, position, problem);
}

absl::Status FilterMalformed(absl::string_view field, absl::string_view value,
                             size_t position, absl::string_view problem) {
  return Malformed(v1::ERROR_REASON_FILTER_MALFORMED, "The filter", field, value,
                   position, problem);
}

absl::Status PageTokenInvalid(absl::string_view problem) {
  return ErrorBuilder(
             v1::ERROR_REASON_PAGE_TOKEN_INVALID,
             absl::StrCat("The page token cannot be used: ", problem,
                          " Repeat the request without it to start from the first page."))
      .Field("page_token");
}

absl::Status ResumeTokenInvalid(absl::string_view problem) {
  return ErrorBuilder(v1::ERROR_REASON_RESUME_TOKEN_INVALID,
                      absl::StrCat("The resume token cannot be used: ", problem,
                                   " Begin with a snapshot instead."))
      .Field("resume_token");
}

absl::Status LimitExceeded(absl::string_view field, const limits::Limit& limit,
                           uint64_t actual) {
  return ErrorBuilder(v1::ERROR_REASON_LIMIT_EXCEEDED,
                      absl::StrCat(actual, " is more than the limit of ", limit.value,
                                   " ", limit.description, "."))
      .Field(field)
      .Meta("limit", limit.name)
      .Meta("maximum", limit.value)
      .Meta("actual", actual);
}

absl::Status TextMalformed(absl::string_view field, absl::string_view problem) {
  return ErrorBuilder(v1::ERROR_REASON_TEXT_MALFORMED, problem).Field(field);
}

absl::Status LanguageMalformed(absl::string_view field, absl::string_view lang) {
  return ErrorBuilder(
             v1::ERROR_REASON_LANGUAGE_MALFORMED,
             absl::StrCat("\"", Shorten(lang, 64),
                          "\" is not a language tag; write for example \"nl\" or "
                          "\"pt-br\", in lower case."))
      .Field(field)
      .Meta("lang", lang);
}

absl::Status EntityNotFound(absl::string_view field, absl::string_view id,
                            absl::string_view nearest) {
  ErrorBuilder error(
      v1::ERROR_REASON_ENTITY_NOT_FOUND,
      absl::StrCat("There is no entity ", Shown(id), " at this revision.",
                   DidYouMean(nearest), " SearchEntities finds ids by name."));
  error.Field(field).Meta("id", id).Resource("entity", id);
  if (!nearest.empty()) error.Meta("nearest", nearest);
  return error;
}

absl::Status StatementNotFound(absl::string_view field, absl::string_view id) {
  return ErrorBuilder(
             v1::ERROR_REASON_STATEMENT_NOT_FOUND,
             absl::StrCat("There is no statement ", Shown(id), " at this revision."))
      .Field(field)
      .Meta("id", id)
      .Resource("statement", id);
}

absl::Status EntityAmbiguous(absl::string_view field, absl::string_view name,
                             const std::vector<std::string>& candidates) {
  return ErrorBuilder(v1::ERROR_REASON_ENTITY_AMBIGUOUS,
                      absl::StrCat("Several entities are called ", Shown(name),
                                   "; ask for one of them by id: ",
                                   absl::StrJoin(candidates, ", "), "."))
      .Field(field)
      .Meta("candidates", absl::StrJoin(candidates, ","))
      .Resource("entity", name);
}

absl::Status KindUnknown(absl::string_view field, absl::string_view kind,
                         absl::string_view nearest) {
  return Unknown(v1::ERROR_REASON_KIND_UNKNOWN, "kind", field, kind, nearest);
}

absl::Status PredicateUnknown(absl::string_view field, absl::string_view predicate,
                              absl::string_view nearest) {
  return Unknown(v1::ERROR_REASON_PREDICATE_UNKNOWN, "predicate", field, predicate,
                 nearest);
}

absl::Status QualifierUnknown(absl::string_view field, absl::string_view qualifier,
                              absl::string_view nearest) {
  return Unknown(v1::ERROR_REASON_QUALIFIER_UNKNOWN, "qualifier", field, qualifier,
                 nearest);
}

absl::Status ReferenceNotFound(absl::string_view field, absl::string_view type,
                               absl::string_view id) {
  return ErrorBuilder(
             v1::ERROR_REASON_REFERENCE_NOT_FOUND,
             absl::StrCat("There is no ", type, " ", Shown(id),
                          ". Put it in the same commit, before this mutation, or "
                          "in an earlier one."))
      .Field(field)
      .Meta("id", id)
      .Resource(type, id);
}

absl::Status BackupNotFound(uint32_t id) {
  return ErrorBuilder(v1::ERROR_REASON_BACKUP_NOT_FOUND,
                      absl::StrCat("There is no backup ", id,
                                   "; ListBackups tells which there are."))
      .Field("id")
      .Meta("id", id);
}

absl::Status RevisionInFuture(absl::string_view field, uint64_t revision, uint64_t head) {
  return ErrorBuilder(v1::ERROR_REASON_REVISION_IN_FUTURE,
                      absl::StrCat("Revision ", revision,
                                   " is not there yet; the newest is ", head, "."))
      .Field(field)
      .Meta("revision", revision)
      .Meta("head", head);
}

absl::Status RevisionCompacted(absl::string_view field, uint64_t revision,
                               uint64_t oldest) {
  return ErrorBuilder(v1::ERROR_REASON_REVISION_COMPACTED,
                      absl::StrCat("Revision ", revision,
                                   " is no longer kept; the oldest that is, is ", oldest,
                                   absl::EndsWith(field, "_token")
                                       ? ". Begin again without the token."
                                       : ". Ask for that or a later one."))
      .Field(field)
      .Meta("revision", revision)
      .Meta("oldest", oldest);
}

absl::Status StorageFailed(absl::string_view problem) {
  return ErrorBuilder(v1::ERROR_REASON_STORAGE_FAILED, problem);
}

absl::Status StorageCorrupt(absl::string_view where, absl::string_view problem) {
  return ErrorBuilder(v1::ERROR_REASON_STORAGE_CORRUPT,
                      absl::StrCat("The store is damaged: ", problem))
      .Meta("where", where);
}

absl::Status DeadlineExceeded() {
  return ErrorBuilder(
      v1::ERROR_REASON_DEADLINE,
      "The deadline passed before the answer was complete; allow more time or "
      "ask for less.");
}

absl::Status Cancelled() {
  return ErrorBuilder(v1::ERROR_REASON_CANCELLED, "The caller cancelled the call.");
}

absl::Status Busy(absl::string_view problem) {
  return ErrorBuilder(v1::ERROR_REASON_BUSY, problem);
}

absl::Status Internal(absl::string_view problem) {
  return ErrorBuilder(v1::ERROR_REASON_INTERNAL, problem);
}

absl::Status StoreRestored(absl::string_view field, absl::string_view epoch) {
  return ErrorBuilder(v1::ERROR_REASON_STORE_RESTORED,
                      "The store was restored from a backup since; begin with a snapshot "
                      "instead.")
      .Field(field)
      .Meta("epoch", epoch);
}

absl::Status WatchTooSlow(absl::string_view resume_token, uint64_t revision) {
  return ErrorBuilder(v1::ERROR_REASON_WATCH_TOO_SLOW,
                      resume_token.empty()
                          ? "The messages were not taken in time, before the snapshot "
                            "had ended; begin with a snapshot again."
                          : "The messages were not taken in time; call again with the "
                            "resume_token of this error.")
      .Meta("resume_token", resume_token)
      .Meta("revision", revision);
}

absl::Status BackupsOff() {
  return ErrorBuilder(v1::ERROR_REASON_BACKUPS_OFF,
                      "This server makes no backups; start it with --backup-dir and a "
                      "directory to keep them in.");
}

}  // namespace labgraph::errors
