#include "client/cli/words/cut_words.h"

#include "absl/strings/str_cat.h"

namespace labgraph::cli {

std::string DescribeCut(v1::CutReason reason, absl::string_view what) {
  switch (reason) {
    case v1::CUT_REASON_UNSPECIFIED:
      return "";
    case v1::CUT_REASON_MAX_HITS:
      return absl::StrCat("the answer is cut: there are more ", what,
                          "; a larger --limit gives more");
    case v1::CUT_REASON_MAX_VISITED:
      return "the answer is cut: too many statements were looked at; a larger "
             "--max-visited gives more";
    case v1::CUT_REASON_DEADLINE:
      return "the answer is cut: the time was up; a longer --timeout gives more";
    default:
      return "the answer is cut";
  }
}

}  // namespace labgraph::cli
