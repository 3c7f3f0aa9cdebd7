#include "seed/reader/fixture_reader.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"
#include "labgraph/v1/error_reason.pb.h"
#include "seed/reader/message_reader.h"
#include "seed/reader/nearest_name.h"
#include "seed/reader/read_context.h"
#include "seed/reader/required.h"
#include "seed/reader/yaml_loader.h"

namespace labgraph::seed {
namespace {

constexpr char kReasonPrefix[] = "ERROR_REASON_";
constexpr char kAsksNothing[] = "asks nothing";

void CheckRefusal(const RefusalCheck& refused, const std::string& path,
                  const ReadContext& context) {
  const std::string reason_path = absl::StrCat(path, ".reason");
  RequireText(refused.reason(), reason_path, context);
  if (refused.mutations().empty()) {
    context.Complain(context.source_map->Find(path),
                     absl::StrCat(path, " writes nothing"),
                     "at least one mutation is required");
  }
  v1::ErrorReason reason;
  if (refused.reason().empty() ||
      v1::ErrorReason_Parse(absl::StrCat(kReasonPrefix, refused.reason()), &reason)) {
    return;
  }
  std::vector<std::string> names;
  const auto* reasons = v1::ErrorReason_descriptor();
  for (int i = 1; i < reasons->value_count(); ++i) {
    names.push_back(reasons->value(i)->name().substr(sizeof(kReasonPrefix) - 1));
  }
  context.Complain(context.source_map->Find(reason_path),
                   absl::StrCat("there is no reason \"", refused.reason(), "\"",
                                DidYouMean(refused.reason(), names)),
                   "labgraph/v1/error_reason.proto lists them");
}

void CheckCheck(const Check& check, const std::string& path, const ReadContext& context) {
  RequireText(check.name(), absl::StrCat(path, ".name"), context);
  RequireOneof(check, "check", path, kAsksNothing, context);
  switch (check.check_case()) {
    case Check::kEntity:
      RequireText(check.entity().id(), absl::StrCat(path, ".entity.id"), context);
      break;
    case Check::kEntities:
      RequireOneof(check.entities(), "question", absl::StrCat(path, ".entities"),
                   kAsksNothing, context);
      break;
    case Check::kCount:
      RequireOneof(check.count(), "question", absl::StrCat(path, ".count"), kAsksNothing,
                   context);
      break;
    case Check::kRefused:
      CheckRefusal(check.refused(), absl::StrCat(path, ".refused"), context);
      break;
    default:
      break;
  }
}

}  // namespace

FixtureFile ReadFixture(const std::string& file, absl::string_view text,
                        Problems* problems) {
  FixtureFile result;
  result.file = file;
  ReadContext context{file, problems, &result.source_map};
  absl::optional<YamlNode> root = LoadYaml(file, text, problems);
  if (!root.has_value()) return result;
  ReadMessage(*root, "", &result.fixture, context);
  if (root->kind != YamlNode::Kind::kMap) return result;
  RequireText(result.fixture.name(), "name", context);
  for (int i = 0; i < result.fixture.checks_size(); ++i) {
    CheckCheck(result.fixture.checks(i), absl::StrCat("checks[", i, "]"), context);
  }
  return result;
}

}  // namespace labgraph::seed
