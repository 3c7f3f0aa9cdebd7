#ifndef LABGRAPH_SEED_CSV_COLUMNS_H_
#define LABGRAPH_SEED_CSV_COLUMNS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace labgraph::seed {

// The columns of a CSV file. Immutable.
class Columns {
 public:
  // `origin` says where their names stand, for messages: "airports.csv has".
  Columns(std::vector<std::string> names, std::string origin)
      : names_(std::move(names)), origin_(std::move(origin)) {}

  const std::vector<std::string>& names() const { return names_; }
  size_t size() const { return names_.size(); }

  // The number of a column, from 0. An error says what is wrong with the name and what
  // would be right.
  absl::StatusOr<int> Find(absl::string_view name) const;

 private:
  std::vector<std::string> names_;
  std::string origin_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CSV_COLUMNS_H_
