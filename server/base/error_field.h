#ifndef LABGRAPH_SERVER_BASE_ERROR_FIELD_H_
#define LABGRAPH_SERVER_BASE_ERROR_FIELD_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace labgraph {

// `status` with `field` in the place of the path of its field, for errors about what a
// request leads to and has no field for. An OK status and one without a field are
// returned as they are. See AtField.
absl::Status WithField(absl::Status status, absl::string_view field);

}  // namespace labgraph

#endif  // LABGRAPH_SERVER_BASE_ERROR_FIELD_H_
