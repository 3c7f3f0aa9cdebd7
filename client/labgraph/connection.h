#ifndef LABGRAPH_CONNECTION_H_
#define LABGRAPH_CONNECTION_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "labgraph/v1/admin_service.pb.h"
#include "labgraph/v1/editor_service.pb.h"
#include "labgraph/v1/graph_service.pb.h"
#include "labgraph/v1/history.pb.h"

namespace labgraph::client {

// The messages of one answer, pulled one at a time. Destroying it cancels the call.
// Not thread-safe.
template <typename Response>
class StreamReader {
 public:
  virtual ~StreamReader() = default;

  // Waits for the next message. Absent after the last one; an error where the call
  // failed. After either of them every further call gives the same again.
  virtual absl::StatusOr<absl::optional<Response>> Read() = 0;
};

// An import under way: parts go out, and one response comes back for each, in order.
// ImportSession (import.h) is the comfortable way to use it. Not thread-safe.
class ImportStream : public StreamReader<v1::ImportResponse> {
 public:
  // Sends one part, waiting while the transport is full. False when the call is over;
  // Read then gives the responses still due and the error. Read the responses in
  // between, at the latest after 16 parts, or both sides may wait for each other.
  virtual bool Write(const v1::ImportRequest& part) = 0;

  // The same for a part that is encoded already: the wire format of a v1::ImportRequest,
  // which spares building and encoding the message. False also for bytes that are none,
  // where they are decoded on this side.
  virtual bool WriteEncoded(std::string part) {
    v1::ImportRequest decoded;
    return decoded.ParseFromString(part) && Write(decoded);
  }

  // Says that no part follows. Read until absent to learn the fate of the rest.
  virtual void WritesDone() = 0;
};

// A watch under way. Watch (watch.h) is the comfortable way to use it. Not thread-safe,
// but for Cancel.
class WatchStream : public StreamReader<v1::WatchResponse> {
 public:
  // Ends the call, from any thread: a Read that waits, and every later one, fails with
  // CANCELLED. Nothing where the call is over.
  virtual void Cancel() = 0;
};

// A way to a labgraph server: one method for each call of the API, whose contracts are in
// labgraph/v1/{graph,editor,admin}_service.proto. Connect (connect.h) gives one over
// gRPC, MockConnection (mock_connection.h) one for tests.
//
// An error carries what the server said of it: see error.h.
// Thread-safe: one connection serves any number of threads.
class Connection {
 public:
  virtual ~Connection() = default;

  virtual absl::StatusOr<v1::GetServerInfoResponse> GetServerInfo(
      const v1::GetServerInfoRequest& request) = 0;
  virtual absl::StatusOr<v1::GetSchemaResponse> GetSchema(
      const v1::GetSchemaRequest& request) = 0;
  virtual absl::StatusOr<v1::GetEntityResponse> GetEntity(
      const v1::GetEntityRequest& request) = 0;
  virtual absl::StatusOr<v1::BatchGetEntitiesResponse> BatchGetEntities(
      const v1::BatchGetEntitiesRequest& request) = 0;
  virtual absl::StatusOr<v1::SearchEntitiesResponse> SearchEntities(
      const v1::SearchEntitiesRequest& request) = 0;

  // One page each; lists.h walks over all of them.
  virtual absl::StatusOr<v1::ListEntitiesResponse> ListEntities(
      const v1::ListEntitiesRequest& request) = 0;
  virtual absl::StatusOr<v1::ListStatementsResponse> ListStatements(
      const v1::ListStatementsRequest& request) = 0;
  virtual absl::StatusOr<v1::ListNeighborsResponse> ListNeighbors(
      const v1::ListNeighborsRequest& request) = 0;

  // Never null; what is wrong with the call is said by the first Read. traversal.h,
  // paths.h and match.h build the requests and give ranges of hits, paths and rows.
  virtual std::unique_ptr<StreamReader<v1::TraverseResponse>> Traverse(
      const v1::TraverseRequest& request) = 0;
  virtual std::unique_ptr<StreamReader<v1::FindPathsResponse>> FindPaths(
      const v1::FindPathsRequest& request) = 0;
  virtual std::unique_ptr<StreamReader<v1::MatchPatternResponse>> MatchPattern(
      const v1::MatchPatternRequest& request) = 0;

  // aggregation.h builds the request.
  virtual absl::StatusOr<v1::AggregateResponse> Aggregate(
      const v1::AggregateRequest& request) = 0;

  // One page each; history.h walks over all of them.
  virtual absl::StatusOr<v1::GetHistoryResponse> GetHistory(
      const v1::GetHistoryRequest& request) = 0;
  virtual absl::StatusOr<v1::DiffRevisionsResponse> DiffRevisions(
      const v1::DiffRevisionsRequest& request) = 0;

  // Never null. Takes as long as it is read, whatever the timeout, and is not repeated.
  virtual std::unique_ptr<WatchStream> Watch(const v1::WatchRequest& request) = 0;

  virtual absl::StatusOr<v1::CommitResponse> Commit(const v1::CommitRequest& request) = 0;
  // Never null.
  virtual std::unique_ptr<ImportStream> Import() = 0;
  virtual absl::StatusOr<v1::ApplySchemaResponse> ApplySchema(
      const v1::ApplySchemaRequest& request) = 0;

  // For operators. All but ListBackups and DeleteBackup take time that grows with the
  // store: make them on a connection with a timeout that allows for it.
  virtual absl::StatusOr<v1::CreateBackupResponse> CreateBackup(
      const v1::CreateBackupRequest& request) = 0;
  virtual absl::StatusOr<v1::ListBackupsResponse> ListBackups(
      const v1::ListBackupsRequest& request) = 0;
  virtual absl::StatusOr<v1::VerifyBackupResponse> VerifyBackup(
      const v1::VerifyBackupRequest& request) = 0;
  virtual absl::StatusOr<v1::DeleteBackupResponse> DeleteBackup(
      const v1::DeleteBackupRequest& request) = 0;
  // Never null. Only an answer with `done` in its last message is whole.
  virtual std::unique_ptr<StreamReader<v1::VerifyStoreResponse>> VerifyStore(
      const v1::VerifyStoreRequest& request) = 0;
  virtual absl::StatusOr<v1::CompactHistoryResponse> CompactHistory(
      const v1::CompactHistoryRequest& request) = 0;
  virtual absl::StatusOr<v1::EraseResponse> Erase(const v1::EraseRequest& request) = 0;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_CONNECTION_H_
