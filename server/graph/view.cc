#include "server/graph/view.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/schema/checks.h"

namespace labgraph::graph {
namespace {

constexpr char kFallbackLanguage[] = "en";

}  // namespace

absl::StatusOr<std::vector<std::string>> ParseLanguages(absl::string_view langs) {
  std::vector<std::string> parsed;
  for (absl::string_view lang : absl::StrSplit(langs, ',', absl::SkipWhitespace())) {
    lang = absl::StripAsciiWhitespace(lang);
    RETURN_IF_ERROR(schema::CheckLanguage(lang, "lang"));
    parsed.emplace_back(lang);
  }
  if (parsed.size() > limits::kLanguages.value) {
    return errors::LimitExceeded("lang", limits::kLanguages, parsed.size());
  }
  parsed.emplace_back(kFallbackLanguage);
  return parsed;
}

View::View(std::shared_ptr<const Head> head, keys::Revision revision,
           std::shared_ptr<const schema::Ontology> ontology, const FacetTable* facets,
           ReadFilter filter, std::vector<std::string> langs)
    : head_(std::move(head)),
      records_(
          VersionedReader(head_->snapshot.get(), revision, revision == head_->state.head),
          std::move(ontology)),
      verdicts_(facets, std::move(filter)),
      langs_(std::move(langs)) {}

v1::LocalizedText View::Localize(
    const google::protobuf::Map<std::string, std::string>& texts) const {
  v1::LocalizedText result;
  if (texts.empty()) return result;
  for (const std::string& lang : langs_) {
    const auto it = texts.find(lang);
    if (it == texts.end()) continue;
    result.set_lang(lang);
    result.set_text(it->second);
    return result;
  }
  // Maps have no order; the first tag of the alphabet makes the choice repeatable.
  const auto* first = &*texts.begin();
  for (const auto& entry : texts) {
    if (entry.first < first->first) first = &entry;
  }
  result.set_lang(first->first);
  result.set_text(first->second);
  return result;
}

absl::StatusOr<absl::optional<v1::Entity>> View::GetEntity(keys::EntityNumber number,
                                                           v1::EntityView view) {
  ASSIGN_OR_RETURN(absl::optional<EntityRecord> record, records_.ReadEntity(number));
  if (!record.has_value()) return absl::optional<v1::Entity>();
  if (!MaySee(record->entity.visibility())) return absl::optional<v1::Entity>();
  v1::Entity entity;
  if (view == v1::ENTITY_VIEW_IDS) {
    entity.set_id(std::move(*record->entity.mutable_id()));
    return absl::optional<v1::Entity>(std::move(entity));
  }
  entity = std::move(record->entity);
  if (!entity.names().empty()) *entity.mutable_label() = Localize(entity.names());
  entity.set_created_revision(record->first);
  entity.set_updated_revision(record->revision);
  if (view == v1::ENTITY_VIEW_FULL) RETURN_IF_ERROR(AddStatements(number, &entity));
  return absl::optional<v1::Entity>(std::move(entity));
}

absl::Status View::AddStatements(keys::EntityNumber number, v1::Entity* entity) {
  const auto add = [&](keys::StatementNumber statement_number,
                       keys::FacetNumber facet) -> absl::Status {
    if (!verdicts_.Passes(facet)) return absl::OkStatus();
    if (static_cast<uint64_t>(entity->statements_size()) >=
        limits::kEntityStatements.value) {
      entity->set_statements_cut(true);
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(absl::optional<v1::Statement> statement,
                     GetStatement(statement_number));
    if (statement.has_value()) *entity->add_statements() = *std::move(statement);
    return absl::OkStatus();
  };
  for (RowScan scan = records_.rows().Scan(keys::kValue, keys::ValuePrefix(number));;
       scan.Next()) {
    RETURN_IF_ERROR(scan.status());
    if (!scan.Valid() || entity->statements_cut()) break;
    keys::IndexRow row;
    keys::IndexRow::Decode(scan.value(), &row);
    RETURN_IF_ERROR(
        add(keys::LastBe64(scan.key()), static_cast<keys::FacetNumber>(row.number)));
  }
  EdgeScan edges = records_.Edges(EdgeDirection::kOut, number);
  while (!entity->statements_cut() && edges.NextRun()) {
    for (const keys::Edge& edge : edges.edges()) {
      RETURN_IF_ERROR(add(edge.statement, edge.facet));
    }
  }
  return edges.status();
}

absl::StatusOr<absl::optional<v1::Statement>> View::GetStatement(
    keys::StatementNumber number) {
  ASSIGN_OR_RETURN(absl::optional<StatementRecord> record,
                   records_.ReadStatement(number));
  if (!record.has_value()) return absl::optional<v1::Statement>();
  return Present(*std::move(record));
}

absl::StatusOr<absl::optional<v1::Statement>> View::Present(StatementRecord record) {
  const ReadFilter::Verdict verdict = verdicts_.Of(record.facet);
  if (!verdict.passes) return absl::optional<v1::Statement>();
  v1::Statement& statement = record.statement;
  statement.set_created_revision(record.first);
  statement.set_updated_revision(record.revision);
  statement.set_certainty(verdict.certainty);
  if (statement.has_valid()) {
    ASSIGN_OR_RETURN(const schema::Bounds bounds,
                     schema::ComputeBounds(statement.valid()));
    schema::SetBoundFields(bounds, statement.mutable_valid());
  }
  return absl::optional<v1::Statement>(std::move(statement));
}

bool View::MaySee(absl::string_view visibility) {
  if (visibility.empty()) return true;  // public
  const auto known = may_see_.find(visibility);
  if (known != may_see_.end()) return known->second;
  const absl::StatusOr<schema::Visibility> parsed = schema::Visibility::Parse(visibility);
  const bool visible =
      parsed.ok() && parsed->VisibleTo(verdicts_.filter().authorizations());
  may_see_.emplace(visibility, visible);
  return visible;
}

absl::StatusOr<std::string> View::EntityId(keys::EntityNumber number) const {
  ASSIGN_OR_RETURN(absl::optional<EntityRecord> record, records_.ReadEntity(number));
  return record.has_value() ? std::move(*record->entity.mutable_id()) : std::string();
}

absl::StatusOr<std::string> View::StatementId(keys::StatementNumber number) const {
  ASSIGN_OR_RETURN(absl::optional<StatementRecord> record,
                   records_.ReadStatement(number));
  return record.has_value() ? std::move(*record->statement.mutable_id()) : std::string();
}

}  // namespace labgraph::graph
