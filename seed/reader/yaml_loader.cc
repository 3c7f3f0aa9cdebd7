#include "seed/reader/yaml_loader.h"

#include <algorithm>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "seed/reader/utf8.h"
#include "seed/reader/yaml_tree_builder.h"
#include "yaml-cpp/exceptions.h"
#include "yaml-cpp/parser.h"

namespace labgraph::seed {
namespace {

Position PositionOf(absl::string_view text, size_t offset) {
  absl::string_view before = text.substr(0, offset);
  size_t line_start = before.rfind('\n');
  line_start = line_start == absl::string_view::npos ? 0 : line_start + 1;
  return Position{static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
                  static_cast<int>(offset - line_start) + 1};
}

// The offset of a position; the end of the text when it lies behind it.
size_t OffsetOf(absl::string_view text, Position position) {
  size_t offset = 0;
  for (int line = 1; line < position.line; ++line) {
    offset = text.find('\n', offset);
    if (offset == absl::string_view::npos) return text.size();
    ++offset;
  }
  return std::min(text.size(), offset + position.column - 1);
}

// Whether the quote that opens at or behind `offset` is closed. The parser takes the end
// of the file for a closing quote and says nothing.
bool QuoteIsClosed(absl::string_view text, size_t offset) {
  offset = text.find_first_of("\"'|>", offset);
  if (offset == absl::string_view::npos) return true;
  const char quote = text[offset];
  if (quote != '"' && quote != '\'') return true;
  for (size_t i = offset + 1; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && quote == '"';
    const bool doubled = quote == '\'' && text.substr(i, 2) == "''";
    if (escape || doubled) {
      ++i;
    } else if (text[i] == quote) {
      return true;
    }
  }
  return false;
}

// What the parser's terse words mean to someone who writes YAML.
std::string Explain(const std::string& message) {
  return absl::StrReplaceAll(
      message, {{"illegal map value",
                 "a colon where none can be; quote a text that has \": \" in it, "
                 "and give keys of one map the same indentation"},
                {"illegal map key", "a key where none can be; check the indentation"},
                {"illegal block entry",
                 "a list item where none can be; check the indentation, and "
                 "use no tabs"},
                {"end of sequence flow not found",
                 "a list that opens with \"[\" and is not closed; "
                 "\"]\" is missing"},
                {"end of map flow not found",
                 "a map that opens with \"{\" and is not closed; \"}\" "
                 "is missing"},
                {"end of map not found",
                 "a line that does not fit the map it is in; check the "
                 "indentation and the colon after the key"},
                {"end of sequence not found",
                 "a line that does not fit the list it is in; check the "
                 "indentation and the \"- \" before the item"}});
}

// Runs the parser over the first document; false, with a problem, when there is an error
// of syntax, no document or more than one.
bool Parse(const std::string& file, absl::string_view text, YamlTreeBuilder* builder,
           Problems* problems) {
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(*builder)) {
      problems->push_back({file, {1, 1}, "an empty file; one YAML map is expected"});
      return false;
    }
    if (builder->gave_up()) return false;
    Problems of_rest;
    YamlTreeBuilder rest(file, &of_rest);
    if (!parser.HandleNextDocument(rest)) return true;
    problems->push_back({file, rest.start(),
                         "a second document after \"---\"; one file is one document"});
    return false;
  } catch (const YAML::Exception& e) {
    // Having given up, the builder has said what is wrong.
    if (builder->gave_up()) return false;
    problems->push_back({file, {e.mark.line + 1, e.mark.column + 1}, Explain(e.msg)});
    return false;
  }
}

}  // namespace

absl::optional<YamlNode> LoadYaml(const std::string& file, absl::string_view text,
                                  Problems* problems) {
  if (text.size() > kMaxYamlBytes) {
    problems->push_back(
        {file,
         {1, 1},
         absl::StrCat(text.size(), " bytes; a YAML file has at most ", kMaxYamlBytes,
                      ", more data goes into JSON lines")});
    return absl::nullopt;
  }
  if (size_t valid = ValidUtf8Prefix(text); valid != text.size()) {
    problems->push_back({file, PositionOf(text, valid),
                         "bytes that are not UTF-8; save the file as UTF-8"});
    return absl::nullopt;
  }
  YamlTreeBuilder builder(file, problems);
  if (!Parse(file, text, &builder, problems)) return absl::nullopt;
  Position quoted = builder.last_quoted();
  if (quoted.line > 0 && !QuoteIsClosed(text, OffsetOf(text, quoted))) {
    problems->push_back(
        {file, quoted, "a quote that is not closed; add the closing quote"});
    return absl::nullopt;
  }
  return builder.TakeRoot();
}

}  // namespace labgraph::seed
