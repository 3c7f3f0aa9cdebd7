#ifndef LABGRAPH_SERVER_BASE_ERRORS_H_
#define LABGRAPH_SERVER_BASE_ERRORS_H_

// Every error of the service by name. The reasons and their metadata are
// documented in proto/labgraph/v1/error_reason.proto. `field` is the path of the field
// at fault relative to what the caller of the function was given; the
// floors above complete it with AtField.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "server/base/limits.h"

namespace labgraph::errors {

// The request is malformed.
absl::Status FieldRequired(absl::string_view field);
absl::Status FieldInvalid(absl::string_view field, absl::string_view problem);
// `example` is a well-formed id of the sort expected.
absl::Status IdMalformed(absl::string_view field, absl::string_view id,
                         absl::string_view problem, absl::string_view example);
// `position` is the byte at which `value` stops making sense.
absl::Status DateMalformed(absl::string_view field, absl::string_view value,
                           size_t position, absl::string_view problem);
absl::Status ValidTimeReversed(absl::string_view field, absl::string_view start,
                               absl::string_view end);
absl::Status VisibilityMalformed(absl::string_view field, absl::string_view value,
                                 size_t position, absl::string_view problem);
absl::Status FilterMalformed(absl::string_view field, absl::string_view value,
                             size_t position, absl::string_view problem);
absl::Status PageTokenInvalid(absl::string_view problem);
absl::Status ResumeTokenInvalid(absl::string_view problem);
absl::Status LimitExceeded(absl::string_view field, const limits::Limit& limit,
                           uint64_t actual);
absl::Status TextMalformed(absl::string_view field, absl::string_view problem);
absl::Status LanguageMalformed(absl::string_view field, absl::string_view lang);

// Something does not exist. `nearest` is a name close to the one given, or empty.
absl::Status EntityNotFound(absl::string_view field, absl::string_view id,
                            absl::string_view nearest = "");
absl::Status StatementNotFound(absl::string_view field, absl::string_view id);
absl::Status EntityAmbiguous(absl::string_view field, absl::string_view name,
                             const std::vector<std::string>& candidates);
absl::Status KindUnknown(absl::string_view field, absl::string_view kind,
                         absl::string_view nearest);
absl::Status PredicateUnknown(absl::string_view field, absl::string_view predicate,
                              absl::string_view nearest);
absl::Status QualifierUnknown(absl::string_view field, absl::string_view qualifier,
                              absl::string_view nearest);
// `type` is "entity" or "statement".
absl::Status ReferenceNotFound(absl::string_view field, absl::string_view type,
                               absl::string_view id);
absl::Status BackupNotFound(uint32_t id);

// A write breaks a rule of the schema.
absl::Status KindAbstract(absl::string_view field, absl::string_view kind);
absl::Status Deprecated(absl::string_view field, absl::string_view name);
absl::Status DomainViolation(absl::string_view field, absl::string_view predicate,
                             absl::string_view kind, absl::string_view allowed);
absl::Status RangeViolation(absl::string_view field, absl::string_view predicate,
                            absl::string_view kind, absl::string_view allowed);
// The target is an object where a value belongs, or the reverse.
absl::Status TargetMismatch(absl::string_view field, absl::string_view predicate,
                            bool wants_object);
absl::Status ValueTypeMismatch(absl::string_view field, absl::string_view type,
                               absl::string_view actual);
absl::Status FunctionalConflict(absl::string_view field, absl::string_view predicate,
                                absl::string_view statement);
absl::Status Cycle(absl::string_view field, absl::string_view predicate,
                   const std::vector<std::string>& path);
// `statement` is the one the other way round; empty for a statement to itself.
absl::Status AsymmetryViolation(absl::string_view field, absl::string_view predicate,
                                absl::string_view statement);
absl::Status SourceRequired(absl::string_view field, absl::string_view predicate);
absl::Status QualifierNotAllowed(absl::string_view field, absl::string_view predicate,
                                 absl::string_view qualifier, absl::string_view allowed);
absl::Status StatementIdInUse(absl::string_view field, absl::string_view id);
absl::Status DuplicateInCommit(absl::string_view field, absl::string_view id,
                               size_t first);
absl::Status EntityInUse(absl::string_view field, absl::string_view id,
                         absl::string_view statement);
absl::Status SchemaBreaksFacts(size_t count, absl::string_view first_problem);
absl::Status SchemaInvalid(absl::string_view field, absl::string_view name,
                           absl::string_view problem);
absl::Status RequestIdReused(absl::string_view request_id);
// A precondition does not hold. `problem` says what is so instead; `revision` is that of
// the record as it is, 0 where it is absent; `statement` one that matches, or empty.
absl::Status PreconditionFailed(absl::string_view problem, uint64_t revision,
                                absl::string_view statement);
absl::Status EntityMerged(absl::string_view field, absl::string_view id,
                          absl::string_view into);
absl::Status EntityNotMerged(absl::string_view field, absl::string_view id);
absl::Status RecordErased(absl::string_view field, absl::string_view id,
                          uint64_t revision);

// The state of the store or server.
absl::Status RevisionInFuture(absl::string_view field, uint64_t revision, uint64_t head);
absl::Status RevisionCompacted(absl::string_view field, uint64_t revision,
                               uint64_t oldest);
absl::Status StorageFailed(absl::string_view problem);
absl::Status StorageCorrupt(absl::string_view where, absl::string_view problem);
absl::Status DeadlineExceeded();
absl::Status Cancelled();
absl::Status Busy(absl::string_view problem);
absl::Status Internal(absl::string_view problem);
// `epoch` is the present one.
absl::Status StoreRestored(absl::string_view field, absl::string_view epoch);
// `resume_token`: where to go on, after `revision`.
absl::Status WatchTooSlow(absl::string_view resume_token, uint64_t revision);
absl::Status BackupsOff();

}  // namespace labgraph::errors

#endif  // LABGRAPH_SERVER_BASE_ERRORS_H_
