#include "server/schema/ontology.h"

#include <iterator>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"
#include "server/schema/numbering.h"
#include "server/schema/schema_rules.h"

namespace labgraph::schema {
namespace {

template <typename Definitions>
void SortByName(Definitions* definitions) {
  absl::c_sort(*definitions,
               [](const auto& a, const auto& b) { return a.name() < b.name(); });
}

// The kinds in an order in which each comes after the one above it.
std::vector<const v1::Kind*> ParentsFirst(
    const google::protobuf::RepeatedPtrField<v1::Kind>& kinds) {
  absl::flat_hash_map<absl::string_view, const v1::Kind*> by_name;
  for (const v1::Kind& kind : kinds) by_name.emplace(kind.name(), &kind);
  std::vector<std::vector<const v1::Kind*>> by_depth(limits::kKindDepth.value);
  for (const v1::Kind& kind : kinds) {
    size_t depth = 0;
    for (const v1::Kind* above = &kind; !above->parent().empty(); ++depth) {
      above = by_name.at(above->parent());
    }
    by_depth[depth].push_back(&kind);
  }
  std::vector<const v1::Kind*> ordered;
  for (const auto& level : by_depth) absl::c_copy(level, std::back_inserter(ordered));
  return ordered;
}

// What `index` has for `key`, in `items`; null where it has nothing.
template <typename Item, typename Index, typename Key>
const Item* Find(const std::vector<Item>& items, const Index& index, const Key& key) {
  const auto it = index.find(key);
  return it == index.end() ? nullptr : &items[it->second];
}

}  // namespace

std::shared_ptr<const Ontology> Ontology::Empty() {
  return std::shared_ptr<const Ontology>(new Ontology);
}

absl::StatusOr<std::shared_ptr<const Ontology>> Ontology::Compile(
    const v1::Schema& schema, Numbering* numbering) {
  Numbering extended = *numbering;
  ASSIGN_OR_RETURN(std::shared_ptr<const Ontology> ontology,
                   CompileStored(schema, &extended));
  RETURN_IF_ERROR(CheckFormerNames(schema, extended));
  *numbering = std::move(extended);
  return ontology;
}

absl::StatusOr<std::shared_ptr<const Ontology>> Ontology::CompileStored(
    const v1::Schema& schema, Numbering* numbering) {
  RETURN_IF_ERROR(CheckSchema(schema));
  Numbering extended = *numbering;
  RETURN_IF_ERROR(AssignNumbers(schema, &extended));

  std::shared_ptr<Ontology> ontology(new Ontology);
  ontology->definitions_ = schema;
  SortByName(ontology->definitions_.mutable_kinds());
  SortByName(ontology->definitions_.mutable_predicates());
  SortByName(ontology->definitions_.mutable_qualifiers());
  ontology->AddKinds(extended);
  ontology->AddPredicates(extended);
  for (int i = 0; i < ontology->definitions_.qualifiers_size(); ++i) {
    ontology->qualifier_by_name_.emplace(ontology->definitions_.qualifiers(i).name(), i);
  }
  *numbering = std::move(extended);
  return ontology;
}

void Ontology::AddKinds(const Numbering& numbering) {
  for (const v1::Kind* definition : ParentsFirst(definitions_.kinds())) {
    const KindNumber number = numbering.kinds.at(definition->name());
    Kind kind{number, *definition, {number}};
    if (const Kind* parent = FindKind(definition->parent())) {
      absl::c_copy(parent->ancestors, std::back_inserter(kind.ancestors));
    }
    kind_by_name_.emplace(definition->name(), kinds_.size());
    kind_by_number_.emplace(number, kinds_.size());
    kinds_.push_back(std::move(kind));
  }
}

void Ontology::AddPredicates(const Numbering& numbering) {
  for (const v1::Predicate& definition : definitions_.predicates()) {
    const PredicateNumber number = numbering.predicates.at(definition.name());
    predicate_by_number_.emplace(number, predicates_.size());
    if (!definition.inverse().empty()) {
      predicate_by_inverse_.emplace(definition.inverse(), predicates_.size());
    }
    Predicate predicate{number, definition, numbering.original_names.at(number), {}, {}};
    predicate.domain = KindsUnder(definition.domain());
    if (predicate.is_relation()) predicate.range = KindsUnder(definition.range());
    predicates_.push_back(std::move(predicate));
  }
  for (const auto& [name, number] : numbering.predicates) {
    const auto current = predicate_by_number_.find(number);
    // What became a former name later was an inverse then.
    if (current != predicate_by_number_.end() && !predicate_by_inverse_.contains(name)) {
      predicate_by_name_.emplace(name, current->second);
    }
  }
}

std::vector<bool> Ontology::KindsUnder(
    const google::protobuf::RepeatedPtrField<std::string>& names) const {
  std::vector<bool> under(kinds_.size(), names.empty());
  for (const std::string& name : names) under[kind_by_name_.at(name)] = true;
  for (size_t i = 0; i < kinds_.size(); ++i) {
    const std::vector<KindNumber>& ancestors = kinds_[i].ancestors;
    if (ancestors.size() > 1 && under[kind_by_number_.at(ancestors[1])]) under[i] = true;
  }
  return under;
}

const Kind* Ontology::FindKind(absl::string_view name) const {
  return Find(kinds_, kind_by_name_, name);
}

const Kind* Ontology::FindKind(KindNumber number) const {
  return Find(kinds_, kind_by_number_, number);
}

const Predicate* Ontology::FindPredicate(PredicateNumber number) const {
  return Find(predicates_, predicate_by_number_, number);
}

PredicateRef Ontology::FindPredicate(absl::string_view name) const {
  if (const Predicate* forward = Find(predicates_, predicate_by_name_, name)) {
    return {forward, false};
  }
  const Predicate* inverse = Find(predicates_, predicate_by_inverse_, name);
  return {inverse, inverse != nullptr};
}

const v1::Qualifier* Ontology::FindQualifier(absl::string_view name) const {
  const auto it = qualifier_by_name_.find(name);
  return it == qualifier_by_name_.end()
             ? nullptr
             : &definitions_.qualifiers(static_cast<int>(it->second));
}

absl::StatusOr<const Kind*> Ontology::ResolveKind(absl::string_view name,
                                                  absl::string_view field) const {
  if (const Kind* kind = FindKind(name)) return kind;
  std::vector<absl::string_view> names;
  for (const Kind& kind : kinds_) names.push_back(kind.definition.name());
  return errors::KindUnknown(field, name, Nearest(name, names));
}

absl::StatusOr<PredicateRef> Ontology::ResolvePredicate(absl::string_view name,
                                                        absl::string_view field) const {
  const PredicateRef found = FindPredicate(name);
  if (found.predicate != nullptr) return found;
  std::vector<absl::string_view> names;
  for (const Predicate& predicate : predicates_) {
    names.push_back(predicate.definition.name());
    if (!predicate.definition.inverse().empty()) {
      names.push_back(predicate.definition.inverse());
    }
  }
  return errors::PredicateUnknown(field, name, Nearest(name, names));
}

bool Ontology::IsA(KindNumber kind, KindNumber ancestor) const {
  const Kind* below = FindKind(kind);
  const Kind* above = FindKind(ancestor);
  if (below == nullptr || above == nullptr) return false;
  // A kind stands in the list of those under it as far from the top as in its own.
  const size_t depth = above->ancestors.size();
  return below->ancestors.size() >= depth &&
         below->ancestors[below->ancestors.size() - depth] == ancestor;
}

bool Ontology::InDomain(const Predicate& predicate, KindNumber kind) const {
  return IsMarked(predicate.domain, kind);
}

bool Ontology::InRange(const Predicate& predicate, KindNumber kind) const {
  return predicate.is_relation() && IsMarked(predicate.range, kind);
}

bool Ontology::IsMarked(const std::vector<bool>& marks, KindNumber kind) const {
  const auto it = kind_by_number_.find(kind);
  return it != kind_by_number_.end() && marks[it->second];
}

absl::StatusOr<absl::flat_hash_set<KindNumber>> Ontology::ExpandKinds(
    const std::vector<std::string>& names, absl::string_view field) const {
  absl::flat_hash_set<KindNumber> named;
  for (size_t i = 0; i < names.size(); ++i) {
    ASSIGN_OR_RETURN(const Kind* kind,
                     ResolveKind(names[i], absl::StrCat(field, "[", i, "]")));
    named.insert(kind->number);
  }
  absl::flat_hash_set<KindNumber> expanded;
  for (const Kind& kind : kinds_) {
    const bool under = absl::c_any_of(
        kind.ancestors, [&](KindNumber ancestor) { return named.contains(ancestor); });
    if (under) expanded.insert(kind.number);
  }
  return expanded;
}

}  // namespace labgraph::schema
