#ifndef LABGRAPH_SEED_READER_PLAIN_SCALAR_H_
#define LABGRAPH_SEED_READER_PLAIN_SCALAR_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace labgraph::seed {

// What a scalar without quotes means by the core schema of YAML 1.2. So "yes", "2021-07"
// and "1_000" are texts.

// "true", "True", "TRUE" and the same of false.
absl::optional<bool> ParseBoolean(absl::string_view text);

// A whole number as sign and magnitude, so that every 64-bit type can be made of it.
struct WholeNumber {
  bool negative = false;
  uint64_t magnitude = 0;
};

// "12", "-12", "+12", "0o14", "0xC". Absent also for what passes 64 bits.
absl::optional<WholeNumber> ParseWholeNumber(absl::string_view text);

// A whole number, "1.5", ".5", "1e-3", ".inf", "-.inf" or ".nan".
absl::optional<double> ParseNumber(absl::string_view text);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_PLAIN_SCALAR_H_
