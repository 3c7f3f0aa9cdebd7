#include "tests/unit/client/fake_server.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"

namespace labgraph::client {

grpc::Status ToGrpc(const absl::Status& status) {
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(std::string(status.message()));
  status.ForEachPayload([&](absl::string_view type_url, const absl::Cord& payload) {
    google::protobuf::Any& detail = *details.add_details();
    detail.set_type_url(std::string(type_url));
    detail.set_value(std::string(payload));
  });
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      std::string(status.message()), details.SerializeAsString());
}

class FakeServer::GraphService final : public v1::GraphService::Service {
 public:
  explicit GraphService(FakeServer* fake) : fake_(fake) {}

  grpc::Status GetEntity(grpc::ServerContext* context,
                         const v1::GetEntityRequest* request,
                         v1::GetEntityResponse* response) override {
    fake_->Meet();
    return fake_->get_entity(*context, *request, response);
  }
  grpc::Status Traverse(grpc::ServerContext* context, const v1::TraverseRequest* request,
                        grpc::ServerWriter<v1::TraverseResponse>* writer) override {
    fake_->Meet();
    return fake_->traverse(*context, *request, *writer);
  }
  grpc::Status FindPaths(grpc::ServerContext* context,
                         const v1::FindPathsRequest* request,
                         grpc::ServerWriter<v1::FindPathsResponse>* writer) override {
    fake_->Meet();
    return fake_->find_paths(*context, *request, *writer);
  }
  grpc::Status MatchPattern(
      grpc::ServerContext* context, const v1::MatchPatternRequest* request,
      grpc::ServerWriter<v1::MatchPatternResponse>* writer) override {
    fake_->Meet();
    return fake_->match_pattern(*context, *request, *writer);
  }
  grpc::Status Aggregate(grpc::ServerContext* context,
                         const v1::AggregateRequest* request,
                         v1::AggregateResponse* response) override {
    fake_->Meet();
    return fake_->aggregate(*context, *request, response);
  }
  grpc::Status GetHistory(grpc::ServerContext* context,
                          const v1::GetHistoryRequest* request,
                          v1::GetHistoryResponse* response) override {
    fake_->Meet();
    return fake_->get_history(*context, *request, response);
  }
  grpc::Status DiffRevisions(grpc::ServerContext* context,
                             const v1::DiffRevisionsRequest* request,
                             v1::DiffRevisionsResponse* response) override {
    fake_->Meet();
    return fake_->diff_revisions(*context, *request, response);
  }
  grpc::Status Watch(grpc::ServerContext* context, const v1::WatchRequest* request,
                     grpc::ServerWriter<v1::WatchResponse>* writer) override {
    fake_->Meet();
    return fake_->watch(*context, *request, *writer);
  }

 private:
  FakeServer* const fake_;
};

class FakeServer::EditorService final : public v1::EditorService::Service {
 public:
  explicit EditorService(FakeServer* fake) : fake_(fake) {}

  grpc::Status Commit(grpc::ServerContext* context, const v1::CommitRequest* request,
                      v1::CommitResponse* response) override {
    fake_->Meet();
    return fake_->commit(*context, *request, response);
  }
  grpc::Status Import(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::ImportResponse, v1::ImportRequest>* stream) override {
    fake_->Meet();
    return fake_->import(*stream);
  }
  grpc::Status ApplySchema(grpc::ServerContext* context,
                           const v1::ApplySchemaRequest* request,
                           v1::ApplySchemaResponse* response) override {
    fake_->Meet();
    return fake_->apply_schema(*context, *request, response);
  }

 private:
  FakeServer* const fake_;
};

class FakeServer::AdminService final : public v1::AdminService::Service {
 public:
  explicit AdminService(FakeServer* fake) : fake_(fake) {}

  grpc::Status CreateBackup(grpc::ServerContext* context,
                            const v1::CreateBackupRequest* request,
                            v1::CreateBackupResponse* response) override {
    fake_->Meet();
    return fake_->create_backup(*context, *request, response);
  }
  grpc::Status ListBackups(grpc::ServerContext* context,
                           const v1::ListBackupsRequest* request,
                           v1::ListBackupsResponse* response) override {
    fake_->Meet();
    return fake_->list_backups(*context, *request, response);
  }
  grpc::Status VerifyBackup(grpc::ServerContext* context,
                            const v1::VerifyBackupRequest* request,
                            v1::VerifyBackupResponse* response) override {
    fake_->Meet();
    return fake_->verify_backup(*context, *request, response);
  }
  grpc::Status DeleteBackup(grpc::ServerContext* context,
                            const v1::DeleteBackupRequest* request,
                            v1::DeleteBackupResponse* response) override {
    fake_->Meet();
    return fake_->delete_backup(*context, *request, response);
  }
  grpc::Status VerifyStore(grpc::ServerContext* context,
                           const v1::VerifyStoreRequest* request,
                           grpc::ServerWriter<v1::VerifyStoreResponse>* writer) override {
    fake_->Meet();
    return fake_->verify_store(*context, *request, *writer);
  }
  grpc::Status CompactHistory(grpc::ServerContext* context,
                              const v1::CompactHistoryRequest* request,
                              v1::CompactHistoryResponse* response) override {
    fake_->Meet();
    return fake_->compact_history(*context, *request, response);
  }
  grpc::Status Erase(grpc::ServerContext* context, const v1::EraseRequest* request,
                     v1::EraseResponse* response) override {
    fake_->Meet();
    return fake_->erase(*context, *request, response);
  }

 private:
  FakeServer* const fake_;
};

FakeServer::FakeServer()
    : graph_(std::make_unique<GraphService>(this)),
      editor_(std::make_unique<EditorService>(this)),
      admin_(std::make_unique<AdminService>(this)) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(graph_.get());
  builder.RegisterService(editor_.get());
  builder.RegisterService(admin_.get());
  server_ = builder.BuildAndStart();
  target_ = absl::StrCat("127.0.0.1:", port);
}

FakeServer::~FakeServer() { Stop(); }

const std::string& FakeServer::target() {
  Meet();
  return target_;
}

void FakeServer::Meet() { absl::MutexLock lock(&meeting_); }

void FakeServer::Stop() { server_->Shutdown(absl::ToChronoTime(absl::Now())); }

}  // namespace labgraph::client
