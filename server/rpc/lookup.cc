#include "server/rpc/lookup.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/base/timestamp.h"
#include "server/search/name_resolver.h"
#include "server/search/searcher.h"

namespace labgraph::rpc {
namespace {

using Mode = graph::ReadFilter::Mode;

// The entity that an id, or a name without "/", stands for.
absl::StatusOr<keys::EntityNumber> Resolve(graph::View& view, const std::string& id) {
  if (id.empty()) return errors::FieldRequired("id");
  if (absl::StrContains(id, '/')) return view.records().ResolveEntity(id, "id");
  return search::ResolveByName(view, id, "id");
}

}  // namespace

absl::StatusOr<std::unique_ptr<graph::View>> OpenView(const graph::Graph& graph,
                                                      const v1::ReadOptions& read,
                                                      Mode mode) {
  absl::StatusOr<std::unique_ptr<graph::View>> view = graph.Read(read, mode);
  if (!view.ok()) return AtField(view.status(), "read");
  return view;
}

absl::Status CheckView(v1::EntityView view) {
  return v1::EntityView_IsValid(view)
             ? absl::OkStatus()
             : errors::FieldInvalid("view", "This is not a value of EntityView.");
}

absl::Status GetServerInfo(const graph::Graph& graph, absl::string_view version,
                           v1::GetServerInfoResponse* response) {
  const std::shared_ptr<const graph::Head> head = graph.head();
  response->set_version(std::string(version));
  response->set_store_id(graph.store_id());
  response->set_epoch(graph.epoch());
  response->set_head_revision(head->state.head);
  response->set_oldest_revision(head->oldest);
  if (head->state.head > 0) {
    SetUnixNanos(head->state.head_time_ns, response->mutable_head_commit_time());
  }
  response->set_entity_count(head->state.entities);
  response->set_statement_count(head->state.statements);
  for (const limits::Limit& limit : limits::All()) {
    v1::Limit* out = response->add_limits();
    out->set_name(limit.name);
    out->set_value(limit.value);
    out->set_description(limit.description);
  }
  return absl::OkStatus();
}

absl::Status GetSchema(const graph::Graph& graph, const v1::GetSchemaRequest& request,
                       v1::GetSchemaResponse* response) {
  ASSIGN_OR_RETURN(const std::unique_ptr<graph::View> view,
                   OpenView(graph, request.read(), Mode::kList));
  *response->mutable_schema() = view->ontology().definitions();
  response->set_revision(view->revision());
  return absl::OkStatus();
}

absl::Status GetEntity(const graph::Graph& graph, const v1::GetEntityRequest& request,
                       v1::GetEntityResponse* response) {
  RETURN_IF_ERROR(CheckView(request.view()));
  ASSIGN_OR_RETURN(const std::unique_ptr<graph::View> view,
                   OpenView(graph, request.read(), Mode::kList));
  ASSIGN_OR_RETURN(const keys::EntityNumber number, Resolve(*view, request.id()));
  ASSIGN_OR_RETURN(absl::optional<v1::Entity> entity,
                   view->GetEntity(number, request.view()));
  if (!entity.has_value()) return errors::EntityNotFound("id", request.id());
  *response->mutable_entity() = *std::move(entity);
  if (absl::StrContains(request.id(), '/') && response->entity().id() != request.id()) {
    response->set_redirected_from(request.id());
  }
  response->set_revision(view->revision());
  return absl::OkStatus();
}

absl::Status BatchGetEntities(const graph::Graph& graph,
                              const v1::BatchGetEntitiesRequest& request,
                              const Call& call, v1::BatchGetEntitiesResponse* response) {
  RETURN_IF_ERROR(CheckView(request.view()));
  if (static_cast<uint64_t>(request.ids_size()) > limits::kBatchIds.value) {
    return errors::LimitExceeded("ids", limits::kBatchIds, request.ids_size());
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<graph::View> view,
                   OpenView(graph, request.read(), Mode::kList));
  uint64_t bytes = 0;
  for (int i = 0; i < request.ids_size(); ++i) {
    RETURN_IF_ERROR(call.Check());
    const std::string field = absl::StrCat("ids[", i, "]");
    const absl::StatusOr<keys::EntityNumber> number =
        view->records().ResolveEntity(request.ids(i), field);
    absl::optional<v1::Entity> entity;
    if (number.ok()) {
      ASSIGN_OR_RETURN(entity, view->GetEntity(*number, request.view()));
    } else if (ReasonOf(number.status()) != v1::ERROR_REASON_ENTITY_NOT_FOUND) {
      return number.status();
    }
    if (entity.has_value()) {
      bytes += entity->ByteSizeLong();
      if (bytes > limits::kBatchBytes.value) {
        return errors::LimitExceeded("ids", limits::kBatchBytes, bytes);
      }
      *response->add_entities() = *std::move(entity);
    } else {
      response->add_missing(request.ids(i));
    }
  }
  response->set_revision(view->revision());
  return absl::OkStatus();
}

absl::Status SearchEntities(const graph::Graph& graph,
                            const v1::SearchEntitiesRequest& request,
                            v1::SearchEntitiesResponse* response) {
  ASSIGN_OR_RETURN(const std::unique_ptr<graph::View> view,
                   OpenView(graph, request.read(), Mode::kList));
  ASSIGN_OR_RETURN(*response, search::Search(*view, request));
  response->set_revision(view->revision());
  return absl::OkStatus();
}

}  // namespace labgraph::rpc
