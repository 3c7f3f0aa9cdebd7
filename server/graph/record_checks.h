#ifndef LABGRAPH_SERVER_GRAPH_RECORD_CHECKS_H_
#define LABGRAPH_SERVER_GRAPH_RECORD_CHECKS_H_

// Checks that entities and statements share.

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/statement.pb.h"
#include "server/base/limits.h"
#include "server/graph/draft.h"

namespace labgraph::graph {

// The expression as it is stored, see schema::Visibility. Errors at "visibility".
absl::StatusOr<std::string> CanonicalVisibility(absl::string_view text);

// Whether a text says nothing: it is empty, or all white space.
bool IsBlank(absl::string_view text);

// Texts of one map by language. Errors at "<field>[nl]": LANGUAGE_MALFORMED,
// TEXT_MALFORMED, LIMIT_EXCEEDED; FIELD_REQUIRED for a blank text.
absl::Status CheckLocalizedTexts(
    const google::protobuf::Map<std::string, std::string>& texts,
    const limits::Limit& limit, absl::string_view field);

// That every source is well-formed and its entities exist. Errors at
// "sources[0].document" and the like: FIELD_REQUIRED, REFERENCE_NOT_FOUND,
// DATE_MALFORMED, TEXT_MALFORMED, LIMIT_EXCEEDED. A source that names `self`, the record
// being made, is fine.
absl::Status CheckSources(const google::protobuf::RepeatedPtrField<v1::Source>& sources,
                          absl::string_view self, const Draft& draft);

// Numbers of all entities that `sources` names, in order, each once; those that do not
// exist are left out.
absl::StatusOr<std::vector<keys::EntityNumber>> SourceNumbers(
    const google::protobuf::RepeatedPtrField<v1::Source>& sources,
    const RecordReader& records);

// Errors where no entity has the id because it was merged into another one:
// ENTITY_MERGED at `field`.
absl::Status CheckNotMerged(const std::string& id, absl::string_view field,
                            const Draft& draft);
// That a new record may have the id. Errors at "id": ENTITY_MERGED, RECORD_ERASED.
absl::Status CheckEntityIdIsFree(const std::string& id, const Draft& draft);
absl::Status CheckStatementIdIsFree(const std::string& id, const Draft& draft);

// Texts kept with a revision. Errors: TEXT_MALFORMED, LIMIT_EXCEEDED.
absl::Status CheckProvenance(const std::string& message, const std::string& actor);

// That a list is not too long. Error: LIMIT_EXCEEDED at `field`.
absl::Status CheckListSize(int size, absl::string_view field);

// That the record's encoding is not too large. Error: LIMIT_EXCEEDED at "".
absl::Status CheckRecordSize(size_t bytes);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_RECORD_CHECKS_H_
