#ifndef LABGRAPH_SERVER_GRAPH_STATEMENT_DRAFT_H_
#define LABGRAPH_SERVER_GRAPH_STATEMENT_DRAFT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "labgraph/v1/statement.pb.h"
#include "server/graph/draft.h"
#include "server/graph/facets.h"
#include "server/graph/record_reader.h"

namespace labgraph::graph {

// A statement about to be written: in the form in which it is stored, with its names
// resolved. What the validators look at.
struct StatementDraft {
  // Normal form: predicate by its present name and not inverted, symmetric relations with
  // the lesser id as subject, defaults filled in, visibility canonical, output-only
  // fields cleared, an id.
  v1::Statement statement;
  const schema::Predicate* predicate = nullptr;  // of the draft's ontology
  keys::EntityNumber subject = 0;
  schema::KindNumber subject_kind = 0;
  keys::EntityNumber object = 0;  // 0 for a property
  schema::KindNumber object_kind = 0;
  Facet facet;
  // Names of the caller's fields that hold subject and object; exchanged where the caller
  // used an inverse name.
  std::string subject_field = "subject";
  std::string object_field = "object";
  // The version in the store; absent for a new statement.
  absl::optional<StatementRecord> before;
};

// Brings a caller's statement into normal form and resolves its names. Errors, at fields
// of the statement: FIELD_REQUIRED, FIELD_INVALID, ID_MALFORMED, PREDICATE_UNKNOWN,
// KIND_UNKNOWN, REFERENCE_NOT_FOUND, RANGE_VIOLATION (object and value exchanged),
// DATE_MALFORMED, VALID_TIME_REVERSED, VISIBILITY_MALFORMED, LIMIT_EXCEEDED,
// TEXT_MALFORMED.
absl::StatusOr<StatementDraft> PrepareStatement(v1::Statement&& statement, Draft& draft);
absl::StatusOr<StatementDraft> PrepareStatement(const v1::Statement& statement,
                                                Draft& draft);

// The id given to a statement without one: "s-" and 26 characters of a-z and 2-7 that
// stand for 128 bits of SHA-256 over the predicate's first name, subject, target and
// start of validity.
std::string DefaultStatementId(const v1::Statement& statement,
                               absl::string_view original_predicate);

// Whether the id is one of these: nobody else may give one that begins like it.
bool IsDerivedId(absl::string_view id);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_STATEMENT_DRAFT_H_
