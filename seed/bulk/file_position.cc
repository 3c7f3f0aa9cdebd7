#include "seed/bulk/file_position.h"

#include <algorithm>
#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace labgraph::seed {
namespace {

constexpr uint64_t kBlockBytes = 1024 * 1024;
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

int CountLineEnds(absl::string_view text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

uint64_t ByteOrderMarkBytes(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  char start[kByteOrderMark.size()] = {};
  stream.read(start, sizeof(start));
  const bool found = absl::string_view(start, sizeof(start)) == kByteOrderMark;
  return found ? kByteOrderMark.size() : 0;
}

absl::StatusOr<FilePosition> LocateByte(const std::string& path, uint64_t byte) {
  std::ifstream stream(path, std::ios::binary);
  std::string block(std::min(byte, kBlockBytes), '\0');
  FilePosition position;
  while (position.byte < byte) {
    const uint64_t bytes = std::min<uint64_t>(byte - position.byte, block.size());
    stream.read(block.data(), static_cast<std::streamsize>(bytes));
    if (!stream) {
      return absl::DataLossError(
          absl::StrCat(path, ": the file cannot be read up to byte ", byte));
    }
    position.byte += bytes;
    position.line += CountLineEnds(absl::string_view(block.data(), bytes));
  }
  return position;
}

}  // namespace labgraph::seed
