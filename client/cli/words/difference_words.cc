#include "client/cli/words/difference_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace labgraph::cli {
namespace {

absl::string_view OrNone(absl::string_view json) { return json.empty() ? "none" : json; }

}  // namespace

std::string DescribeDifferences(
    const google::protobuf::RepeatedPtrField<v1::FieldDifference>& differences) {
  return absl::StrJoin(
      differences, "; ", [](std::string* out, const v1::FieldDifference& difference) {
        absl::StrAppend(out, difference.field(), ": ", OrNone(difference.before()), " → ",
                        OrNone(difference.after()));
      });
}

}  // namespace labgraph::cli
