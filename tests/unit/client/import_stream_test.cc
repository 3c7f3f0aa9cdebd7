// Imports against a real gRPC server in this process.
#include <string>

#include "absl/status/status.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/import.h"
#include "tests/unit/client/connection_fixture.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

using ::testing::ElementsAre;

using ImportServer = grpc::ServerReaderWriter<v1::ImportResponse, v1::ImportRequest>;

// Answers `parts` parts, then ends the call.
grpc::Status Answer(ImportServer& stream, int parts, const absl::Status& end) {
  v1::ImportRequest part;
  for (int i = 0; i < parts && stream.Read(&part); ++i) {
    v1::ImportResponse response;
    response.set_revision(100 + i);
    stream.Write(response);
  }
  return ToGrpc(end);
}

class ImportStreamTest : public ConnectionTest {};

TEST_F(ImportStreamTest, ImportRunsToItsEnd) {
  server_.import = [](ImportServer& stream) {
    return Answer(stream, /*parts=*/1000, absl::OkStatus());
  };
  ImportSession import(Connected());
  for (int i = 0; i < 20; ++i) ASSERT_THAT(import.Send({}), IsOk());
  absl::StatusOr<ImportTotals> totals = import.Finish();
  ASSERT_THAT(totals, IsOk());
  EXPECT_EQ(totals->parts, 20u);
  EXPECT_EQ(totals->revision, 119u);
}

TEST_F(ImportStreamTest, ImportStopsWhereTheServerDoesAndIsNotRepeated) {
  std::atomic<int> attempts = 0;
  server_.import = [&attempts](ImportServer& stream) {
    ++attempts;
    return Answer(stream, /*parts=*/7, MakeError(v1::ERROR_REASON_BUSY, "", "Stopping."));
  };
  ImportSession import(Connected());
  absl::Status status;
  while (status.ok()) status = import.Send({});
  EXPECT_THAT(status, FailsAt(v1::ERROR_REASON_BUSY, ""));
  EXPECT_THAT(import.Finish(), FailsAt(v1::ERROR_REASON_BUSY, ""));
  EXPECT_EQ(import.committed().parts, 7u);
  EXPECT_EQ(attempts, 1);
}

TEST_F(ImportStreamTest, EncodedPartsArriveAsTheyWouldAsMessages) {
  Log<std::string> arrived;
  server_.import = [&arrived](ImportServer& stream) {
    v1::ImportRequest part;
    while (stream.Read(&part)) {
      arrived.Add(part.ShortDebugString());
      v1::ImportResponse response;
      response.set_checkpoint(part.mutations_size());
      stream.Write(response);
    }
    return grpc::Status::OK;
  };
  v1::ImportRequest part;
  part.add_mutations()->mutable_put_entity()->set_id("lab/exit");
  part.set_message(std::string(100'000, 'm'));
  ImportSession import(Connected());
  EXPECT_EQ(import.FindCheckpoint("file").value_or(1), 0u);
  ASSERT_THAT(import.SendEncoded(part.SerializeAsString()), IsOk());
  ASSERT_THAT(import.Send(part), IsOk());
  ASSERT_THAT(import.Finish(), IsOk());
  EXPECT_THAT(arrived.entries(),
              ElementsAre("checkpoint { name: \"file\" }", part.ShortDebugString(),
                          part.ShortDebugString()));
}

TEST_F(ImportStreamTest, AbandonedImportIsCancelled) {
  absl::Notification over;
  server_.import = [&over](ImportServer& stream) {
    const grpc::Status status = Answer(stream, /*parts=*/1000, absl::OkStatus());
    over.Notify();
    return status;
  };
  {
    ImportSession import(Connected());
    ASSERT_THAT(import.Send({}), IsOk());
  }
  over.WaitForNotification();
  server_.Stop();
}

}  // namespace
}  // namespace labgraph::client
