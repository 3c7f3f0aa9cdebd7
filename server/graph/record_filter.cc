#include "server/graph/record_filter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"

namespace labgraph::graph {
namespace {

absl::Status CheckSizes(const v1::RecordFilter& filter) {
  for (const auto& [field, size] :
       {std::make_pair("kinds", filter.kinds_size()),
        std::make_pair("predicates", filter.predicates_size()),
        std::make_pair("entities", filter.entities_size())}) {
    if (static_cast<uint64_t>(size) > limits::kBatchIds.value) {
      return errors::LimitExceeded(field, limits::kBatchIds, size);
    }
  }
  return absl::OkStatus();
}

absl::Status CheckNames(const v1::RecordFilter& filter,
                        const schema::Ontology& ontology) {
  for (int i = 0; i < filter.kinds_size(); ++i) {
    RETURN_IF_ERROR(
        ontology.ResolveKind(filter.kinds(i), absl::StrCat("kinds[", i, "]")).status());
  }
  for (int i = 0; i < filter.predicates_size(); ++i) {
    RETURN_IF_ERROR(
        ontology
            .ResolvePredicate(filter.predicates(i), absl::StrCat("predicates[", i, "]"))
            .status());
  }
  return absl::OkStatus();
}

absl::Status CheckEntities(const v1::RecordFilter& filter, const RecordReader& records) {
  for (int i = 0; i < filter.entities_size(); ++i) {
    RETURN_IF_ERROR(
        records.ResolveEntity(filter.entities(i), absl::StrCat("entities[", i, "]"))
            .status());
  }
  return absl::OkStatus();
}

absl::string_view KindPart(absl::string_view id) { return id.substr(0, id.find('/')); }

}  // namespace

absl::StatusOr<RecordFilter> RecordFilter::Make(const v1::RecordFilter& filter,
                                                const RecordReader& records) {
  RETURN_IF_ERROR(CheckSizes(filter));
  RETURN_IF_ERROR(CheckNames(filter, records.ontology()));
  RETURN_IF_ERROR(CheckEntities(filter, records));
  return Compile(filter, records);
}

absl::StatusOr<RecordFilter> RecordFilter::Compile(const v1::RecordFilter& filter,
                                                   const RecordReader& records) {
  RecordFilter compiled;
  compiled.ontology_ = records.shared_ontology();
  compiled.by_kind_ = !filter.kinds().empty();
  compiled.by_predicate_ = !filter.predicates().empty();
  compiled.by_entity_ = !filter.entities().empty();
  for (const std::string& name : filter.kinds()) compiled.AddKind(name);
  for (const std::string& name : filter.predicates()) compiled.AddPredicate(name);
  for (const std::string& id : filter.entities()) {
    RETURN_IF_ERROR(compiled.AddEntity(id, records));
  }
  return compiled;
}

absl::Status RecordFilter::AddEntity(const std::string& id, const RecordReader& records) {
  // What is there already has been followed.
  for (std::string at = id; entities_.insert(at).second;) {
    absl::StatusOr<absl::optional<std::string>> into = records.RedirectOf(at, "");
    // What an id led to once may be gone by now, and its kind as well.
    if (absl::IsInvalidArgument(into.status())) break;
    RETURN_IF_ERROR(into.status());
    if (!into->has_value()) break;
    at = **std::move(into);
  }
  return absl::OkStatus();
}

void RecordFilter::AddKind(const std::string& name) {
  kinds_.insert(name);
  const schema::Kind* const above = ontology_->FindKind(name);
  if (above == nullptr) return;
  for (const v1::Kind& definition : ontology_->definitions().kinds()) {
    const schema::Kind* const kind = ontology_->FindKind(definition.name());
    if (ontology_->IsA(kind->number, above->number)) kinds_.insert(definition.name());
  }
}

void RecordFilter::AddPredicate(const std::string& name) {
  const schema::PredicateRef found = ontology_->FindPredicate(name);
  if (found.predicate == nullptr) {
    unknown_predicates_.insert(name);
  } else {
    predicates_.insert(found.predicate->number);
  }
}

bool RecordFilter::PassesEntity(absl::string_view id) const {
  if (by_predicate_) return false;
  if (by_entity_ && !entities_.contains(id)) return false;
  return !by_kind_ || IsOfKind(id);
}

bool RecordFilter::Passes(const v1::Statement& statement) const {
  if (by_predicate_ && !HasPredicate(statement.predicate())) return false;
  if (by_entity_ && !Mentions(statement)) return false;
  return !by_kind_ || IsOfKind(statement.subject()) || IsOfKind(statement.object());
}

bool RecordFilter::IsOfKind(absl::string_view id) const {
  return kinds_.contains(KindPart(id));
}

bool RecordFilter::HasPredicate(absl::string_view name) const {
  const schema::PredicateRef found = ontology_->FindPredicate(name);
  return found.predicate != nullptr ? predicates_.contains(found.predicate->number)
                                    : unknown_predicates_.contains(name);
}

bool RecordFilter::Mentions(const v1::Statement& statement) const {
  if (entities_.contains(statement.subject()) || entities_.contains(statement.object())) {
    return true;
  }
  return std::any_of(statement.sources().begin(), statement.sources().end(),
                     [this](const v1::Source& source) {
                       return entities_.contains(source.document()) ||
                              entities_.contains(source.asserted_by());
                     });
}

}  // namespace labgraph::graph
