#ifndef LABGRAPH_SERVER_SCHEMA_ONTOLOGY_H_
#define LABGRAPH_SERVER_SCHEMA_ONTOLOGY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/schema.pb.h"

namespace labgraph::schema {

// Stable numbers of kinds and predicates: given once, never reused, kept with the store.
using KindNumber = uint32_t;
using PredicateNumber = uint32_t;

// The numbers behind the names. A renamed predicate keeps its number; its oldest known
// name is what statement ids are derived from.
struct Numbering {
  absl::flat_hash_map<std::string, KindNumber> kinds;
  absl::flat_hash_map<std::string, PredicateNumber> predicates;  // every name ever used
  absl::flat_hash_map<PredicateNumber, std::string> original_names;
  uint32_t next_kind = 1;
  uint32_t next_predicate = 1;
};

struct Kind {
  KindNumber number;
  v1::Kind definition;
  std::vector<KindNumber> ancestors;  // itself first, then parent, grandparent ...
};

struct Predicate {
  PredicateNumber number;
  v1::Predicate definition;
  std::string original_name;  // the oldest known
  // Whether each kind may be a subject, or an object; ask Ontology::InDomain and InRange.
  std::vector<bool> domain;
  std::vector<bool> range;

  bool is_relation() const {
    return definition.value_type() == v1::VALUE_TYPE_UNSPECIFIED;
  }
};

// A predicate as a caller may name it: by its name, a former name, or its inverse.
struct PredicateRef {
  const Predicate* predicate;
  bool inverse;  // named by the inverse: subject and object change places
};

// The compiled, immutable schema. Thread-safe. Pointers it gives live as long as it does.
class Ontology {
 public:
  // An ontology without any definition.
  static std::shared_ptr<const Ontology> Empty();

  // Checks a whole schema and compiles it. `numbering` keeps the numbers of names it
  // knows and gets new ones for new names; on error it is unchanged. A predicate renamed
  // from a name that the numbering knows keeps that one's number; from a name unknown to
  // it, the predicate is new and that name an alias, so that a new store accepts the
  // schema of an old one.
  // Errors: SCHEMA_INVALID, LIMIT_EXCEEDED, FIELD_REQUIRED, FIELD_INVALID,
  // TEXT_MALFORMED, LANGUAGE_MALFORMED, each at "kinds[2].parent" and the like.
  static absl::StatusOr<std::shared_ptr<const Ontology>> Compile(const v1::Schema& schema,
                                                                 Numbering* numbering);
  // The same for a version that a store has. It was checked when it was written, and what
  // predicates were renamed from since does not make it wrong.
  static absl::StatusOr<std::shared_ptr<const Ontology>> CompileStored(
      const v1::Schema& schema, Numbering* numbering);

  // The definitions, each list ordered by name.
  const v1::Schema& definitions() const { return definitions_; }

  // Null where there is none. All lookups take constant time.
  const Kind* FindKind(absl::string_view name) const;
  const Kind* FindKind(KindNumber number) const;
  const Predicate* FindPredicate(PredicateNumber number) const;
  const v1::Qualifier* FindQualifier(absl::string_view name) const;

  // By name, former name or inverse; `predicate` null where there is none.
  PredicateRef FindPredicate(absl::string_view name) const;

  // As above, or the error for a caller, with the nearest name. Errors: KIND_UNKNOWN,
  // PREDICATE_UNKNOWN at `field`.
  absl::StatusOr<const Kind*> ResolveKind(absl::string_view name,
                                          absl::string_view field) const;
  absl::StatusOr<PredicateRef> ResolvePredicate(absl::string_view name,
                                                absl::string_view field) const;

  // Whether `kind` is `ancestor` or under it. Constant time, as are the next two.
  bool IsA(KindNumber kind, KindNumber ancestor) const;
  // Whether the kind may be a subject, or an object, of a predicate of this ontology. No
  // kind may be an object of a property; an unknown kind may be neither.
  bool InDomain(const Predicate& predicate, KindNumber kind) const;
  bool InRange(const Predicate& predicate, KindNumber kind) const;

  // Number of every kind that is one of `names` or under one. Empty for no names, which
  // stands for all. Errors: KIND_UNKNOWN at "<field>[i]".
  absl::StatusOr<absl::flat_hash_set<KindNumber>> ExpandKinds(
      const std::vector<std::string>& names, absl::string_view field) const;

 private:
  Ontology() = default;

  void AddKinds(const Numbering& numbering);
  void AddPredicates(const Numbering& numbering);
  // By position of kind: whether it is one of `names` or under one. No names mean all.
  std::vector<bool> KindsUnder(
      const google::protobuf::RepeatedPtrField<std::string>& names) const;
  // Whether the kind is known and marked.
  bool IsMarked(const std::vector<bool>& marks, KindNumber kind) const;

  v1::Schema definitions_;
  std::vector<Kind> kinds_;  // each after the one above it
  std::vector<Predicate> predicates_;
  absl::flat_hash_map<std::string, size_t> kind_by_name_;
  absl::flat_hash_map<KindNumber, size_t> kind_by_number_;
  absl::flat_hash_map<std::string, size_t> predicate_by_name_;  // and former names
  absl::flat_hash_map<std::string, size_t> predicate_by_inverse_;
  absl::flat_hash_map<PredicateNumber, size_t> predicate_by_number_;
  absl::flat_hash_map<std::string, size_t> qualifier_by_name_;
};

}  // namespace labgraph::schema

#endif  // LABGRAPH_SERVER_SCHEMA_ONTOLOGY_H_
