#include "tests/faults/history_client.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/faults/history_records.h"
#include "tests/faults/items.h"

namespace labgraph::faults {
namespace {

// Before it there are no records, and the hub cannot be asked about.
constexpr uint64_t kFirstCommitRevision = kSchemaRevision + 1;

// Whether the call got no answer; fails the test where it got another one.
void ExpectGone(const absl::Status& status, const std::string& call) {
  EXPECT_EQ(client::DetailsOf(status).reason_name, "") << call << ": " << status;
  EXPECT_NE(status.code(), absl::StatusCode::kDataLoss) << call << ": " << status;
}

}  // namespace

int64_t Now() {
  return std::chrono::steady_clock::now().time_since_epoch() /
         std::chrono::nanoseconds(1);
}

void HistoryClient::Run(client::Connection& connection, int calls,
                        const std::function<void()>& called) {
  for (int i = 0; i < calls; ++i) {
    const auto type = OneIn(4) ? Operation::Type::kReadPast : Operation::Type::kRead;
    const bool answered =
        OneIn(2) ? Write(connection) : Read(connection, Below(Readings().size()), type);
    if (!answered) return;
    called();
  }
}

void HistoryClient::ReadAll(client::Connection& connection) {
  for (size_t way = 0; way < Readings().size(); ++way) {
    EXPECT_TRUE(Read(connection, way, Operation::Type::kRead));
  }
}

void HistoryClient::ServerIsGone() {
  for (Operation& operation : operations_) {
    if (!operation.revision.has_value())
      operation.ended = std::min(operation.ended, Now());
  }
}

bool HistoryClient::Write(client::Connection& connection) {
  Operation write;
  write.type = Operation::Type::kWrite;
  write.name = absl::StrCat(name_, ".", ++calls_);
  const v1::CommitRequest request = RandomCommit(write.name);
  write.values = EffectOf(request);
  write.invoked = Now();
  const absl::StatusOr<v1::CommitResponse> response = connection.Commit(request);
  if (response.ok()) {
    write.ended = Now();
    write.revision = response->revision();
    newest_seen_ = std::max(newest_seen_, response->revision());
  } else {
    ExpectGone(response.status(), write.name);
  }
  operations_.push_back(std::move(write));
  return response.ok();
}

bool HistoryClient::Read(client::Connection& connection, size_t way,
                         Operation::Type type) {
  const NamedReading& reading = Readings()[way];
  Operation read;
  read.type = type;
  read.name = absl::StrCat(name_, ".", ++calls_, " ", reading.name);
  const v1::ReadOptions options = OptionsFor(type);
  read.invoked = Now();
  absl::StatusOr<Found> found = reading.read(connection, options);
  if (!found.ok()) {
    ExpectGone(found.status(), read.name);
    return false;
  }
  read.ended = Now();
  read.revision = found->revision;
  read.values = std::move(found->values);
  if (options.has_revision()) {
    EXPECT_EQ(found->revision, options.revision()) << read.name;
  }
  newest_seen_ = std::max(newest_seen_, found->revision);
  operations_.push_back(std::move(read));
  return true;
}

v1::CommitRequest HistoryClient::RandomCommit(const std::string& value) {
  v1::CommitRequest request;
  // Something that is so for the first time, so that every commit makes a revision.
  AddItem(static_cast<int>(Below(kItems)), value, &request);
  if (OneIn(2)) {
    AddLink(static_cast<int>(Below(kItems)), OneIn(3) ? Value() : Value(value), &request);
  }
  if (OneIn(3)) {
    AddLoneItem(static_cast<int>(Below(kLoneItems)), OneIn(3) ? Value() : Value(value),
                &request);
  }
  return request;
}

v1::ReadOptions HistoryClient::OptionsFor(Operation::Type type) {
  v1::ReadOptions options;
  if (type == Operation::Type::kReadPast) {
    const uint64_t newest = std::max(newest_seen_, kFirstCommitRevision);
    options.set_revision(kFirstCommitRevision + Below(newest - kFirstCommitRevision + 1));
  } else if (OneIn(3)) {
    options.set_at_least_revision(newest_seen_);
  }
  return options;
}

}  // namespace labgraph::faults
