#ifndef LABGRAPH_SERVER_SEARCH_WORD_CURSOR_H_
#define LABGRAPH_SERVER_SEARCH_WORD_CURSOR_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "server/graph/versioned_reader.h"

namespace labgraph::search {

// Walks the different words of the text index in order of their bytes, as they stood at a
// revision; see name_index.h for its rows. Not thread-safe; must not outlive what
// `rows` reads from.
class WordCursor {
 public:
  // Stands at the first word.
  explicit WordCursor(const graph::VersionedReader& rows);

  // Moves on to the first word >= `start`; stays where it is when it is there already.
  // REQUIRES: Valid().
  void SkipTo(absl::string_view start);

  bool Valid() const { return scan_.Valid(); }
  // The error that ended the walk; OK at an ordinary end.
  const absl::Status& status() const { return scan_.status(); }
  // Valid until the cursor moves. REQUIRES: Valid().
  const std::string& word() const { return word_; }

 private:
  void ReadWord();

  graph::VersionedReader rows_;
  graph::RowScan scan_;
  std::string word_;
};

// The word of a key of kText.
absl::string_view WordOfKey(absl::string_view key);

// What all keys of a word in kText begin with, and no others.
std::string WordPrefix(absl::string_view word);

}  // namespace labgraph::search

#endif  // LABGRAPH_SERVER_SEARCH_WORD_CURSOR_H_
