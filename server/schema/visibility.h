#ifndef LABGRAPH_SERVER_SCHEMA_VISIBILITY_H_
#define LABGRAPH_SERVER_SCHEMA_VISIBILITY_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace labgraph::schema {

// The authorisations of a caller. Until callers have identities everyone holds all.
class Authorizations {
 public:
  static Authorizations All() { return Authorizations(true, {}); }
  explicit Authorizations(absl::flat_hash_set<std::string> names)
      : Authorizations(false, std::move(names)) {}

  // Everyone holds "public".
  bool Holds(absl::string_view name) const;

 private:
  Authorizations(bool all, absl::flat_hash_set<std::string> names)
      : all_(all), names_(std::move(names)) {}

  bool all_;
  absl::flat_hash_set<std::string> names_;
};

// A boolean expression over authorisations that says who may see a record:
//
//   expression = term *( "|" term )
//   term       = factor *( "&" factor )
//   factor     = name / "(" expression ")"
//   name       = 1*64( a-z / 0-9 / "_" / "-" / "." / ":" ), beginning with a letter
//
// with spaces between tokens. There is no NOT: holding more never shows less. Immutable.
class Visibility {
 public:
  // The limit on bytes holds for the canonical form too, so that what is stored can be
  // written again. Errors: VISIBILITY_MALFORMED, LIMIT_EXCEEDED (kVisibilityBytes,
  // kVisibilityDepth, kAuthorizationBytes), all at field "". An empty or blank text is
  // "public".
  static absl::StatusOr<Visibility> Parse(absl::string_view text);

  bool VisibleTo(const Authorizations& authorizations) const;

  // The same text for the same meaning as far as order, spaces, brackets, duplicates and
  // "public" go: "b&a" and "( a ) & b" both give "a & b". Names stand before groups. This
  // is what is stored.
  const std::string& canonical() const { return canonical_; }

 private:
  // Tree and its parser: private to visibility.cc.
  struct Node;
  class Parser;

  explicit Visibility(Node root);

  std::shared_ptr<const Node> root_;
  std::string canonical_;
};

}  // namespace labgraph::schema

#endif  // LABGRAPH_SERVER_SCHEMA_VISIBILITY_H_
