#ifndef LABGRAPH_INTERNAL_REQUEST_CHECKS_H_
#define LABGRAPH_INTERNAL_REQUEST_CHECKS_H_

// Mistakes that the builders of queries find before anything is sent.

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/read_options.pb.h"

namespace labgraph::client::internal {

// An error where `number` is 0, which on the wire would mean the default.
absl::Status CheckPositive(uint64_t number, absl::string_view field);

// An error where a certainty is asked for without a day.
absl::Status CheckRead(const v1::ReadOptions& read);

}  // namespace labgraph::client::internal

#endif  // LABGRAPH_INTERNAL_REQUEST_CHECKS_H_
