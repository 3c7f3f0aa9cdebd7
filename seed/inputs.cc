#include "seed/inputs.h"

#include <utility>

#include "seed/bulk_loader.h"
#include "seed/jsonl/json_lines.h"
#include "seed/reader/yaml_loader.h"

namespace labgraph::seed {
namespace {

std::unique_ptr<FixtureFile> ReadFixtureFile(const std::string& path,
                                             Problems* problems) {
  absl::StatusOr<std::string> text = ReadFile(path, kMaxYamlBytes);
  if (!text.ok()) {
    problems->push_back({path, {}, std::string(text.status().message())});
    return std::make_unique<FixtureFile>();
  }
  return std::make_unique<FixtureFile>(ReadFixture(path, *text, problems));
}

}  // namespace

std::vector<Input> ReadInputs(const std::vector<std::string>& arguments, int threads,
                              const StopFlag& stop, Problems* problems) {
  std::vector<Input> inputs;
  for (const InputFile& file : FindInputFiles(arguments, problems)) {
    if (stop) return inputs;
    Input input{file.path, nullptr, nullptr};
    if (file.format == InputFile::Format::kYaml) {
      input.fixture = ReadFixtureFile(file.path, problems);
    } else {
      input.bulk = std::make_unique<BulkFile>(JsonLinesFile(file.path));
      ScanBulkFile(*input.bulk, threads, stop, problems);
    }
    inputs.push_back(std::move(input));
  }
  return inputs;
}

}  // namespace labgraph::seed
