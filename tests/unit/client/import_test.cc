#include "labgraph/import.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "labgraph/error.h"
#include "labgraph/mock_connection.h"
#include "tests/unit/client/error_matchers.h"

namespace labgraph::client {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

v1::ImportRequest Part(const std::string& message = "") {
  v1::ImportRequest part;
  part.set_message(message);
  return part;
}

// Commits every part, each as one creation and the next revision, but for the part
// with the message "bad".
std::shared_ptr<MockConnection> Committing(std::vector<std::string>* written = nullptr) {
  auto connection = std::make_shared<MockConnection>();
  connection->import_part =
      [written, revision = uint64_t{10}](
          const v1::ImportRequest& part) mutable -> absl::StatusOr<v1::ImportResponse> {
    if (written != nullptr) written->push_back(part.message());
    if (part.message() == "bad") {
      return MakeError(v1::ERROR_REASON_ID_MALFORMED, "mutations[0].put_entity.id",
                       "No id.");
    }
    v1::ImportResponse response;
    response.set_revision(++revision);
    response.set_created(1);
    response.set_unchanged(2);
    return response;
  };
  return connection;
}

TEST(ImportTest, AddsUpWhatWasCommitted) {
  std::vector<uint64_t> progress;
  ImportSession import(Committing(),
                       {.max_in_flight = 2, .on_progress = [&](const auto& totals) {
                          progress.push_back(totals.parts);
                        }});
  for (int i = 0; i < 5; ++i) ASSERT_THAT(import.Send(Part()), IsOk());
  EXPECT_THAT(progress, ElementsAre(1, 2, 3));
  absl::StatusOr<ImportTotals> totals = import.Finish();
  ASSERT_THAT(totals, IsOk());
  EXPECT_EQ(totals->parts, 5u);
  EXPECT_EQ(totals->revision, 15u);
  EXPECT_EQ(totals->created, 5u);
  EXPECT_EQ(totals->updated, 0u);
  EXPECT_EQ(totals->unchanged, 10u);
  EXPECT_THAT(progress, ElementsAre(1, 2, 3, 4, 5));
}

TEST(ImportTest, NothingSentIsFine) {
  absl::StatusOr<ImportTotals> totals = ImportSession(Committing()).Finish();
  ASSERT_THAT(totals, IsOk());
  EXPECT_EQ(totals->parts, 0u);
}

TEST(ImportTest, RefusedPartEndsTheImportAndSaysHowFarItCame) {
  std::vector<std::string> written;
  ImportSession import(Committing(&written), {.max_in_flight = 3});
  ASSERT_THAT(import.Send(Part("1")), IsOk());
  ASSERT_THAT(import.Send(Part("2")), IsOk());
  ASSERT_THAT(import.Send(Part("bad")), IsOk());
  const auto refused =
      FailsAt(v1::ERROR_REASON_ID_MALFORMED, "mutations[0].put_entity.id");
  EXPECT_THAT(import.Send(Part("4")), refused);
  EXPECT_THAT(import.Send(Part("5")), refused);
  EXPECT_THAT(import.Finish(), refused);
  EXPECT_THAT(import.Finish(), refused);
  EXPECT_EQ(import.committed().parts, 2u);
  EXPECT_EQ(import.committed().revision, 12u);
  EXPECT_THAT(written, ElementsAre("1", "2", "bad"));
}

TEST(ImportTest, RefusalOfTheLastPartShowsInFinish) {
  ImportSession import(Committing());
  ASSERT_THAT(import.Send(Part("bad")), IsOk());
  EXPECT_THAT(import.Finish(),
              FailsAt(v1::ERROR_REASON_ID_MALFORMED, "mutations[0].put_entity.id"));
  EXPECT_EQ(import.committed().parts, 0u);
}

TEST(ImportTest, FinishedIsFinished) {
  ImportSession import(Committing());
  ASSERT_THAT(import.Finish(), IsOk());
  EXPECT_THAT(import.Send(Part()), HasCode(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(import.Finish(), IsOk());
}

TEST(ImportTest, EncodedPartsAreParts) {
  std::vector<std::string> written;
  ImportSession import(Committing(&written));
  ASSERT_THAT(import.SendEncoded(Part("1").SerializeAsString()), IsOk());
  ASSERT_THAT(import.Send(Part("2")), IsOk());
  EXPECT_THAT(import.SendEncoded("no message"),
              HasCode(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(import.committed().parts, 2u);
  EXPECT_THAT(written, ElementsAre("1", "2"));
}

// Knows one checkpoint, and notes what is asked.
std::shared_ptr<MockConnection> Remembering(uint64_t position,
                                            std::vector<v1::ImportRequest>* requests) {
  auto connection = std::make_shared<MockConnection>();
  connection->import_part = [=](const v1::ImportRequest& part) {
    requests->push_back(part);
    v1::ImportResponse response;
    response.set_checkpoint(position);
    response.set_created(part.mutations_size());
    return response;
  };
  return connection;
}

TEST(ImportTest, FindsTheCheckpointAndCountsNoPartForIt) {
  std::vector<v1::ImportRequest> requests;
  ImportSession import(Remembering(123, &requests));
  EXPECT_EQ(import.FindCheckpoint("a file").value_or(0), 123u);
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_EQ(requests[0].ShortDebugString(), "checkpoint { name: \"a file\" }");
  EXPECT_EQ(import.committed().parts, 0u);
  ASSERT_THAT(import.Send(Part()), IsOk());
  absl::StatusOr<ImportTotals> totals = import.Finish();
  ASSERT_THAT(totals, IsOk());
  EXPECT_EQ(totals->parts, 1u);
}

TEST(ImportTest, ACheckpointThatCannotBeAskedForEndsTheImport) {
  auto connection = std::make_shared<MockConnection>();
  connection->import_part = [](const v1::ImportRequest&) {
    return absl::UnavailableError("no server");
  };
  ImportSession import(connection);
  EXPECT_THAT(import.FindCheckpoint("a"), HasCode(absl::StatusCode::kUnavailable));
  EXPECT_THAT(import.Send(Part()), HasCode(absl::StatusCode::kUnavailable));
  EXPECT_THAT(import.Finish(), HasCode(absl::StatusCode::kUnavailable));
}

// Answers only when it is read, so that what is in flight can be counted.
class CountingStream final : public ImportStream {
 public:
  explicit CountingStream(int answers, absl::Status end)
      : answers_(answers), end_(std::move(end)) {}

  bool Write(const v1::ImportRequest&) override {
    most_ = std::max(most_, ++in_flight_);
    return true;
  }
  void WritesDone() override {}
  absl::StatusOr<absl::optional<v1::ImportResponse>> Read() override {
    if (answers_-- > 0) {
      --in_flight_;
      return absl::make_optional(v1::ImportResponse());
    }
    if (!end_.ok()) return end_;
    return absl::optional<v1::ImportResponse>();
  }

  int most() const { return most_; }

 private:
  int answers_;
  const absl::Status end_;
  int in_flight_ = 0;
  int most_ = 0;
};

class CountingConnection final : public MockConnection {
 public:
  explicit CountingConnection(int answers, absl::Status end = absl::OkStatus()) {
    auto stream = std::make_unique<CountingStream>(answers, std::move(end));
    stream_ = stream.get();
    next_ = std::move(stream);
  }
  std::unique_ptr<ImportStream> Import() override { return std::move(next_); }
  CountingStream& stream() { return *stream_; }

 private:
  std::unique_ptr<ImportStream> next_;
  CountingStream* stream_;
};

TEST(ImportTest, NoMoreInFlightThanAllowed) {
  const struct {
    int asked;
    int most;
  } cases[] = {{1, 1}, {4, 4}, {0, 1}, {-3, 1}, {100, 16}};
  for (const auto& c : cases) {
    auto connection = std::make_shared<CountingConnection>(/*answers=*/40);
    ImportSession import(connection, {.max_in_flight = c.asked});
    for (int i = 0; i < 40; ++i) ASSERT_THAT(import.Send(Part()), IsOk());
    EXPECT_EQ(connection->stream().most(), c.most) << c.asked;
    EXPECT_THAT(import.Finish(), IsOk());
  }
}

TEST(ImportTest, MissingOrSurplusAnswersAreNoSuccess) {
  for (int answers : {1, 3}) {
    ImportSession import(std::make_shared<CountingConnection>(answers));
    ASSERT_THAT(import.Send(Part()), IsOk());
    ASSERT_THAT(import.Send(Part()), IsOk());
    EXPECT_THAT(import.Finish(), FailsAt(v1::ERROR_REASON_INTERNAL, "")) << answers;
  }
}

TEST(ImportTest, ErrorAfterTheLastAnswerIsGiven) {
  ImportSession import(
      std::make_shared<CountingConnection>(1, absl::UnavailableError("connection lost")));
  ASSERT_THAT(import.Send(Part()), IsOk());
  EXPECT_THAT(import.Finish(), HasCode(absl::StatusCode::kUnavailable));
  EXPECT_EQ(import.committed().parts, 1u);
}

}  // namespace
}  // namespace labgraph::client
