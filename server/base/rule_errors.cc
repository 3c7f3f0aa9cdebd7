// The errors of writes that break a rule of the schema.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "server/base/error.h"
#include "server/base/errors.h"

namespace labgraph::errors {
namespace {

absl::Status KindOutside(v1::ErrorReason reason, absl::string_view role,
                         absl::string_view field, absl::string_view predicate,
                         absl::string_view kind, absl::string_view allowed) {
  return ErrorBuilder(reason,
                      absl::StrCat("The ", role, " of \"", predicate, "\" must be ",
                                   allowed, "; this one is ", kind, "."))
      .Field(field)
      .Meta("predicate", predicate)
      .Meta("kind", kind)
      .Meta("allowed", allowed);
}

}  // namespace

absl::Status KindAbstract(absl::string_view field, absl::string_view kind) {
  return ErrorBuilder(v1::ERROR_REASON_KIND_ABSTRACT,
                      absl::StrCat("The kind \"", kind,
                                   "\" is abstract; use a kind under it, see GetSchema."))
      .Field(field)
      .Meta("kind", kind);
}

absl::Status Deprecated(absl::string_view field, absl::string_view name) {
  return ErrorBuilder(v1::ERROR_REASON_DEPRECATED,
                      absl::StrCat("\"", name, "\" is deprecated and takes nothing new."))
      .Field(field)
      .Meta("name", name)
      .Resource("schema", name);
}

absl::Status DomainViolation(absl::string_view field, absl::string_view predicate,
                             absl::string_view kind, absl::string_view allowed) {
  return KindOutside(v1::ERROR_REASON_DOMAIN_VIOLATION, "subject", field, predicate, kind,
                     allowed);
}

absl::Status RangeViolation(absl::string_view field, absl::string_view predicate,
                            absl::string_view kind, absl::string_view allowed) {
  return KindOutside(v1::ERROR_REASON_RANGE_VIOLATION, "object", field, predicate, kind,
                     allowed);
}

absl::Status TargetMismatch(absl::string_view field, absl::string_view predicate,
                            bool wants_object) {
  return ErrorBuilder(
             v1::ERROR_REASON_RANGE_VIOLATION,
             wants_object
                 ? absl::StrCat("\"", predicate,
                                "\" is a relation: give an entity id in `object`.")
                 : absl::StrCat("\"", predicate, "\" is a property: give a `value`."))
      .Field(field)
      .Meta("predicate", predicate)
      .Meta("kind", wants_object ? "value" : "entity")
      .Meta("allowed", wants_object ? "entity" : "value");
}

absl::Status ValueTypeMismatch(absl::string_view field, absl::string_view type,
                               absl::string_view actual) {
  return ErrorBuilder(v1::ERROR_REASON_VALUE_TYPE_MISMATCH,
                      absl::StrCat("The value must be ", type, "; this is ", actual, "."))
      .Field(field)
      .Meta("type", type)
      .Meta("actual", actual);
}

absl::Status FunctionalConflict(absl::string_view field, absl::string_view predicate,
                                absl::string_view statement) {
  return ErrorBuilder(v1::ERROR_REASON_FUNCTIONAL_CONFLICT,
                      absl::StrCat("The subject can have only one \"", predicate,
                                   "\" at a time and statement ", statement,
                                   " already gives it another; end that one, or mark one "
                                   "of them RANK_DEPRECATED or ASSERTION_DISPUTED."))
      .Field(field)
      .Meta("predicate", predicate)
      .Meta("statement", statement)
      .Resource("statement", statement);
}

absl::Status Cycle(absl::string_view field, absl::string_view predicate,
                   const std::vector<std::string>& path) {
  const auto shown = absl::MakeConstSpan(path).subspan(0, 10);
  return ErrorBuilder(
             v1::ERROR_REASON_CYCLE,
             absl::StrCat("\"", predicate, "\" may not lead back to its start, and ",
                          absl::StrJoin(shown, " -> "),
                          path.size() > shown.size() ? " -> ..." : "", " would."))
      .Field(field)
      .Meta("predicate", predicate)
      .Meta("path", absl::StrJoin(shown, ","))
      .Resource("entity", path.empty() ? "" : path.front());
}

absl::Status AsymmetryViolation(absl::string_view field, absl::string_view predicate,
                                absl::string_view statement) {
  ErrorBuilder error(
      v1::ERROR_REASON_ASYMMETRY_VIOLATION,
      statement.empty()
          ? absl::StrCat("\"", predicate, "\" may not lead from an entity to itself.")
          : absl::StrCat("\"", predicate,
                         "\" stands the other way round already, in statement ",
                         statement, "; retract that one first."));
  error.Field(field).Meta("predicate", predicate);
  if (!statement.empty())
    error.Meta("statement", statement).Resource("statement", statement);
  return error;
}

absl::Status SourceRequired(absl::string_view field, absl::string_view predicate) {
  return ErrorBuilder(v1::ERROR_REASON_SOURCE_REQUIRED,
                      absl::StrCat("\"", predicate,
                                   "\" needs a source: give at least one document."))
      .Field(field)
      .Meta("predicate", predicate);
}

absl::Status QualifierNotAllowed(absl::string_view field, absl::string_view predicate,
                                 absl::string_view qualifier, absl::string_view allowed) {
  return ErrorBuilder(
             v1::ERROR_REASON_QUALIFIER_NOT_ALLOWED,
             absl::StrCat("\"", predicate, "\" does not take the qualifier \"", qualifier,
                          "\"; it takes ", allowed.empty() ? "none" : allowed, "."))
      .Field(field)
      .Meta("predicate", predicate)
      .Meta("qualifier", qualifier)
      .Meta("allowed", allowed);
}

absl::Status StatementIdInUse(absl::string_view field, absl::string_view id) {
  return ErrorBuilder(
             v1::ERROR_REASON_STATEMENT_ID_IN_USE,
             absl::StrCat("Statement \"", id,
                          "\" has another subject, predicate or target; those never "
                          "change. Leave the id out or choose another."))
      .Field(field)
      .Meta("id", id)
      .Resource("statement", id);
}

absl::Status DuplicateInCommit(absl::string_view field, absl::string_view id,
                               size_t first) {
  return ErrorBuilder(v1::ERROR_REASON_DUPLICATE_IN_COMMIT,
                      absl::StrCat("\"", id, "\" is already changed by mutations[", first,
                                   "] of this commit."))
      .Field(field)
      .Meta("id", id)
      .Meta("first", first);
}

absl::Status EntityInUse(absl::string_view field, absl::string_view id,
                         absl::string_view statement) {
  return ErrorBuilder(v1::ERROR_REASON_ENTITY_IN_USE,
                      absl::StrCat("\"", id, "\" still has statements, for example ",
                                   statement, "; retract them, or delete with cascade."))
      .Field(field)
      .Meta("id", id)
      .Meta("statement", statement)
      .Resource("entity", id);
}

absl::Status SchemaBreaksFacts(size_t count, absl::string_view first_problem) {
  return ErrorBuilder(
             v1::ERROR_REASON_SCHEMA_BREAKS_FACTS,
             absl::StrCat(count, " facts would not fit the new schema; the first: ",
                          first_problem, " Use validate_only for the list."))
      .Field("schema")
      .Meta("count", count);
}

absl::Status SchemaInvalid(absl::string_view field, absl::string_view name,
                           absl::string_view problem) {
  return ErrorBuilder(v1::ERROR_REASON_SCHEMA_INVALID, problem)
      .Field(field)
      .Meta("name", name);
}

absl::Status RequestIdReused(absl::string_view request_id) {
  return ErrorBuilder(
             v1::ERROR_REASON_REQUEST_ID_REUSED,
             "This request_id was used before with another request; choose a new one.")
      .Field("request_id")
      .Meta("request_id", request_id);
}

absl::Status PreconditionFailed(absl::string_view problem, uint64_t revision,
                                absl::string_view statement) {
  ErrorBuilder error(v1::ERROR_REASON_PRECONDITION_FAILED,
                     absl::StrCat("A precondition does not hold: ", problem,
                                  " Nothing was changed; read again and decide anew."));
  error.Field("");
  if (revision > 0) error.Meta("revision", revision);
  if (!statement.empty()) error.Meta("statement", statement);
  return error;
}

absl::Status EntityMerged(absl::string_view field, absl::string_view id,
                          absl::string_view into) {
  return ErrorBuilder(v1::ERROR_REASON_ENTITY_MERGED,
                      absl::StrCat("\"", id, "\" was merged into \"", into,
                                   "\"; write to that, or take the merge back with "
                                   "unmerge_entity."))
      .Field(field)
      .Meta("id", id)
      .Meta("into", into);
}

absl::Status EntityNotMerged(absl::string_view field, absl::string_view id) {
  return ErrorBuilder(v1::ERROR_REASON_ENTITY_NOT_MERGED,
                      absl::StrCat("\"", id,
                                   "\" is not merged into another entity; "
                                   "GetEntity tells with redirected_from what is."))
      .Field(field)
      .Meta("id", id);
}

absl::Status RecordErased(absl::string_view field, absl::string_view id,
                          uint64_t revision) {
  return ErrorBuilder(v1::ERROR_REASON_RECORD_ERASED,
                      absl::StrCat("What had the id \"", id, "\" was erased at revision ",
                                   revision, "; choose another id."))
      .Field(field)
      .Meta("id", id)
      .Meta("revision", revision);
}

}  // namespace labgraph::errors
