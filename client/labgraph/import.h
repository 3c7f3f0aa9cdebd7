#ifndef LABGRAPH_IMPORT_H_
#define LABGRAPH_IMPORT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "labgraph/connection.h"

namespace labgraph::client {

// What an import has committed so far.
struct ImportTotals {
  uint64_t parts = 0;
  // The revision of the last part; 0 before the first.
  uint64_t revision = 0;
  // Mutations by outcome.
  uint64_t created = 0;
  uint64_t updated = 0;
  uint64_t unchanged = 0;
  uint64_t retracted = 0;
};

struct ImportOptions {
  // Parts sent and not yet answered, 1 to 16: enough to keep the server busy, few
  // enough that it is not ahead of what the caller knows to be safe.
  int max_in_flight = 4;
  // Called after every part that was committed, on the thread that calls Send or Finish.
  std::function<void(const ImportTotals&)> on_progress = nullptr;
};

// Writes in bulk:
//
//   ImportSession import(connection);
//   while (Fill(&part)) {
//     if (!import.Send(part).ok()) break;
//   }
//   absl::StatusOr<ImportTotals> totals = import.Finish();
//   if (!totals.ok()) { ... go on from part number import.committed().parts ... }
//
// Every part is committed as a whole, in order. The first that is refused ends the
// import; those before it stay. Destroying a session that was not finished cancels it,
// which leaves open the fate of the parts in flight. Not thread-safe.
//
// To go on where a program was killed, give parts a checkpoint and begin with
//
//   absl::StatusOr<uint64_t> position = import.FindCheckpoint("my-file 2024-05");
//
// which is kept with the part it came with: what stands before it is committed, what
// stands behind it is not.
class ImportSession {
 public:
  explicit ImportSession(std::shared_ptr<Connection> connection,
                         ImportOptions options = {});
  ImportSession(const ImportSession&) = delete;
  ImportSession& operator=(const ImportSession&) = delete;
  ~ImportSession();

  // Sends one part, first waiting for an answer where max_in_flight are due. An error
  // means that the import is over; every later Send and Finish give the same.
  // A field path in it is relative to part number committed().parts, from 0.
  absl::Status Send(const v1::ImportRequest& part);

  // The same for a part in wire format: what v1::ImportRequest::SerializeAsString gives,
  // or a program that encodes faster.
  absl::Status SendEncoded(std::string part);

  // Asks how far an earlier import with this checkpoint name came: the position of its
  // last committed part, or 0 where it never began, was done, or the server keeps none.
  // REQUIRES: called before the first part is sent. An error is that of Send.
  absl::StatusOr<uint64_t> FindCheckpoint(absl::string_view name);

  // Waits for the answers still due. All parts are committed, or the error
  // that ended the import; committed() then says how far it came.
  absl::StatusOr<ImportTotals> Finish();

  // What is known to be committed.
  const ImportTotals& committed() const { return committed_; }

 private:
  // Waits for room, and writes one part by `write`, which is false when the call is over.
  absl::Status SendBy(absl::FunctionRef<bool()> write);
  // Waits for one answer; sets status_ where none comes.
  v1::ImportResponse ReadAnswer();
  // Waits for the answer of a part and adds it up.
  void AwaitAnswer();
  // Reads until the error that made the stream refuse a part.
  void AwaitError();
  // Reads the end of the stream after the last answer.
  void AwaitEnd();

  std::shared_ptr<Connection> connection_;
  ImportOptions options_;
  std::unique_ptr<ImportStream> stream_;
  uint64_t sent_ = 0;
  ImportTotals committed_;
  absl::Status status_;
  bool finished_ = false;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_IMPORT_H_
