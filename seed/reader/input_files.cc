#include "seed/reader/input_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

namespace labgraph::seed {
namespace {

namespace fs = std::filesystem;

absl::optional<InputFile::Format> FormatOf(const std::string& path) {
  if (absl::EndsWith(path, ".map.yaml") || absl::EndsWith(path, ".map.yml")) {
    return InputFile::Format::kMapping;
  }
  if (absl::EndsWith(path, ".yaml") || absl::EndsWith(path, ".yml")) {
    return InputFile::Format::kFixture;
  }
  if (absl::EndsWith(path, ".jsonl")) return InputFile::Format::kJsonLines;
  return absl::nullopt;
}

void AddDirectory(const std::string& directory, std::vector<InputFile>* files,
                  Problems* problems) {
  std::error_code error;
  std::vector<InputFile> found;
  for (fs::directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    const std::string path = it->path().string();
    absl::optional<InputFile::Format> format = FormatOf(path);
    std::error_code ignored;
    if (format.has_value() && it->is_regular_file(ignored))
      found.push_back({path, *format});
  }
  if (error) {
    problems->push_back(
        {directory, {}, absl::StrCat("cannot be listed: ", error.message())});
    return;
  }
  if (found.empty()) {
    problems->push_back({directory, {}, "a directory without *.yaml or *.jsonl"});
  }
  std::sort(found.begin(), found.end(),
            [](const InputFile& a, const InputFile& b) { return a.path < b.path; });
  files->insert(files->end(), found.begin(), found.end());
}

}  // namespace

std::vector<InputFile> FindInputFiles(const std::vector<std::string>& arguments,
                                      Problems* problems) {
  std::vector<InputFile> files;
  for (const std::string& argument : arguments) {
    std::error_code ignored;
    if (fs::is_directory(argument, ignored)) {
      AddDirectory(argument, &files, problems);
    } else if (!fs::exists(argument, ignored)) {
      problems->push_back({argument, {}, "no such file or directory"});
    } else if (auto format = FormatOf(argument); format.has_value()) {
      files.push_back({argument, *format});
    } else {
      problems->push_back({argument,
                           {},
                           "of no known format; *.yaml or *.jsonl would be right, and "
                           "for CSV a mapping, *.map.yaml, that names the file"});
    }
  }
  return files;
}

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return absl::NotFoundError(absl::StrCat("cannot be opened: ", std::strerror(errno)));
  }
  std::error_code error;
  const uintmax_t size = fs::file_size(path, error);
  if (!error && size > max_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(size, " bytes; at most ", max_bytes,
                     " are read of such a file, more data goes into JSON lines or CSV"));
  }
  std::string text{std::istreambuf_iterator<char>(stream),
                   std::istreambuf_iterator<char>()};
  if (stream.bad()) return absl::DataLossError("cannot be read to its end");
  return text;
}

}  // namespace labgraph::seed
