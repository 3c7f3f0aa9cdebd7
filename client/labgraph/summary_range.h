#ifndef LABGRAPH_SUMMARY_RANGE_H_
#define LABGRAPH_SUMMARY_RANGE_H_

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "labgraph/range.h"

namespace labgraph::client {

// A range whose answer ends with a summary: what was read, and whether and why it was
// cut.
template <typename T, typename Summary>
class SummaryRange : public Range<T> {
 public:
  // `summary` is filled by `source` before it gives the end or an error.
  SummaryRange(typename Range<T>::Source source,
               std::shared_ptr<const absl::StatusOr<Summary>> summary)
      : Range<T>(std::move(source)), summary_(std::move(summary)) {}

  // Reads what is left, if anything, and gives the summary; or the error that ended the
  // range.
  absl::StatusOr<Summary> Finish() {
    while (this->Next().has_value()) {
    }
    return *summary_;
  }

 private:
  std::shared_ptr<const absl::StatusOr<Summary>> summary_;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_SUMMARY_RANGE_H_
