#ifndef LABGRAPH_CLIENT_CLI_WORDS_LANGUAGES_H_
#define LABGRAPH_CLIENT_CLI_WORDS_LANGUAGES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/map.h"

namespace labgraph::cli {

// Which language to show where there are several. Immutable.
class Languages {
 public:
  using TextByLang = google::protobuf::Map<std::string, std::string>;

  // `preferred` as ReadOptions.lang: "nl,en".
  explicit Languages(absl::string_view preferred);

  // The text in the best language there is; failing those preferred, English, then the
  // first tag in alphabetical order. Empty when there is none.
  std::string Pick(const TextByLang& texts) const;

 private:
  std::vector<std::string> tags_;
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_WORDS_LANGUAGES_H_
