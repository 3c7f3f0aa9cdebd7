#include "server/rpc/graph_service.h"

#include "server/adjacency/reader.h"
#include "server/query/expander.h"
#include "server/query/list_entities.h"
#include "server/query/list_neighbors.h"
#include "server/query/list_statements.h"
#include "server/rpc/call.h"
#include "server/rpc/history.h"
#include "server/rpc/lookup.h"
#include "server/rpc/paging.h"
#include "server/rpc/patterns.h"
#include "server/rpc/walks.h"
#include "server/rpc/watch_call.h"

namespace labgraph::rpc {

using Mode = graph::ReadFilter::Mode;

namespace {

grpc::ServerUnaryReactor* Finished(grpc::CallbackServerContext* context,
                                   const grpc::Status& status) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  reactor->Finish(status);
  return reactor;
}

}  // namespace

grpc::Status GraphService::GetServerInfo(grpc::ServerContext* context,
                                         const v1::GetServerInfoRequest* request,
                                         v1::GetServerInfoResponse* response) {
  return Serve(context, *request, "GetServerInfo", [&](const Call&) {
    return rpc::GetServerInfo(*graph_, version_, response);
  });
}

grpc::Status GraphService::GetSchema(grpc::ServerContext* context,
                                     const v1::GetSchemaRequest* request,
                                     v1::GetSchemaResponse* response) {
  return Serve(context, *request, "GetSchema",
               [&](const Call&) { return rpc::GetSchema(*graph_, *request, response); });
}

grpc::ServerUnaryReactor* GraphService::GetEntity(grpc::CallbackServerContext* context,
                                                  const v1::GetEntityRequest* request,
                                                  v1::GetEntityResponse* response) {
  return Finished(context, Serve(context, *request, "GetEntity", [&](const Call&) {
                    return rpc::GetEntity(*graph_, *request, response);
                  }));
}

grpc::Status GraphService::BatchGetEntities(grpc::ServerContext* context,
                                            const v1::BatchGetEntitiesRequest* request,
                                            v1::BatchGetEntitiesResponse* response) {
  return Serve(context, *request, "BatchGetEntities", [&](const Call& call) {
    return rpc::BatchGetEntities(*graph_, *request, call, response);
  });
}

grpc::Status GraphService::ListEntities(grpc::ServerContext* context,
                                        const v1::ListEntitiesRequest* request,
                                        v1::ListEntitiesResponse* response) {
  return Serve(context, *request, "ListEntities", [&](const Call&) {
    return ServePage<v1::ListEntitiesRequest, v1::ListEntitiesResponse>(
        *graph_, Mode::kList, *request, query::ListEntities, response);
  });
}

grpc::Status GraphService::SearchEntities(grpc::ServerContext* context,
                                          const v1::SearchEntitiesRequest* request,
                                          v1::SearchEntitiesResponse* response) {
  return Serve(context, *request, "SearchEntities", [&](const Call&) {
    return rpc::SearchEntities(*graph_, *request, response);
  });
}

grpc::Status GraphService::ListStatements(grpc::ServerContext* context,
                                          const v1::ListStatementsRequest* request,
                                          v1::ListStatementsResponse* response) {
  return Serve(context, *request, "ListStatements", [&](const Call&) {
    return ServePage<v1::ListStatementsRequest, v1::ListStatementsResponse>(
        *graph_, Mode::kList, *request, query::ListStatements, response);
  });
}

grpc::ServerUnaryReactor* GraphService::ListNeighbors(
    grpc::CallbackServerContext* context, const v1::ListNeighborsRequest* request,
    v1::ListNeighborsResponse* response) {
  const grpc::Status status = Serve(context, *request, "ListNeighbors", [&](const Call&) {
    return ServePage<v1::ListNeighborsRequest, v1::ListNeighborsResponse>(
        *graph_, Mode::kWalk, *request,
        [this](graph::View& view, const v1::ListNeighborsRequest& asked,
               const query::PageStart& start) {
          adjacency::Reader reader(cache_, &view.records());
          query::BlockExpander expander(&reader);
          return query::ListNeighbors(view, expander, asked, start);
        },
        response);
  });
  return Finished(context, status);
}

grpc::Status GraphService::Traverse(grpc::ServerContext* context,
                                    const v1::TraverseRequest* request,
                                    grpc::ServerWriter<v1::TraverseResponse>* writer) {
  return Serve(context, *request, "Traverse", [&](const Call& call) {
    return rpc::Traverse(*graph_, cache_, *request, call, writer);
  });
}

grpc::Status GraphService::FindPaths(grpc::ServerContext* context,
                                     const v1::FindPathsRequest* request,
                                     grpc::ServerWriter<v1::FindPathsResponse>* writer) {
  return Serve(context, *request, "FindPaths", [&](const Call& call) {
    return rpc::FindPaths(*graph_, cache_, *request, call, writer);
  });
}

grpc::Status GraphService::MatchPattern(
    grpc::ServerContext* context, const v1::MatchPatternRequest* request,
    grpc::ServerWriter<v1::MatchPatternResponse>* writer) {
  return Serve(context, *request, "MatchPattern", [&](const Call& call) {
    return rpc::MatchPattern(*graph_, cache_, *request, call, writer);
  });
}

grpc::Status GraphService::GetHistory(grpc::ServerContext* context,
                                      const v1::GetHistoryRequest* request,
                                      v1::GetHistoryResponse* response) {
  return Serve(context, *request, "GetHistory",
               [&](const Call&) { return rpc::GetHistory(*graph_, *request, response); });
}

grpc::Status GraphService::DiffRevisions(grpc::ServerContext* context,
                                         const v1::DiffRevisionsRequest* request,
                                         v1::DiffRevisionsResponse* response) {
  return Serve(context, *request, "DiffRevisions", [&](const Call&) {
    return rpc::DiffRevisions(*graph_, *request, response);
  });
}

grpc::Status GraphService::Aggregate(grpc::ServerContext* context,
                                     const v1::AggregateRequest* request,
                                     v1::AggregateResponse* response) {
  return Serve(context, *request, "Aggregate", [&](const Call& call) {
    return rpc::Aggregate(*graph_, cache_, *request, call, response);
  });
}

grpc::ServerWriteReactor<v1::WatchResponse>* GraphService::Watch(
    grpc::CallbackServerContext* context, const v1::WatchRequest* request) {
  return WatchCall::Start(context, *request, hub_);
}

}  // namespace labgraph::rpc
