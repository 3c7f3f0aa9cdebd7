#include "tests/faults/load.h"

#include <deque>
#include <functional>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/faults/items.h"

namespace labgraph::faults {
namespace {

// Items of a write of many records; with their links about twice as many records.
constexpr size_t kManyItems = 20;
// Parts of an import that are sent and not yet answered.
constexpr size_t kPartsInFlight = 4;

// Items of this name, each but the first linked to the one before.
v1::CommitRequest ChainOf(const std::string& name, size_t items) {
  v1::CommitRequest request;
  request.set_request_id(name);
  for (size_t i = 0; i < items; ++i) {
    const std::string key = absl::StrCat(name, ".", i);
    *request.add_mutations()->mutable_put_entity() = Item(key, name);
    if (i == 0) continue;
    *request.add_mutations()->mutable_put_statement() =
        Link(key, key, absl::StrCat(name, ".", i - 1), name);
  }
  return request;
}

v1::ImportRequest PartOf(const SentWrite& write, const std::string& checkpoint) {
  v1::ImportRequest part;
  *part.mutable_mutations() = write.request.mutations();
  part.mutable_checkpoint()->set_name(checkpoint);
  part.mutable_checkpoint()->set_position(write.import_part);
  return part;
}

}  // namespace

Load::Load(std::shared_ptr<client::Connection> connection, const std::string& name)
    : connection_(std::move(connection)), name_(name) {
  const std::function<void()> writers[] = {
      [this] { WriteCommits("a", 1); }, [this] { WriteCommits("b", 1); },
      [this] { WriteCommits("c", kManyItems); },
      [this] { WriteCommits("d", kManyItems); }, [this] { WriteImport(); }};
  running_ = std::size(writers);
  for (const std::function<void()>& write : writers) {
    threads_.emplace_back([this, write] {
      write();
      absl::MutexLock lock(&mu_);
      --running_;
    });
  }
}

Load::~Load() {
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Load::WriteCommits(const std::string& writer, size_t items) {
  for (uint64_t n = 0;; ++n) {
    const v1::CommitRequest request =
        ChainOf(absl::StrCat(name_, ".", writer, ".", n), items);
    const size_t place = Sent({request, 0, absl::nullopt});
    const auto response = connection_->Commit(request);
    if (!response.ok()) {
      // Nobody but a server that is gone may refuse.
      EXPECT_EQ(client::DetailsOf(response.status()).reason_name, "")
          << response.status();
      return;
    }
    EXPECT_FALSE(response->replayed());
    Acknowledged(place, response->revision());
  }
}

void Load::WriteImport() {
  const std::unique_ptr<client::ImportStream> stream = connection_->Import();
  std::deque<size_t> in_flight;
  for (uint64_t n = 1;; ++n) {
    SentWrite write{ChainOf(absl::StrCat(name_, ".import.", n), kManyItems), n,
                    absl::nullopt};
    const v1::ImportRequest part = PartOf(write, name_);
    in_flight.push_back(Sent(std::move(write)));
    const bool written = stream->Write(part);
    while (in_flight.size() >= kPartsInFlight || !written) {
      const auto answer = stream->Read();
      if (!answer.ok() || !answer->has_value()) return;
      Acknowledged(in_flight.front(), (*answer)->revision());
      in_flight.pop_front();
    }
  }
}

size_t Load::Sent(SentWrite write) {
  absl::MutexLock lock(&mu_);
  writes_.push_back(std::move(write));
  return writes_.size() - 1;
}

void Load::Acknowledged(size_t place, uint64_t revision) {
  absl::MutexLock lock(&mu_);
  writes_[place].revision = revision;
  ++acknowledged_;
}

bool Load::AwaitAcknowledged(size_t writes) {
  absl::MutexLock lock(&mu_);
  const auto reached = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return acknowledged_ >= writes || running_ == 0;
  };
  mu_.Await(absl::Condition(&reached));
  return acknowledged_ >= writes;
}

std::vector<SentWrite> Load::Finish() {
  for (std::thread& thread : threads_) thread.join();
  absl::MutexLock lock(&mu_);
  return std::move(writes_);
}

}  // namespace labgraph::faults
