#ifndef LABGRAPH_CLIENT_CLI_LABELS_H_
#define LABGRAPH_CLIENT_CLI_LABELS_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "labgraph/connection.h"

namespace labgraph::cli {

// What predicates and entities are called, in the reader's language. Immutable.
class Labels {
 public:
  Labels() = default;

  // Asks for the labels of the predicates and objects of these statements, as they are
  // at `revision`, in the languages of `read`.
  static absl::StatusOr<Labels> Fetch(
      client::Connection& connection, const v1::ReadOptions& read, uint64_t revision,
      const google::protobuf::RepeatedPtrField<v1::Statement>& statements);

  // The predicate's own name where it has no label.
  std::string OfPredicate(absl::string_view name) const;
  // Empty where there is none.
  std::string OfEntity(absl::string_view id) const;

 private:
  absl::flat_hash_map<std::string, std::string> predicates_;
  absl::flat_hash_map<std::string, std::string> entities_;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_LABELS_H_
