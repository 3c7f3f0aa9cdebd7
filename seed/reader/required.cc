#include "seed/reader/required.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"

namespace labgraph::seed {
namespace {

// Names of a oneof's members: "entity, statement, path".
std::string MembersOf(const google::protobuf::OneofDescriptor& oneof) {
  std::vector<std::string> names;
  for (int i = 0; i < oneof.field_count(); ++i) names.push_back(oneof.field(i)->name());
  return absl::StrJoin(names, ", ");
}

}  // namespace

void Require(bool given, const std::string& path, const ReadContext& context) {
  if (given) return;
  Position position = context.source_map->Find(path);
  if (position.line == 0) position = {1, 1};
  if (context.HasProblemAt(position)) return;
  context.Complain(position, absl::StrCat(path, " is missing"), "it is required");
}

void RequireOneof(const google::protobuf::Message& message, const std::string& oneof_name,
                  const std::string& path, absl::string_view lack,
                  const ReadContext& context) {
  const auto* oneof = message.GetDescriptor()->FindOneofByName(oneof_name);
  if (message.GetReflection()->HasOneof(message, oneof)) return;
  context.Complain(context.source_map->Find(path), absl::StrCat(path, " ", lack),
                   absl::StrCat("one of these is required: ", MembersOf(*oneof)));
}

}  // namespace labgraph::seed
