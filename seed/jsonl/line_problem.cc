#include "seed/jsonl/line_problem.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"
#include "labgraph/v1/editor_service.pb.h"
#include "seed/reader/describe.h"
#include "seed/reader/exact_number.h"
#include "seed/reader/message_reader.h"
#include "seed/reader/nearest_name.h"
#include "seed/reader/shown_text.h"

namespace labgraph::seed {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr absl::string_view kExample =
    "a mutation on one line, such as {\"put_entity\": {\"id\": \"lab/exit\"}}, would be "
    "right";
constexpr size_t kNone = absl::string_view::npos;

// The offset behind the text in quotes that begins at `offset`.
size_t SkipQuoted(absl::string_view line, size_t offset) {
  const char quote = line[offset];
  for (++offset; offset < line.size() && line[offset] != quote; ++offset) {
    if (line[offset] == '\\') ++offset;
  }
  return offset + 1;
}

// The column of the only place in the line where that stands; 0 where it stands nowhere
// or in several.
int ColumnOf(absl::string_view line, absl::string_view what) {
  const size_t at = line.find(what);
  if (what.empty() || at == kNone || line.find(what, at + 1) != kNone) return 0;
  return static_cast<int>(at) + 1;
}

int ColumnOfKey(absl::string_view line, absl::string_view key) {
  return ColumnOf(line, absl::StrCat("\"", key, "\""));
}

// Where the parser's drawing has its mark: a piece of the line, and a ^ below it.
int ColumnDrawn(absl::string_view line, absl::string_view complaint) {
  const std::vector<absl::string_view> lines = absl::StrSplit(complaint, '\n');
  if (lines.size() < 3) return 0;
  const size_t mark = lines[2].find('^');
  const int piece = ColumnOf(line, lines[1]);
  return mark == kNone || piece == 0 ? 0 : piece + static_cast<int>(mark);
}

// "aliases" of "put_entity.aliases[0]".
absl::string_view LastName(absl::string_view path) {
  path.remove_prefix(path.rfind('.') + 1);  // npos + 1 is 0
  return path.substr(0, path.find('['));
}

// The field at the end of a path; null where there is none of the messages' own.
const FieldDescriptor* FindField(absl::string_view path) {
  const Descriptor* type = v1::Mutation::descriptor();
  const FieldDescriptor* field = nullptr;
  for (absl::string_view name : absl::StrSplit(path, '.')) {
    field =
        type == nullptr ? nullptr : type->FindFieldByName(std::string(LastName(name)));
    if (field == nullptr) return nullptr;
    type = field->message_type();
  }
  return field;
}

// The message behind a path; null where there is none of the API's own.
const Descriptor* FindMessage(absl::string_view path) {
  if (path.empty()) return v1::Mutation::descriptor();
  const FieldDescriptor* field = FindField(path);
  return field == nullptr ? nullptr : field->message_type();
}

// What belongs into a field. Unlike YAML, JSON has the full names of enum values.
std::string WouldBeRight(const FieldDescriptor& field) {
  if (field.enum_type() == nullptr) {
    return absl::StrCat(Describe(field), " would be right");
  }
  std::vector<std::string> names;
  for (int i = 0; i < field.enum_type()->value_count(); ++i) {
    names.push_back(field.enum_type()->value(i)->name());
  }
  return absl::StrCat("one of ", absl::StrJoin(names, ", "), " would be right");
}

// "(put_entity) idd: Cannot find field." At the root without a path.
LineProblem ExplainUnknownField(absl::string_view line, absl::string_view path,
                                absl::string_view name) {
  const Descriptor* type = FindMessage(path);
  std::vector<std::string> names;
  if (type != nullptr) names = WritableFieldNames(*type);
  return {ColumnOfKey(line, name),
          absl::StrCat(path.empty() ? "a mutation" : path, " has no field \"",
                       ShownText(name), "\"", DidYouMean(name, names),
                       "; its fields are ", absl::StrJoin(names, ", "))};
}

// "(put_entity.placeholder): invalid value 3 for type TYPE_BOOL"
LineProblem ExplainValue(absl::string_view line, absl::string_view path,
                         absl::string_view value) {
  if (absl::StrContains(value, "oneof field")) {
    const std::vector<absl::string_view> quoted = absl::StrSplit(value, '\'');
    const absl::string_view second = quoted.size() > 3 ? quoted[3] : "";
    return {ColumnOfKey(line, second),
            absl::StrCat(second, " stands beside another field of \"",
                         quoted.size() > 1 ? quoted[1] : "",
                         "\"; one of them would be right")};
  }
  const FieldDescriptor* field = FindField(path);
  return {ColumnOfKey(line, LastName(path)),
          absl::StrCat(
              path, " is ", ShownText(value), "; ",
              field == nullptr ? "another value would be right" : WouldBeRight(*field))};
}

}  // namespace

absl::optional<LineProblem> FindInexactNumber(absl::string_view line) {
  size_t offset = 0;
  while (offset < line.size()) {
    if (line[offset] == '"' || line[offset] == '\'') {
      offset = SkipQuoted(line, offset);
      continue;
    }
    size_t end = offset;
    while (end < line.size() &&
           (absl::ascii_isalnum(line[end]) || absl::StrContains("+-._", line[end]))) {
      ++end;
    }
    const absl::string_view word = line.substr(offset, end - offset);
    if (!IsExactIfWhole(word)) {
      return LineProblem{static_cast<int>(offset) + 1, DescribeInexact(word)};
    }
    offset = end == offset ? offset + 1 : end;
  }
  return absl::nullopt;
}

LineProblem ExplainRefusal(absl::string_view line, absl::string_view complaint) {
  absl::string_view what =
      absl::StripAsciiWhitespace(complaint.substr(0, complaint.find('\n')));
  const int drawn = ColumnDrawn(line, complaint);
  absl::string_view path;
  if (absl::ConsumePrefix(&what, "(")) {
    path = what.substr(0, what.find(')'));
    what.remove_prefix(std::min(what.size(), path.size() + 1));
  }
  while (absl::ConsumePrefix(&what, ":") || absl::ConsumePrefix(&what, " ")) {
  }
  if (absl::ConsumeSuffix(&what, ": Cannot find field.")) {
    return ExplainUnknownField(line, path, what);
  }
  if (absl::ConsumePrefix(&what, "invalid value ")) {
    return ExplainValue(line, path, what.substr(0, what.rfind(" for type ")));
  }
  if (absl::StartsWith(what, "Root element")) {
    return {0, absl::StrCat("no object of JSON; ", kExample)};
  }
  if (absl::StartsWith(what, "JSON transcoder") || absl::StrContains(what, "too deep")) {
    return {
        0,
        "lists and objects in one another are too deep to be read; fewer levels would "
        "be right"};
  }
  absl::ConsumeSuffix(&what, ".");
  if (drawn > 0 || path.empty()) {
    return {drawn, absl::StrCat("malformed JSON (", what, "); ", kExample)};
  }
  return {ColumnOfKey(line, LastName(path)), absl::StrCat(path, ": ", what)};
}

}  // namespace labgraph::seed
