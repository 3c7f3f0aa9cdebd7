#include "tests/faults/history_records.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/status_macros.h"
#include "tests/faults/items.h"

namespace labgraph::faults {
namespace {

constexpr uint32_t kEntitiesOnPage = 4;
constexpr uint32_t kStatementsOnPage = 2;

std::string KeyOf(const std::string& item_id) {
  return item_id.substr(sizeof("item/") - 1);
}

std::string NameOf(const v1::Entity& entity) {
  const auto name = entity.names().find("en");
  return name == entity.names().end() ? "" : name->second;
}

std::string MarkOf(const v1::Statement& statement) {
  const auto mark = statement.qualifiers().find("mark");
  return mark == statement.qualifiers().end() ? "" : mark->second.string_value();
}

// Everything there could be, as if there were nothing of it.
Values NoItems() {
  Values values;
  values[kHub] = absl::nullopt;
  for (int i = 0; i < kItems; ++i) values[ItemId(i)] = absl::nullopt;
  for (int i = 0; i < kLoneItems; ++i) values[LoneItemId(i)] = absl::nullopt;
  return values;
}
Values NoLinks() {
  Values values;
  for (int i = 0; i < kItems; ++i) values[LinkId(i)] = absl::nullopt;
  return values;
}

absl::Status SameRevision(uint64_t revision, Found* found) {
  if (found->revision != 0 && found->revision != revision) {
    return absl::DataLossError(absl::StrCat("One page is of revision ", found->revision,
                                            " and the next of ", revision, "."));
  }
  found->revision = revision;
  return absl::OkStatus();
}

absl::StatusOr<Found> ReadById(client::Connection& connection,
                               const v1::ReadOptions& read) {
  v1::BatchGetEntitiesRequest request;
  *request.mutable_read() = read;
  Found found{0, NoItems()};
  for (const auto& [id, value] : found.values) request.add_ids(id);
  ASSIGN_OR_RETURN(const v1::BatchGetEntitiesResponse response,
                   connection.BatchGetEntities(request));
  for (const v1::Entity& entity : response.entities()) {
    found.values[entity.id()] = NameOf(entity);
  }
  found.revision = response.revision();
  return found;
}

absl::StatusOr<Found> ReadHub(client::Connection& connection,
                              const v1::ReadOptions& read) {
  v1::GetEntityRequest request;
  *request.mutable_read() = read;
  request.set_id(kHub);
  request.set_view(v1::ENTITY_VIEW_FULL);
  ASSIGN_OR_RETURN(const v1::GetEntityResponse response, connection.GetEntity(request));
  Found found{response.revision(), NoLinks()};
  found.values[kHub] = NameOf(response.entity());
  for (const v1::Statement& statement : response.entity().statements()) {
    found.values[statement.id()] = MarkOf(statement);
  }
  return found;
}

absl::StatusOr<Found> ReadEntityPages(client::Connection& connection,
                                      const v1::ReadOptions& read) {
  v1::ListEntitiesRequest request;
  *request.mutable_read() = read;
  request.set_page_size(kEntitiesOnPage);
  Found found{0, NoItems()};
  do {
    ASSIGN_OR_RETURN(const v1::ListEntitiesResponse page,
                     connection.ListEntities(request));
    for (const v1::Entity& entity : page.entities()) {
      found.values[entity.id()] = NameOf(entity);
    }
    RETURN_IF_ERROR(SameRevision(page.revision(), &found));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return found;
}

absl::StatusOr<Found> ReadStatementPages(client::Connection& connection,
                                         const v1::ReadOptions& read) {
  v1::ListStatementsRequest request;
  *request.mutable_read() = read;
  request.set_subject(kHub);
  request.set_page_size(kStatementsOnPage);
  Found found{0, NoLinks()};
  do {
    ASSIGN_OR_RETURN(const v1::ListStatementsResponse page,
                     connection.ListStatements(request));
    for (const v1::Statement& statement : page.statements()) {
      found.values[statement.id()] = MarkOf(statement);
    }
    RETURN_IF_ERROR(SameRevision(page.revision(), &found));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return found;
}

absl::StatusOr<Found> ReadNeighbors(client::Connection& connection,
                                    const v1::ReadOptions& read) {
  v1::ListNeighborsRequest request;
  *request.mutable_read() = read;
  request.set_id(kHub);
  request.set_direction(v1::DIRECTION_OUT);
  ASSIGN_OR_RETURN(const v1::ListNeighborsResponse response,
                   connection.ListNeighbors(request));
  Found found{response.revision(), NoLinks()};
  for (const v1::NeighborGroup& group : response.groups()) {
    for (const v1::Neighbor& neighbor : group.neighbors()) {
      found.values[neighbor.statement().id()] = MarkOf(neighbor.statement());
      found.values[neighbor.entity().id()] = NameOf(neighbor.entity());
    }
  }
  return found;
}

absl::StatusOr<Found> ReadByWalking(client::Connection& connection,
                                    const v1::ReadOptions& read) {
  ASSIGN_OR_RETURN(v1::TraverseRequest request,
                   client::From(kHub).Out("link").Read(read).Build());
  const auto stream = connection.Traverse(request);
  Found found{0, NoLinks()};
  while (true) {
    ASSIGN_OR_RETURN(const absl::optional<v1::TraverseResponse> message, stream->Read());
    if (!message.has_value()) return found;
    for (const v1::TraverseHit& hit : message->hits()) {
      found.values[hit.statement().id()] = MarkOf(hit.statement());
      found.values[hit.entity().id()] = NameOf(hit.entity());
    }
    if (message->has_summary()) found.revision = message->summary().revision();
  }
}

}  // namespace

std::string ItemId(int number) { return absl::StrCat("item/i", number); }
std::string LoneItemId(int number) { return absl::StrCat("item/lone", number); }
std::string LinkId(int number) { return absl::StrCat("link", number); }

void AddItem(int number, const std::string& value, v1::CommitRequest* request) {
  *request->add_mutations()->mutable_put_entity() = Item(KeyOf(ItemId(number)), value);
}

void AddLoneItem(int number, const Value& value, v1::CommitRequest* request) {
  const std::string id = LoneItemId(number);
  if (value.has_value()) {
    *request->add_mutations()->mutable_put_entity() = Item(KeyOf(id), *value);
  } else {
    request->add_mutations()->mutable_delete_entity()->set_id(id);
  }
}

void AddLink(int number, const Value& value, v1::CommitRequest* request) {
  const std::string id = LinkId(number);
  if (value.has_value()) {
    *request->add_mutations()->mutable_put_statement() =
        Link(id, KeyOf(kHub), KeyOf(ItemId(number)), *value);
  } else {
    request->add_mutations()->mutable_retract_statement()->set_id(id);
  }
}

v1::CommitRequest FirstCommit() {
  v1::CommitRequest request;
  *request.add_mutations()->mutable_put_entity() = Item(KeyOf(kHub), "0");
  for (int i = 0; i < kItems; ++i) AddItem(i, "0", &request);
  return request;
}

Values EffectOf(const v1::CommitRequest& request) {
  Values values;
  for (const v1::Mutation& mutation : request.mutations()) {
    if (mutation.has_put_entity()) {
      values[mutation.put_entity().id()] = NameOf(mutation.put_entity());
    } else if (mutation.has_delete_entity()) {
      values[mutation.delete_entity().id()] = absl::nullopt;
    } else if (mutation.has_put_statement()) {
      values[mutation.put_statement().id()] = MarkOf(mutation.put_statement());
    } else {
      values[mutation.retract_statement().id()] = absl::nullopt;
    }
  }
  return values;
}

const std::vector<NamedReading>& Readings() {
  static const auto& readings = *new std::vector<NamedReading>{
      {"by id", ReadById},
      {"of the hub", ReadHub},
      {"of pages of entities", ReadEntityPages},
      {"of pages of statements", ReadStatementPages},
      {"of neighbours", ReadNeighbors},
      {"by walking", ReadByWalking},
  };
  return readings;
}

}  // namespace labgraph::faults
