#include "server/graph/record_checks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/graph/tombstones.h"
#include "server/keys/keys.h"
#include "server/schema/checks.h"
#include "server/schema/edtf.h"
#include "server/schema/visibility.h"

namespace labgraph::graph {
namespace {

// That an entity named by a source exists.
absl::Status CheckSourceEntity(const std::string& id, absl::string_view field,
                               absl::string_view self, const Draft& draft) {
  if (id == self) return absl::OkStatus();
  ASSIGN_OR_RETURN(const absl::optional<keys::EntityNumber> number,
                   draft.records().FindEntity(id, field));
  if (number.has_value()) return absl::OkStatus();
  RETURN_IF_ERROR(CheckNotMerged(id, field, draft));
  return errors::ReferenceNotFound(field, "entity", id);
}

absl::Status CheckSource(const v1::Source& source, absl::string_view self,
                         const Draft& draft) {
  if (source.document().empty()) return errors::FieldRequired("document");
  RETURN_IF_ERROR(CheckSourceEntity(source.document(), "document", self, draft));
  if (!source.asserted_by().empty()) {
    RETURN_IF_ERROR(CheckSourceEntity(source.asserted_by(), "asserted_by", self, draft));
  }
  RETURN_IF_ERROR(schema::CheckText(source.locator(), limits::kTextBytes, "locator"));
  RETURN_IF_ERROR(schema::CheckText(source.quote(), limits::kTextBytes, "quote"));
  if (source.retrieved().empty()) return absl::OkStatus();
  return AtField(schema::ParseDate(source.retrieved()).status(), "retrieved");
}

absl::Status CheckNotErased(const std::string& id, const std::string& key,
                            const Draft& draft) {
  if (!draft.may_have_erased()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const absl::optional<v1::Tombstone> tombstone,
                   ReadTombstone(*draft.records().rows().reader(), key));
  return tombstone.has_value() ? errors::RecordErased("id", id, tombstone->revision())
                               : absl::OkStatus();
}

}  // namespace

absl::Status CheckNotMerged(const std::string& id, absl::string_view field,
                            const Draft& draft) {
  if (!draft.may_have_merged()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const absl::optional<std::string> into,
                   draft.records().RedirectOf(id, field));
  return into.has_value() ? errors::EntityMerged(field, id, *into) : absl::OkStatus();
}

absl::Status CheckEntityIdIsFree(const std::string& id, const Draft& draft) {
  RETURN_IF_ERROR(CheckNotMerged(id, "id", draft));
  return CheckNotErased(id, keys::ErasedEntityKey(id), draft);
}

absl::Status CheckStatementIdIsFree(const std::string& id, const Draft& draft) {
  return CheckNotErased(id, keys::ErasedStatementKey(id), draft);
}

absl::Status CheckProvenance(const std::string& message, const std::string& actor) {
  RETURN_IF_ERROR(schema::CheckText(message, limits::kMessageTextBytes, "message"));
  return schema::CheckText(actor, limits::kActorBytes, "actor");
}

absl::StatusOr<std::string> CanonicalVisibility(absl::string_view text) {
  absl::StatusOr<schema::Visibility> visibility = schema::Visibility::Parse(text);
  if (!visibility.ok()) return AtField(visibility.status(), "visibility");
  return visibility->canonical();
}

bool IsBlank(absl::string_view text) { return absl::StripAsciiWhitespace(text).empty(); }

absl::Status CheckLocalizedTexts(
    const google::protobuf::Map<std::string, std::string>& texts,
    const limits::Limit& limit, absl::string_view field) {
  RETURN_IF_ERROR(CheckListSize(static_cast<int>(texts.size()), field));
  for (const auto& [lang, text] : texts) {
    const std::string at = absl::StrCat(field, "[", Shorten(lang, 16), "]");
    RETURN_IF_ERROR(schema::CheckLanguage(lang, at));
    if (IsBlank(text)) return errors::FieldRequired(at);
    RETURN_IF_ERROR(schema::CheckText(text, limit, at));
  }
  return absl::OkStatus();
}

absl::Status CheckSources(const google::protobuf::RepeatedPtrField<v1::Source>& sources,
                          absl::string_view self, const Draft& draft) {
  RETURN_IF_ERROR(CheckListSize(sources.size(), "sources"));
  for (int i = 0; i < sources.size(); ++i) {
    RETURN_IF_ERROR(
        AtField(CheckSource(sources[i], self, draft), absl::StrCat("sources[", i, "]")));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<keys::EntityNumber>> SourceNumbers(
    const google::protobuf::RepeatedPtrField<v1::Source>& sources,
    const RecordReader& records) {
  std::vector<keys::EntityNumber> numbers;
  for (const v1::Source& source : sources) {
    for (const std::string* id : {&source.document(), &source.asserted_by()}) {
      if (id->empty()) continue;
      ASSIGN_OR_RETURN(const absl::optional<keys::EntityNumber> number,
                       records.FindEntity(*id, "sources"));
      if (number.has_value()) numbers.push_back(*number);
    }
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

absl::Status CheckListSize(int size, absl::string_view field) {
  if (static_cast<uint64_t>(size) <= limits::kListItems.value) return absl::OkStatus();
  return errors::LimitExceeded(field, limits::kListItems, size);
}

absl::Status CheckRecordSize(size_t bytes) {
  if (bytes <= limits::kRecordBytes.value) return absl::OkStatus();
  return errors::LimitExceeded("", limits::kRecordBytes, bytes);
}

}  // namespace labgraph::graph
