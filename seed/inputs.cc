#include "seed/inputs.h"

#include <utility>

#include "seed/bulk_loader.h"
#include "seed/csv/mapping_reader.h"
#include "seed/jsonl/json_lines.h"
#include "seed/reader/yaml_loader.h"

namespace labgraph::seed {
namespace {

// The files of a YAML file: a fixture is itself one, a mapping stands for CSV files.
std::vector<Input> ReadYaml(const InputFile& file, Problems* problems) {
  std::vector<Input> inputs;
  absl::StatusOr<std::string> text = ReadFile(file.path, kMaxYamlBytes);
  if (!text.ok()) {
    problems->push_back({file.path, {}, std::string(text.status().message())});
  } else if (file.format == InputFile::Format::kMapping) {
    for (BulkFile& data : ReadMapping(file.path, *text, problems)) {
      inputs.push_back({data.path, nullptr, std::make_unique<BulkFile>(std::move(data))});
    }
  } else {
    inputs.push_back(
        {file.path,
         std::make_unique<FixtureFile>(ReadFixture(file.path, *text, problems)),
         nullptr});
  }
  return inputs;
}

std::vector<Input> ReadInput(const InputFile& file, Problems* problems) {
  if (file.format != InputFile::Format::kJsonLines) return ReadYaml(file, problems);
  std::vector<Input> inputs;
  inputs.push_back(
      {file.path, nullptr, std::make_unique<BulkFile>(JsonLinesFile(file.path))});
  return inputs;
}

}  // namespace

std::vector<Input> ReadInputs(const std::vector<std::string>& arguments, int threads,
                              const StopFlag& stop, Problems* problems) {
  std::vector<Input> inputs;
  for (const InputFile& file : FindInputFiles(arguments, problems)) {
    const size_t found = problems->size();
    std::vector<Input> read = ReadInput(file, problems);
    // Rows mean nothing as long as their mapping is wrong.
    const bool can_scan = problems->size() == found;
    for (Input& input : read) {
      if (stop) return inputs;
      if (input.bulk != nullptr && can_scan) {
        ScanBulkFile(*input.bulk, threads, stop, problems);
      }
      inputs.push_back(std::move(input));
    }
  }
  return inputs;
}

}  // namespace labgraph::seed
