#ifndef LABGRAPH_SERVER_QUERY_TEXT_TEST_H_
#define LABGRAPH_SERVER_QUERY_TEXT_TEST_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/query/comparison.h"

namespace labgraph::query {

using TextTest = std::function<bool(absl::string_view)>;

// `=` and `!=` test for the very text, `:` for a part of it whatever the case. The test
// for kNotEqual is that of kEqual. Errors: FILTER_MALFORMED for an order.
absl::StatusOr<TextTest> MakeTextTest(const Comparison& comparison,
                                      const FilterSource& source);

// `text` in one case by Unicode's simple case folding, character by character; bytes that
// are not UTF-8 become U+FFFD.
std::string FoldCase(absl::string_view text);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_TEXT_TEST_H_
