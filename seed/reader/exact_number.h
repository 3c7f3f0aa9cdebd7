#ifndef LABGRAPH_SEED_READER_EXACT_NUMBER_H_
#define LABGRAPH_SEED_READER_EXACT_NUMBER_H_

#include <string>

#include "absl/strings/string_view.h"

namespace labgraph::seed {

// The numbers of JSON values are doubles. A fraction may be rounded to the nearest one; a
// whole number, which as often is a key as an amount, may not.

// Whether a double holds the whole number that `text` writes in decimal digits, with or
// without a sign. True of every other text.
bool IsExactIfWhole(absl::string_view text);

// "9007199254740993 would be rounded as a number; a text would be right", for one that is
// not exact.
std::string DescribeInexact(absl::string_view text);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_EXACT_NUMBER_H_
