#include "seed/reader/jsonl_reader.h"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/util/json_util.h"
#include "seed/reader/utf8.h"

namespace labgraph::seed {
namespace {

// The parser's complaint without the drawing it puts below.
std::string FirstLine(absl::string_view message) {
  std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(message, absl::MaxSplits('\n', 1));
  return std::string(absl::StripAsciiWhitespace(parts.first));
}

}  // namespace

JsonlReader::JsonlReader(std::string path)
    : path_(std::move(path)), stream_(path_, std::ios::binary) {
  std::error_code error;
  const uintmax_t size = std::filesystem::file_size(path_, error);
  if (!error) file_bytes_ = size;
}

JsonlReader::Result JsonlReader::Next(v1::Mutation* mutation, Problems* problems) {
  if (line_ == 0 && !stream_.is_open()) {
    line_ = 1;
    return Fail(0, "the file cannot be opened", problems);
  }
  do {
    if (!ReadLine()) return Result::kEnd;
  } while (absl::StripAsciiWhitespace(text_).empty());
  if (text_.size() > kMaxLineBytes) {
    return Fail(0, absl::StrCat("a line of more than ", kMaxLineBytes, " bytes"),
                problems);
  }
  if (size_t valid = ValidUtf8Prefix(text_); valid != text_.size()) {
    return Fail(static_cast<int>(valid) + 1, "bytes that are not UTF-8", problems);
  }
  mutation->Clear();
  auto status = google::protobuf::util::JsonStringToMessage(text_, mutation);
  if (!status.ok()) {
    return Fail(
        0,
        absl::StrCat("no mutation in JSON: ", FirstLine(std::string(status.message()))),
        problems);
  }
  if (mutation->op_case() == v1::Mutation::OP_NOT_SET) {
    return Fail(0,
                "a mutation that does nothing; one of put_entity, put_statement, "
                "retract_statement, delete_entity is required",
                problems);
  }
  return Result::kMutation;
}

bool JsonlReader::ReadLine() {
  constexpr int kEndOfFile = std::filebuf::traits_type::eof();
  std::streambuf* buffer = stream_.rdbuf();
  int c = buffer->sbumpc();
  if (c == kEndOfFile) return false;
  text_.clear();
  for (; c != kEndOfFile; c = buffer->sbumpc()) {
    ++bytes_read_;
    if (c == '\n') break;
    if (text_.size() <= kMaxLineBytes) text_.push_back(static_cast<char>(c));
  }
  ++line_;
  return true;
}

JsonlReader::Result JsonlReader::Fail(int column, const std::string& message,
                                      Problems* problems) {
  problems->push_back({path_, {line_, column}, message});
  return Result::kProblem;
}

}  // namespace labgraph::seed
