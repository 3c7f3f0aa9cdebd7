#include "server/search/word_cursor.h"

#include "server/keys/codec.h"
#include "server/keys/keyspaces.h"
#include "server/search/name_index.h"

namespace labgraph::search {
namespace {

// Rows to step over before seeking past the rest: a step costs far less than a seek, and
// most words have few rows.
constexpr int kStepsBeforeSeek = 16;

}  // namespace

absl::string_view WordOfKey(absl::string_view key) { return keys::Decoder(key).Text(); }

std::string WordPrefix(absl::string_view word) {
  std::string prefix;
  keys::AppendText(word, &prefix);
  return prefix;
}

WordCursor::WordCursor(const graph::VersionedReader& rows)
    : rows_(rows), scan_(rows.Scan(keys::kText, "", kFirstWord)) {
  ReadWord();
}

void WordCursor::SkipTo(absl::string_view start) {
  for (int step = 0; scan_.Valid() && scan_.key() < start; ++step) {
    if (step == kStepsBeforeSeek) {
      scan_ = rows_.Scan(keys::kText, "", start);
      break;
    }
    scan_.Next();
  }
  ReadWord();
}

void WordCursor::ReadWord() {
  if (scan_.Valid()) word_ = std::string(WordOfKey(scan_.key()));
}

}  // namespace labgraph::search
