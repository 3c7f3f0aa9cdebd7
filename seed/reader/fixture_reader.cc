#include "seed/reader/fixture_reader.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/optional.h"
#include "google/protobuf/descriptor.h"
#include "labgraph/v1/error_reason.pb.h"
#include "seed/reader/message_reader.h"
#include "seed/reader/nearest_name.h"
#include "seed/reader/read_context.h"
#include "seed/reader/yaml_loader.h"

namespace labgraph::seed {
namespace {

constexpr char kReasonPrefix[] = "ERROR_REASON_";

// That a text is not empty. Where something else was wrong with it, that has been said.
void RequireText(const std::string& text, const std::string& path,
                 const ReadContext& context) {
  if (!text.empty()) return;
  Position position = context.source_map->Find(path);
  if (position.line == 0) position = {1, 1};
  if (context.HasProblemAt(position)) return;
  context.Complain(position, absl::StrCat(path, " is missing"), "it is required");
}

// Names of a oneof's members: "entity, statement, path".
std::string MembersOf(const google::protobuf::OneofDescriptor& oneof) {
  std::vector<std::string> names;
  for (int i = 0; i < oneof.field_count(); ++i) names.push_back(oneof.field(i)->name());
  return absl::StrJoin(names, ", ");
}

// That one member of the message's oneof is set.
void RequireOneof(const google::protobuf::Message& message, const std::string& oneof_name,
                  const std::string& path, const ReadContext& context) {
  const auto* oneof = message.GetDescriptor()->FindOneofByName(oneof_name);
  if (message.GetReflection()->HasOneof(message, oneof)) return;
  context.Complain(context.source_map->Find(path), absl::StrCat(path, " asks nothing"),
                   absl::StrCat("one of these is required: ", MembersOf(*oneof)));
}

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
  RequireOneof(check, "check", path, context);
  switch (check.check_case()) {
    case Check::kEntity:
      RequireText(check.entity().id(), absl::StrCat(path, ".entity.id"), context);
      break;
    case Check::kEntities:
      RequireOneof(check.entities(), "question", absl::StrCat(path, ".entities"),
                   context);
      break;
    case Check::kCount:
      RequireOneof(check.count(), "question", absl::StrCat(path, ".count"), context);
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
