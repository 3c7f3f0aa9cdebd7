#include "server/graph/statement_search.h"

#include "absl/types/optional.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

using keys::EntityNumber;

// What is asked, by number. An end of 0 may be anything.
struct Question {
  EntityNumber subject = 0;
  EntityNumber object = 0;
  absl::optional<schema::PredicateNumber> predicate;
  // Only relations by symmetric predicates.
  bool symmetric = false;
};

// The statement's id, read by number.
absl::StatusOr<std::string> IdOf(keys::StatementNumber number,
                                 const RecordReader& records) {
  ASSIGN_OR_RETURN(const absl::optional<StatementRecord> record,
                   records.ReadStatement(number));
  return record.has_value() ? record->statement.id() : "";
}

bool IsSymmetric(schema::PredicateNumber number, const RecordReader& records) {
  const schema::Predicate* predicate = records.ontology().FindPredicate(number);
  return predicate != nullptr && predicate->definition.symmetric();
}

// Looks among the relations of the end that is known, or of the subject.
absl::StatusOr<std::string> FindRelation(const Question& question,
                                         const RecordReader& records) {
  const bool out = question.subject != 0;
  const EntityNumber node = out ? question.subject : question.object;
  const EntityNumber other = out ? question.object : 0;
  EdgeScan scan = records.Edges(out ? EdgeDirection::kOut : EdgeDirection::kIn, node,
                                question.predicate);
  if (other != 0 && question.predicate.has_value()) {
    scan.StartAt({node, *question.predicate, other, 0});
  }
  while (scan.NextRun()) {
    if (question.symmetric && !IsSymmetric(scan.predicate(), records)) continue;
    for (const keys::Edge& edge : scan.edges()) {
      if (other == 0 || edge.neighbor == other) return IdOf(edge.statement, records);
    }
  }
  RETURN_IF_ERROR(scan.status());
  return std::string();
}

absl::StatusOr<std::string> FindProperty(const Question& question,
                                         const RecordReader& records) {
  if (question.subject == 0 || question.object != 0) return std::string();
  const std::string prefix =
      question.predicate.has_value()
          ? keys::ValuePrefix(question.subject, *question.predicate)
          : keys::ValuePrefix(question.subject);
  const RowScan scan = records.rows().Scan(keys::kValue, prefix);
  RETURN_IF_ERROR(scan.status());
  return scan.Valid() ? IdOf(keys::LastBe64(scan.key()), records) : std::string();
}

absl::StatusOr<std::string> Find(const Question& question, const RecordReader& records) {
  ASSIGN_OR_RETURN(std::string found, FindRelation(question, records));
  return found.empty() && !question.symmetric ? FindProperty(question, records) : found;
}

}  // namespace

absl::StatusOr<std::string> FindMatchingStatement(const v1::StatementMatch& match,
                                                  const RecordReader& records) {
  if (match.subject().empty() && match.object().empty()) {
    return errors::FieldRequired("subject");
  }
  Question question;
  for (const auto& [id, field, number] :
       {std::tuple(&match.subject(), "subject", &question.subject),
        std::tuple(&match.object(), "object", &question.object)}) {
    if (id->empty()) continue;
    ASSIGN_OR_RETURN(const absl::optional<EntityNumber> found,
                     records.FindEntity(*id, field));
    if (!found.has_value()) return std::string();  // so nothing is said of it
    *number = *found;
  }
  // Symmetric relations are stored one way round, and hold either way.
  bool either_way = true;
  if (!match.predicate().empty()) {
    ASSIGN_OR_RETURN(const schema::PredicateRef ref,
                     records.ontology().ResolvePredicate(match.predicate(), "predicate"));
    question.predicate = ref.predicate->number;
    either_way = ref.predicate->definition.symmetric();
    if (ref.inverse) std::swap(question.subject, question.object);
  }
  ASSIGN_OR_RETURN(std::string found, Find(question, records));
  if (!found.empty() || !either_way) return found;
  std::swap(question.subject, question.object);
  question.symmetric = true;
  return Find(question, records);
}

}  // namespace labgraph::graph
