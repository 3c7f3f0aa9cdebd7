#include "seed/bulk/import_name.h"

#include <openssl/sha.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace labgraph::seed {
namespace {

constexpr uint64_t kSampleBytes = 64 * 1024;

// `bytes` of the stream from `begin` on; fewer where it cannot be read.
std::string Sample(std::ifstream& stream, uint64_t begin, uint64_t bytes) {
  std::string sample(bytes, '\0');
  stream.seekg(static_cast<std::streamoff>(begin));
  stream.read(sample.data(), static_cast<std::streamsize>(bytes));
  sample.resize(static_cast<size_t>(stream.gcount()));
  return sample;
}

// With its length, so that no two lists of facts read the same.
void AddFact(absl::string_view fact, std::string* facts) {
  absl::StrAppend(facts, fact.size(), ":", fact);
}

std::string HexOfHash(absl::string_view facts) {
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(facts.data()), facts.size(), hash);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(hash), sizeof(hash)));
}

}  // namespace

absl::StatusOr<std::string> ImportName(const BulkFile& file) {
  namespace fs = std::filesystem;
  std::error_code error;
  const uint64_t size = fs::file_size(file.path, error);
  const fs::file_time_type changed =
      error ? fs::file_time_type() : fs::last_write_time(file.path, error);
  std::ifstream stream(file.path, std::ios::binary);
  if (error || !stream) {
    return absl::NotFoundError(absl::StrCat(file.path, ": the file cannot be opened"));
  }
  const uint64_t sample = std::min(size, kSampleBytes);
  std::string facts;
  AddFact(fs::path(file.path).filename().string(), &facts);
  AddFact(absl::StrCat(size), &facts);
  AddFact(absl::StrCat(changed.time_since_epoch().count()), &facts);
  AddFact(Sample(stream, 0, sample), &facts);
  AddFact(Sample(stream, size - sample, sample), &facts);
  AddFact(file.mapping_text, &facts);
  return absl::StrCat("labgraph-seed ", HexOfHash(facts));
}

}  // namespace labgraph::seed
