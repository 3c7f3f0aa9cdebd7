#include "client/cli/commit_input.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "client/cli/output/display_width.h"
#include "client/cli/usage_error.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace labgraph::cli {
namespace {

constexpr char kStandardInput[] = "-";
// Some editors put it first.
constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";
// The field that tells a CommitRequest from a Mutation.
constexpr char kMutations[] = "mutations";

// Whether a text that begins with this line is one CommitRequest: on this line, or over
// several of which this is a part. Otherwise the line is to be a Mutation.
bool BeginsRequest(absl::string_view line) {
  google::protobuf::Struct object;
  if (ParseJson(line, object).ok()) return object.fields().count(kMutations) > 0;
  return !absl::EndsWith(absl::StripAsciiWhitespace(line), "}");
}

// Of a text that begins with a number, what can belong to it.
absl::string_view NumberAt(absl::string_view text) {
  return text.substr(0, text.find_first_not_of("+-.0123456789Ee"));
}

// Whether the number is one that a double holds, or none that is written as a whole one.
bool IsExact(absl::string_view number) {
  absl::string_view digits = absl::StripPrefix(number, "-");
  if (digits.find_first_not_of("0123456789") != absl::string_view::npos) return true;
  double nearest = 0;
  return absl::SimpleAtod(digits, &nearest) && absl::StrFormat("%.0f", nearest) == digits;
}

// JSON's numbers become doubles on their way into a message, the nearest without a word.
absl::Status CheckWholeNumbers(absl::string_view json) {
  bool in_string = false;
  for (size_t i = 0; i < json.size(); ++i) {
    if (in_string && json[i] == '\\') {
      ++i;
    } else if (json[i] == '"') {
      in_string = !in_string;
    } else if (!in_string && (json[i] == '-' || absl::ascii_isdigit(json[i]))) {
      const absl::string_view number = NumberAt(json.substr(i));
      if (!IsExact(number)) {
        return absl::InvalidArgumentError(
            absl::StrCat("\"", number, "\" has no exact JSON number; a finite number, ",
                         "whole ones that a double holds exactly, or a text in quotes "
                         "would be right"));
      }
      i += number.size() - 1;
    }
  }
  return absl::OkStatus();
}

absl::Status ErrorIn(absl::string_view name, const absl::Status& error) {
  return UsageError(absl::StrCat(name, ": ", error.message()));
}

absl::StatusOr<v1::CommitRequest> ParseLines(const std::vector<absl::string_view>& lines,
                                             absl::string_view name) {
  v1::CommitRequest request;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (absl::StripAsciiWhitespace(lines[i]).empty()) continue;
    const absl::Status status = ParseJson(lines[i], *request.add_mutations());
    if (!status.ok()) return ErrorIn(absl::StrCat(name, ":", i + 1), status);
  }
  return request;
}

}  // namespace

absl::StatusOr<std::string> ReadInput(const std::string& name, std::istream& in) {
  std::ostringstream stream;
  if (name == kStandardInput) {
    stream << in.rdbuf();
  } else {
    errno = 0;
    std::ifstream file(name, std::ios::binary);
    const bool is_empty = file && file.peek() == std::ifstream::traits_type::eof();
    if (!file.is_open() || file.bad()) {
      return UsageError(
          absl::StrCat("cannot read \"", name, "\": ", std::strerror(errno)));
    }
    if (is_empty) return UsageError(absl::StrCat("\"", name, "\" is empty"));
    stream << file.rdbuf();
  }
  std::string text = stream.str();
  if (!IsUtf8(text)) {
    return UsageError(
        absl::StrCat("\"", name, "\" has bytes that are not UTF-8; save it as UTF-8"));
  }
  return text;
}

absl::StatusOr<v1::CommitRequest> ParseCommit(absl::string_view text,
                                              absl::string_view name) {
  text = absl::StripPrefix(text, kByteOrderMark);
  const absl::string_view content = absl::StripLeadingAsciiWhitespace(text);
  if (content.empty()) return UsageError(absl::StrCat(name, ": there is nothing in it"));
  const absl::string_view first_line = content.substr(0, content.find('\n'));
  if (!BeginsRequest(first_line)) return ParseLines(absl::StrSplit(text, '\n'), name);
  v1::CommitRequest request;
  const absl::Status status = ParseJson(content, request);
  if (!status.ok()) return ErrorIn(name, status);
  return request;
}

absl::Status ParseJson(absl::string_view json, google::protobuf::Message& message) {
  if (absl::Status exact = CheckWholeNumbers(json); !exact.ok()) return exact;
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), &message);
  if (status.ok()) return absl::OkStatus();
  const google::protobuf::StringPiece why = status.message();
  return absl::InvalidArgumentError(absl::string_view(why.data(), why.size()));
}

}  // namespace labgraph::cli
