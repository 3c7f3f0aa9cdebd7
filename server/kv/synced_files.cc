#include "server/kv/synced_files.h"

#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "server/base/errors.h"
#include "server/base/log.h"
#include "server/base/status_macros.h"

namespace labgraph::kv {
namespace {

constexpr absl::string_view kHeader = "labgraph synced ";
constexpr absl::string_view kEnd = "end ";

uint32_t Crc(uint32_t crc, absl::string_view data) {
  return static_cast<uint32_t>(
      crc32_z(crc, reinterpret_cast<const Bytef*>(data.data()), data.size()));
}

std::string EndLine(absl::string_view before) {
  return absl::StrCat(kEnd, absl::Hex(Crc(0, before), absl::kZeroPad8), "\n");
}

bool ParseExtent(absl::string_view line, SyncedFiles* synced) {
  const std::vector<absl::string_view> fields = absl::StrSplit(line, ' ');
  Extent extent;
  if (fields.size() != 3 || !absl::SimpleAtoi(fields[1], &extent.bytes) ||
      !absl::SimpleHexAtoi(fields[2], &extent.crc)) {
    return false;
  }
  synced->extents[std::string(fields[0])] = extent;
  return true;
}

absl::Status Lost(const std::string& path, absl::string_view problem) {
  return errors::StorageCorrupt(
      path, absl::StrCat("\"", path, "\" ", problem,
                         ", so that acknowledged writes are lost. Restore the directory "
                         "from a backup, or remove the file ",
                         kSyncedFile, " from it to open what is left."));
}

absl::Status CheckFile(const std::string& path, const Extent& extent) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Lost(path, "is missing or cannot be read");
  std::string buffer(1 << 20, '\0');
  Extent found;
  while (found.bytes < extent.bytes) {
    file.read(buffer.data(), static_cast<std::streamsize>(std::min<uint64_t>(
                                 buffer.size(), extent.bytes - found.bytes)));
    if (file.gcount() == 0) break;
    found.Append({buffer.data(), static_cast<size_t>(file.gcount())});
  }
  if (found.bytes < extent.bytes) {
    return Lost(path, absl::StrCat("ends after ", found.bytes, " of the ", extent.bytes,
                                   " bytes that were on disk"));
  }
  if (found.crc != extent.crc) {
    return Lost(path, absl::StrCat("has other bytes than were written, among its first ",
                                   extent.bytes));
  }
  return absl::OkStatus();
}

}  // namespace

void Extent::Append(absl::string_view data) {
  bytes += data.size();
  crc = Crc(crc, data);
}

std::string SyncedFiles::Encode() const {
  std::string record = absl::StrCat(kHeader, generation, "\n");
  const size_t room = kSyncedSlotBytes - EndLine(record).size();
  for (const auto& [name, extent] : extents) {
    const std::string line = absl::StrCat(name, " ", extent.bytes, " ",
                                          absl::Hex(extent.crc, absl::kZeroPad8), "\n");
    if (record.size() + line.size() > room) break;
    record += line;
  }
  return record + EndLine(record);
}

absl::optional<SyncedFiles> SyncedFiles::Decode(absl::string_view slot) {
  SyncedFiles synced;
  size_t position = 0;
  for (bool first = true;; first = false) {
    const size_t end = slot.find('\n', position);
    if (end == absl::string_view::npos) return absl::nullopt;
    absl::string_view line = slot.substr(position, end - position);
    if (!first && absl::StartsWith(line, kEnd)) {
      if (absl::StrCat(line, "\n") != EndLine(slot.substr(0, position))) {
        return absl::nullopt;
      }
      return synced;
    }
    const bool fits = first ? absl::ConsumePrefix(&line, kHeader) &&
                                  absl::SimpleAtoi(line, &synced.generation)
                            : ParseExtent(line, &synced);
    if (!fits) return absl::nullopt;
    position = end + 1;
  }
}

bool IsAppendedFile(absl::string_view name) {
  return absl::StartsWith(name, "MANIFEST-") || absl::EndsWith(name, ".log");
}

absl::StatusOr<SyncedFiles> ReadSyncedFiles(const std::string& directory) {
  const std::string path = absl::StrCat(directory, "/", kSyncedFile);
  std::ifstream file(path, std::ios::binary);
  if (!file) return SyncedFiles();
  std::string content(2 * kSyncedSlotBytes, '\0');
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (file.bad()) {
    return errors::StorageFailed(
        absl::StrCat("\"", path, "\" cannot be read; check the disk."));
  }
  absl::optional<SyncedFiles> newest;
  for (size_t slot = 0; slot < 2; ++slot) {
    absl::optional<SyncedFiles> synced = SyncedFiles::Decode(
        absl::string_view(content).substr(slot * kSyncedSlotBytes, kSyncedSlotBytes));
    if (!synced.has_value()) continue;
    if (!newest.has_value() || synced->generation > newest->generation) newest = synced;
  }
  if (newest.has_value()) return *newest;
  Log(LogLevel::kWarning,
      absl::StrCat("\"", path,
                   "\" holds no whole record: the ends of logs are not checked."));
  return SyncedFiles();
}

absl::Status CheckSyncedFiles(const std::string& directory, const SyncedFiles& synced) {
  for (const auto& [name, extent] : synced.extents) {
    RETURN_IF_ERROR(CheckFile(absl::StrCat(directory, "/", name), extent));
  }
  return absl::OkStatus();
}

}  // namespace labgraph::kv
