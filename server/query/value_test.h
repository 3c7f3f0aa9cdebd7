#ifndef LABGRAPH_SERVER_QUERY_VALUE_TEST_H_
#define LABGRAPH_SERVER_QUERY_VALUE_TEST_H_

#include <functional>

#include "absl/status/statusor.h"
#include "google/protobuf/struct.pb.h"
#include "labgraph/v1/schema.pb.h"
#include "server/query/comparison.h"

namespace labgraph::query {

// Whether a property's value satisfies a comparison. For kNotEqual: whether the value may
// be equal.
using ValueTest = std::function<bool(const google::protobuf::Value&)>;

// The test for values of the property. A stored value of another type satisfies none.
// Errors: FILTER_MALFORMED.
absl::StatusOr<ValueTest> MakeValueTest(const v1::Predicate& property,
                                        const Comparison& comparison,
                                        const FilterSource& source);

// The truth value that a comparison of a BOOLEAN is with. Errors: FILTER_MALFORMED.
absl::StatusOr<bool> WantedBoolean(const Comparison& comparison,
                                   const FilterSource& source);

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_VALUE_TEST_H_
