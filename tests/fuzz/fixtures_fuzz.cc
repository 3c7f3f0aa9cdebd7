// What the loader reads: fixtures and mappings in YAML, rows of CSV and lines of JSON.
// The first line of an input says which it is; behind a mapping stands the line "%%" and
// then the rows it is for.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/optional.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "labgraph/v1/editor_service.pb.h"
#include "seed/bulk/bulk_format.h"
#include "seed/csv/csv_format.h"
#include "seed/csv/record_compiler.h"
#include "seed/csv_mapping.pb.h"
#include "seed/jsonl/json_lines.h"
#include "seed/reader/fixture_reader.h"
#include "seed/reader/message_reader.h"
#include "seed/reader/yaml_loader.h"
#include "tests/fuzz/check.h"

namespace labgraph::fuzz {
namespace {

using google::protobuf::util::MessageDifferencer;
using seed::Problem;
using seed::Problems;

constexpr char kFile[] = "input";
constexpr char kRowsBegin[] = "%%\n";

std::pair<absl::string_view, absl::string_view> Cut(absl::string_view text,
                                                    absl::string_view mark) {
  return absl::StrSplit(text, absl::MaxSplits(mark, 1));
}

// Every problem says something of a place that is in the text or right behind it.
void CheckProblems(const Problems& problems, absl::string_view text) {
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  for (const Problem& problem : problems) {
    Check(problem.position.line >= 0 && problem.position.line <= lines + 1 &&
              problem.position.column >= 0,
          seed::ToString(problem));
    Check(!problem.message.empty(), "a problem says what it is");
  }
}

void ReadFixture(absl::string_view text) {
  Problems problems;
  seed::ReadFixture(kFile, text, &problems);
  CheckProblems(problems, text);
}

// What a parser makes of a text; the mutations of which are mutations.
seed::EncodedRun Run(seed::RecordParser& parser, absl::string_view text) {
  seed::Chunk chunk{std::string(text), {}};
  seed::RunWriter writer(kFile);
  while (!chunk.rest().empty()) {
    const size_t before = chunk.rest().size();
    parser.ParseOne(chunk, writer);
    Check(chunk.rest().size() < before, "a record has bytes");
  }
  seed::EncodedRun run = writer.Take();
  CheckProblems(run.problems, text);
  for (size_t i = 0; i < run.mutations.size(); ++i) {
    v1::ImportRequest part;
    const absl::string_view bytes = run.BytesOf(i);
    Check(part.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) &&
              part.mutations_size() == 1,
          "an encoded mutation is one");
  }
  return run;
}

void ReadMapping(absl::string_view text) {
  const auto [mapping_text, rows] = Cut(text, kRowsBegin);
  Problems problems;
  seed::SourceMap source_map;
  const seed::ReadContext context{kFile, &problems, &source_map};
  const absl::optional<seed::YamlNode> root =
      seed::LoadYaml(kFile, mapping_text, &problems);
  seed::CsvMapping mapping;
  if (root.has_value()) seed::ReadMessage(*root, "", &mapping, context);
  seed::Columns columns({mapping.columns().begin(), mapping.columns().end()}, "it has");
  auto records = seed::CompileRecords(mapping, columns, context);
  CheckProblems(problems, mapping_text);
  if (!problems.empty() || columns.names().empty()) return;
  const char delimiter = mapping.delimiter() == ";" ? ';' : ',';
  const seed::CsvFormat format(kFile, delimiter, std::move(columns),
                               {mapping.nulls().begin(), mapping.nulls().end()},
                               std::move(records));
  Check(format.LastRecordEnd(rows) <= rows.size(), "records end within the text");
  Run(*format.NewParser(), rows);
}

// Each line is read as protobuf's own parser reads it.
void ReadJsonLines(absl::string_view text) {
  // Making one takes longer than most inputs.
  static seed::RecordParser& parser =
      *seed::JsonLinesFile(kFile).format->NewParser().release();
  Run(parser, text);
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const seed::EncodedRun run = Run(parser, line);
    if (run.mutations.empty()) continue;
    v1::ImportRequest part;
    const absl::string_view bytes = run.BytesOf(0);
    Check(part.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())), "a part");
    v1::Mutation expected;
    const auto status = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(line.data(), line.size()), &expected);
    Check(status.ok(), absl::StrCat("protobuf refuses it: ", status.ToString()));
    Check(MessageDifferencer::Equals(expected, part.mutations(0)),
          absl::StrCat("protobuf reads otherwise: ", expected.ShortDebugString(), " and ",
                       part.mutations(0).ShortDebugString()));
  }
}

}  // namespace

void TestOneInput(absl::string_view text) {
  const auto [sort, rest] = Cut(text, "\n");
  if (sort == "fixture") ReadFixture(rest);
  if (sort == "mapping") ReadMapping(rest);
  if (sort == "jsonl") ReadJsonLines(rest);
}

}  // namespace labgraph::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  labgraph::fuzz::TestOneInput(labgraph::fuzz::Text(data, size));
  return 0;
}
