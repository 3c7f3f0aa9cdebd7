#include "seed/jsonl/json_lines.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/json_util.h"
#include "labgraph/v1/editor_service.pb.h"
#include "seed/jsonl/json_encoder.h"
#include "seed/jsonl/line_problem.h"
#include "seed/reader/utf8.h"

namespace labgraph::seed {
namespace {

// The operations of a mutation, by name.
std::string Operations() {
  const google::protobuf::OneofDescriptor& op =
      *v1::Mutation::descriptor()->FindOneofByName("op");
  std::vector<std::string> names;
  for (int i = 0; i < op.field_count(); ++i) names.push_back(op.field(i)->name());
  return absl::StrJoin(names, ", ");
}

class JsonLinesParser final : public RecordParser {
 public:
  JsonLinesParser() : encoder_(v1::Mutation::descriptor()) {}

  void ParseOne(Chunk& chunk, RunWriter& run) override {
    const absl::string_view rest = chunk.rest();
    const size_t end = rest.find('\n');
    const bool ended = end != absl::string_view::npos;
    const absl::string_view text = rest.substr(0, end);
    const int line = chunk.position().line;
    chunk.Consume(text.size() + (ended ? 1 : 0), ended ? 1 : 0);
    if (text.size() > kMaxRecordBytes) {
      run.Complain({line, 0},
                   absl::StrCat("a line of more than ", kMaxRecordBytes, " bytes"));
    } else if (!AddByEncoder(text, line, run) &&
               !absl::StripAsciiWhitespace(text).empty()) {
      AddByProtobuf(text, line, run);
    }
  }

 private:
  // False, and nothing was added, where the text is for protobuf's own parser.
  bool AddByEncoder(absl::string_view text, int line, RunWriter& run) {
    const size_t opened = run.wire().Open(v1::ImportRequest::kMutationsFieldNumber);
    if (!encoder_.Encode(text, run.wire()) || run.wire().size() == opened) {
      run.Drop();
      return false;
    }
    run.wire().Close(opened);
    run.Add(line, /*repeats=*/false);
    return true;
  }

  void AddByProtobuf(absl::string_view text, int line, RunWriter& run) {
    if (size_t valid = ValidUtf8Prefix(text); valid != text.size()) {
      return run.Complain({line, static_cast<int>(valid) + 1},
                          "bytes that are not UTF-8");
    }
    if (absl::optional<LineProblem> problem = FindInexactNumber(text);
        problem.has_value()) {
      return run.Complain({line, problem->column}, std::move(problem->message));
    }
    mutation_.Clear();
    const auto status = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(text.data(), text.size()), &mutation_);
    if (!status.ok()) {
      LineProblem problem = ExplainRefusal(text, std::string(status.message()));
      return run.Complain({line, problem.column}, std::move(problem.message));
    }
    if (mutation_.op_case() == v1::Mutation::OP_NOT_SET) {
      return run.Complain({line, 0}, absl::StrCat("a mutation that does nothing; one of ",
                                                  Operations(), " is required"));
    }
    run.wire().Text(v1::ImportRequest::kMutationsFieldNumber,
                    mutation_.SerializeAsString());
    run.Add(line, /*repeats=*/false);
  }

  JsonEncoder encoder_;
  v1::Mutation mutation_;
};

class JsonLines final : public BulkFormat {
 public:
  size_t LastRecordEnd(absl::string_view text) const override {
    // npos + 1 is 0.
    return text.rfind('\n') + 1;
  }
  std::unique_ptr<RecordParser> NewParser() const override {
    return std::make_unique<JsonLinesParser>();
  }
};

}  // namespace

BulkFile JsonLinesFile(std::string path) {
  FilePosition begin;
  begin.byte = ByteOrderMarkBytes(path);
  return {std::move(path), std::make_shared<JsonLines>(), begin, ""};
}

}  // namespace labgraph::seed
