#include "server/graph/statement_draft.h"

#include <openssl/sha.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/deterministic.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/graph/record_checks.h"
#include "server/schema/checks.h"
#include "server/schema/visibility.h"

namespace labgraph::graph {
namespace {

constexpr char kDefaultIdPrefix[] = "s-";
constexpr size_t kDefaultIdBytes = 16;

// RFC 4648 base 32 in lower case, without padding.
std::string Base32(const unsigned char* bytes, size_t size) {
  static constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out;
  uint32_t buffer = 0;
  int bits = 0;
  for (size_t i = 0; i < size; ++i) {
    buffer = buffer << 8 | bytes[i];
    for (bits += 8; bits >= 5; bits -= 5)
      out.push_back(kAlphabet[buffer >> (bits - 5) & 31]);
  }
  if (bits > 0) out.push_back(kAlphabet[buffer << (5 - bits) & 31]);
  return out;
}

absl::Status CheckGivenId(const std::string& id) {
  if (id.empty()) return absl::OkStatus();
  return schema::CheckStatementId(id, "id");
}

// Resolves one end of the statement.
absl::Status ResolveEnd(const Draft& draft, const std::string& id,
                        const std::string& field, keys::EntityNumber* number,
                        schema::KindNumber* kind) {
  ASSIGN_OR_RETURN(const absl::optional<EntityRef> found,
                   draft.records().FindEntityRef(id, field));
  if (!found.has_value()) {
    RETURN_IF_ERROR(CheckNotMerged(id, field, draft));
    return errors::ReferenceNotFound(field, "entity", id);
  }
  *number = found->number;
  *kind = found->kind;
  return absl::OkStatus();
}

// Predicate name, direction and order of the two ends.
absl::Status NormalizePredicate(const Draft& draft, StatementDraft* out) {
  v1::Statement& statement = out->statement;
  ASSIGN_OR_RETURN(const schema::PredicateRef ref,
                   draft.ontology().ResolvePredicate(statement.predicate(), "predicate"));
  out->predicate = ref.predicate;
  const bool relation = ref.predicate->is_relation();
  if (statement.target_case() == v1::Statement::TARGET_NOT_SET) {
    return errors::FieldRequired(relation ? "object" : "value");
  }
  if (relation != statement.has_object()) {
    return errors::TargetMismatch(relation ? "value" : "object", statement.predicate(),
                                  relation);
  }
  statement.set_predicate(ref.predicate->definition.name());
  if (!relation) return absl::OkStatus();
  const bool exchange = ref.inverse || (ref.predicate->definition.symmetric() &&
                                        statement.object() < statement.subject());
  if (exchange) {
    statement.mutable_subject()->swap(*statement.mutable_object());
    std::swap(out->subject_field, out->object_field);
  }
  return absl::OkStatus();
}

absl::Status NormalizeTrust(v1::Statement* statement) {
  if (!v1::Rank_IsValid(statement->rank())) {
    return errors::FieldInvalid("rank", "This is not a value of Rank.");
  }
  if (!v1::Assertion_IsValid(statement->assertion())) {
    return errors::FieldInvalid("assertion", "This is not a value of Assertion.");
  }
  if (statement->rank() == v1::RANK_UNSPECIFIED) statement->set_rank(v1::RANK_NORMAL);
  if (statement->assertion() == v1::ASSERTION_UNSPECIFIED) {
    statement->set_assertion(v1::ASSERTION_ASSERTED);
  }
  return absl::OkStatus();
}

// Strips the computed bounds and gives them back.
absl::StatusOr<schema::Bounds> NormalizeValid(v1::Statement* statement) {
  if (!statement->has_valid()) return schema::Bounds();
  v1::ValidTime valid;
  valid.set_start(statement->valid().start());
  valid.set_end(statement->valid().end());
  valid.set_text(statement->valid().text());
  absl::StatusOr<schema::Bounds> bounds = schema::ComputeBounds(valid);
  if (!bounds.ok()) return AtField(bounds.status(), "valid");
  RETURN_IF_ERROR(schema::CheckText(valid.text(), limits::kTextBytes, "valid.text"));
  if (valid.ByteSizeLong() == 0) {
    statement->clear_valid();
  } else {
    *statement->mutable_valid() = std::move(valid);
  }
  return bounds;
}

}  // namespace

std::string DefaultStatementId(const v1::Statement& statement,
                               absl::string_view original_predicate) {
  std::string identity;
  // NUL cannot occur in the parts, so no two lists of parts give the same text.
  const auto append = [&identity](absl::string_view part) {
    absl::StrAppend(&identity, part, absl::string_view("\0", 1));
  };
  append(statement.subject());
  append(original_predicate);
  append(statement.object());  // empty for a property
  append(statement.valid().start());
  if (statement.has_value()) append(DeterministicBytes(statement.value()));
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(identity.data()), identity.size(),
         digest);
  return absl::StrCat(kDefaultIdPrefix, Base32(digest, kDefaultIdBytes));
}

bool IsDerivedId(absl::string_view id) { return absl::StartsWith(id, kDefaultIdPrefix); }

absl::StatusOr<StatementDraft> PrepareStatement(v1::Statement&& given, Draft& draft) {
  StatementDraft out;
  v1::Statement& statement = out.statement;
  statement = std::move(given);
  const bool has_id = !statement.id().empty();
  statement.clear_created_revision();
  statement.clear_updated_revision();
  statement.clear_certainty();
  RETURN_IF_ERROR(CheckGivenId(statement.id()));
  if (statement.subject().empty()) return errors::FieldRequired("subject");
  if (statement.predicate().empty()) return errors::FieldRequired("predicate");
  RETURN_IF_ERROR(NormalizePredicate(draft, &out));
  RETURN_IF_ERROR(NormalizeTrust(&statement));
  ASSIGN_OR_RETURN(out.facet.bounds, NormalizeValid(&statement));
  ASSIGN_OR_RETURN(*statement.mutable_visibility(),
                   CanonicalVisibility(statement.visibility()));
  RETURN_IF_ERROR(ResolveEnd(draft, statement.subject(), out.subject_field, &out.subject,
                             &out.subject_kind));
  if (statement.has_object()) {
    RETURN_IF_ERROR(ResolveEnd(draft, statement.object(), out.object_field, &out.object,
                               &out.object_kind));
  }
  if (!has_id) {
    statement.set_id(DefaultStatementId(statement, out.predicate->original_name));
  }
  out.facet.predicate = out.predicate->number;
  out.facet.rank = statement.rank();
  out.facet.assertion = statement.assertion();
  out.facet.visibility = statement.visibility();
  ASSIGN_OR_RETURN(const absl::optional<keys::StatementNumber> number,
                   draft.records().FindStatement(statement.id()));
  if (number.has_value()) {
    ASSIGN_OR_RETURN(out.before, draft.records().ReadStatement(*number));
    return out;
  }
  RETURN_IF_ERROR(CheckStatementIdIsFree(statement.id(), draft));
  if (has_id && IsDerivedId(statement.id()) && !draft.restoring()) {
    const std::string derived =
        DefaultStatementId(statement, out.predicate->original_name);
    if (statement.id() != derived) {
      return errors::IdMalformed("id", statement.id(),
                                 "\"s-\" begins ids that the server derives.", derived);
    }
  }
  return out;
}

absl::StatusOr<StatementDraft> PrepareStatement(const v1::Statement& given,
                                                Draft& draft) {
  return PrepareStatement(v1::Statement(given), draft);
}

}  // namespace labgraph::graph
