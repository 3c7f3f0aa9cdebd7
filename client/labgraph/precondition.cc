#include "labgraph/precondition.h"

namespace labgraph::client {
namespace {

v1::Precondition OfEntity(absl::string_view id, v1::Requirement must) {
  v1::Precondition precondition;
  precondition.set_entity(std::string(id));
  precondition.set_must(must);
  return precondition;
}

v1::Precondition OfStatement(absl::string_view id, v1::Requirement must) {
  v1::Precondition precondition;
  precondition.set_statement(std::string(id));
  precondition.set_must(must);
  return precondition;
}

v1::Precondition OfStatements(const StatementParts& parts, v1::Requirement must) {
  v1::Precondition precondition;
  v1::StatementMatch& match = *precondition.mutable_statements();
  match.set_subject(parts.subject);
  match.set_predicate(parts.predicate);
  match.set_object(parts.object);
  precondition.set_must(must);
  return precondition;
}

v1::Precondition OfEntities(const EntityParts& parts, v1::Requirement must) {
  v1::Precondition precondition;
  v1::EntityMatch& match = *precondition.mutable_entities();
  for (const std::string& kind : parts.kinds) match.add_kinds(kind);
  match.set_filter(parts.filter);
  precondition.set_must(must);
  return precondition;
}

}  // namespace

v1::Precondition EntityExists(absl::string_view id) {
  return OfEntity(id, v1::REQUIREMENT_EXISTS);
}

v1::Precondition EntityAbsent(absl::string_view id) {
  return OfEntity(id, v1::REQUIREMENT_ABSENT);
}

v1::Precondition EntityUnchangedSince(absl::string_view id, uint64_t revision) {
  v1::Precondition precondition = OfEntity(id, v1::REQUIREMENT_UNCHANGED_SINCE);
  precondition.set_revision(revision);
  return precondition;
}

v1::Precondition StatementExists(absl::string_view id) {
  return OfStatement(id, v1::REQUIREMENT_EXISTS);
}

v1::Precondition StatementAbsent(absl::string_view id) {
  return OfStatement(id, v1::REQUIREMENT_ABSENT);
}

v1::Precondition StatementUnchangedSince(absl::string_view id, uint64_t revision) {
  v1::Precondition precondition = OfStatement(id, v1::REQUIREMENT_UNCHANGED_SINCE);
  precondition.set_revision(revision);
  return precondition;
}

v1::Precondition SomeStatement(const StatementParts& parts) {
  return OfStatements(parts, v1::REQUIREMENT_EXISTS);
}

v1::Precondition NoStatement(const StatementParts& parts) {
  return OfStatements(parts, v1::REQUIREMENT_ABSENT);
}

v1::Precondition SomeEntity(const EntityParts& parts) {
  return OfEntities(parts, v1::REQUIREMENT_EXISTS);
}

v1::Precondition NoEntity(const EntityParts& parts) {
  return OfEntities(parts, v1::REQUIREMENT_ABSENT);
}

}  // namespace labgraph::client
