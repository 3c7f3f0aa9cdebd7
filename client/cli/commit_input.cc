#include "client/cli/commit_input.h"

#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/usage_error.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace labgraph::cli {
namespace {

constexpr char kStandardInput[] = "-";
// The field that tells a CommitRequest from a Mutation.
constexpr char kMutations[] = "mutations";

// Whether a text that begins with this line is one CommitRequest: on this line, or over
// several of which this is a part. Otherwise the line is to be a Mutation.
bool BeginsRequest(absl::string_view line) {
  google::protobuf::Struct object;
  if (ParseJson(line, object).ok()) return object.fields().count(kMutations) > 0;
  return !absl::EndsWith(absl::StripAsciiWhitespace(line), "}");
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
  std::ostringstream text;
  if (name == kStandardInput) {
    text << in.rdbuf();
    return text.str();
  }
  std::ifstream file(name, std::ios::binary);
  if (!file || file.peek() == std::ifstream::traits_type::eof()) {
    return UsageError(absl::StrCat("cannot read \"", name, "\", or it is empty"));
  }
  text << file.rdbuf();
  return text.str();
}

absl::StatusOr<v1::CommitRequest> ParseCommit(absl::string_view text,
                                              absl::string_view name) {
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
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), &message);
  if (status.ok()) return absl::OkStatus();
  const google::protobuf::StringPiece why = status.message();
  return absl::InvalidArgumentError(absl::string_view(why.data(), why.size()));
}

}  // namespace labgraph::cli
