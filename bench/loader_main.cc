// Measures what loading files costs labgraph-seed itself: every part is dropped and
// answered at once, so nothing but reading, checking and encoding is left.
//
//   labgraph_bench_loader FILE_OR_DIR...

#include <sys/resource.h>

#include <cstdint>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "labgraph/mock_connection.h"
#include "labgraph/retry_policy.h"
#include "seed/console.h"
#include "seed/options.h"
#include "seed/seed.h"
#include "seed/stop_flag.h"

namespace labgraph::bench {
namespace {

// What has been dropped.
struct Dropped {
  uint64_t parts = 0;
  uint64_t bytes = 0;
};

class DroppingStream final : public client::ImportStream {
 public:
  explicit DroppingStream(Dropped* dropped) : dropped_(dropped) {}

  bool Write(const v1::ImportRequest& part) override {
    return WriteEncoded(part.SerializeAsString());
  }
  bool WriteEncoded(std::string part) override {
    ++dropped_->parts;
    dropped_->bytes += part.size();
    ++due_;
    return true;
  }
  void WritesDone() override {}
  absl::StatusOr<absl::optional<v1::ImportResponse>> Read() override {
    if (due_ == 0) return absl::optional<v1::ImportResponse>();
    --due_;
    return absl::make_optional(v1::ImportResponse());
  }

 private:
  Dropped* const dropped_;
  int due_ = 0;
};

class DroppingConnection final : public client::MockConnection {
 public:
  DroppingConnection() {
    get_server_info = [](const auto&) { return v1::GetServerInfoResponse(); };
    apply_schema = [](const auto&) { return v1::ApplySchemaResponse(); };
    commit = [](const auto&) { return v1::CommitResponse(); };
  }

  std::unique_ptr<client::ImportStream> Import() override {
    return std::make_unique<DroppingStream>(&dropped);
  }

  Dropped dropped;
};

double CpuSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return time.tv_sec + time.tv_usec / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double PeakMebibytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace
}  // namespace labgraph::bench

int main(int argc, char** argv) {
  using namespace labgraph;  // NOLINT: the program is this function
  seed::ExitCode code = seed::kOk;
  const auto options = seed::ParseOptions(argc, argv, std::cout, std::cerr, &code);
  if (!options.has_value()) return code;
  auto connection = std::make_shared<bench::DroppingConnection>();
  seed::Console console = seed::Console::Standard();
  client::Clock clock;
  const seed::StopFlag stop{false};
  const absl::Time begin = absl::Now();
  code = seed::Seed(*options, connection, &console, &clock, stop);
  std::printf("%.2f s, %.2f s of CPU, %.0f MiB at most; %.1f MB in %lu parts\n",
              absl::ToDoubleSeconds(absl::Now() - begin), bench::CpuSeconds(),
              bench::PeakMebibytes(), connection->dropped.bytes / 1e6,
              static_cast<unsigned long>(connection->dropped.parts));
  return code;
}
