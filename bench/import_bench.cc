// What writing costs. Makes a graph of edges drawn as R-MAT does (few nodes have many),
// each with an id of 20 characters and one source, and reports what a load of it takes:
//
//   import_bench --dir /tmp/bench                     straight into graph::Graph
//   import_bench --dir /tmp/bench --server labgraphd  by Import, over a socket
//   import_bench --dir /tmp/bench --server labgraphd --writers 64
//                                     single durable commits by that many callers
//
// The directory is made anew each time and holds the store afterwards.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "labgraph/v1/editor_service.grpc.pb.h"
#include "rocksdb/convenience.h"
#include "rocksdb/db.h"
#include "rocksdb/utilities/options_util.h"
#include "server/base/clock.h"
#include "server/graph/graph.h"
#include "server/keys/keyspaces.h"
#include "server/kv/rocksdb_store.h"

namespace labgraph {
namespace {

struct Options {
  std::string dir;
  std::string server;  // program; empty: straight into the graph
  uint64_t statements = 1000000;
  uint64_t nodes = 1 << 17;  // a power of two
  uint64_t part = 5000;      // mutations in one part
  uint64_t in_flight = 32;   // parts sent and not yet answered, or imported at once
  uint64_t writers = 0;      // single commits by this many callers; 0: a load
  bool random_ids = false;   // of statements; otherwise ascending
};

void Require(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

void Require(const grpc::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.error_message().c_str());
  std::exit(1);
}

std::string NodeId(uint64_t node) { return absl::StrFormat("person/p%08d", node); }

constexpr char kDocument[] = "document/bench";

v1::ApplySchemaRequest Schema() {
  v1::ApplySchemaRequest request;
  request.mutable_schema()->add_kinds()->set_name("person");
  request.mutable_schema()->add_kinds()->set_name("document");
  v1::Predicate* predicate = request.mutable_schema()->add_predicates();
  predicate->set_name("works_with");
  predicate->add_domain("person");
  predicate->add_range("person");
  return request;
}

// Gives the mutations of the graph, entities first.
class Generator {
 public:
  explicit Generator(const Options& options) : options_(options) {}

  uint64_t entities() const { return options_.nodes + 1; }
  uint64_t mutations() const { return entities() + options_.statements; }

  void Add(uint64_t i, google::protobuf::RepeatedPtrField<v1::Mutation>* out) {
    if (i < entities()) {
      out->Add()->mutable_put_entity()->set_id(i == 0 ? kDocument : NodeId(i - 1));
    } else {
      FillStatement(i - entities(), out->Add()->mutable_put_statement());
    }
  }

  void FillStatement(uint64_t i, v1::Statement* statement) {
    const auto [from, to] = Edge();
    statement->set_id(options_.random_ids ? absl::StrFormat("e%019d", random_() >> 2)
                                          : absl::StrFormat("e%019d", i));
    statement->set_subject(NodeId(from));
    statement->set_predicate("works_with");
    statement->set_object(NodeId(to));
    statement->add_sources()->set_document(kDocument);
  }

 private:
  // R-MAT with the usual weights 0.57, 0.19, 0.19, 0.05 of the four quarters.
  std::pair<uint64_t, uint64_t> Edge() {
    uint64_t from = 0;
    uint64_t to = 0;
    uint64_t bits = 0;
    for (uint64_t bit = 1; bit < options_.nodes; bit <<= 1) {
      if (bits < 128) bits = random_();
      const uint64_t draw = bits & 127;
      bits >>= 7;
      if (draw >= 73) (draw < 97 || draw >= 121 ? to : from) |= bit;
      if (draw >= 121) from |= bit;
    }
    return {from, to};
  }

  const Options options_;
  std::mt19937_64 random_{1};
};

// Progress at every tenth of the work, and the rate of the last tenth beside the first.
class Report {
 public:
  explicit Report(uint64_t total) : total_(total) {}

  void Done(uint64_t count) {
    done_ += count;
    if (done_ - marked_ < total_ / 10 && done_ < total_) return;
    const absl::Time now = absl::Now();
    std::printf("%12d of %d, %8.0f/s\n", static_cast<int>(done_),
                static_cast<int>(total_),
                static_cast<double>(done_ - marked_) / absl::ToDoubleSeconds(now - at_));
    std::fflush(stdout);
    marked_ = done_;
    at_ = now;
  }

  void Finish(const char* what) const {
    const double seconds = absl::ToDoubleSeconds(absl::Now() - start_);
    std::printf("%s: %d in %.1f s, %.0f/s, %.2f us of this process's CPU each\n", what,
                static_cast<int>(done_), seconds, static_cast<double>(done_) / seconds,
                static_cast<double>(std::clock()) * 1e6 / CLOCKS_PER_SEC /
                    static_cast<double>(done_));
  }

 private:
  const uint64_t total_;
  const absl::Time start_ = absl::Now();
  absl::Time at_ = start_;
  uint64_t done_ = 0;
  uint64_t marked_ = 0;
};

std::string PeakMemory(const std::string& process) {
  std::ifstream status(absl::StrCat("/proc/", process, "/status"));
  for (std::string line; std::getline(status, line);) {
    if (absl::StartsWith(line, "VmHWM:")) return line.substr(6);
  }
  return "unknown";
}

kv::RocksDbOptions StoreOptions(const Options& options) {
  kv::RocksDbOptions rocksdb;
  rocksdb.path = options.dir;
  return rocksdb;
}

std::unique_ptr<kv::Store> OpenStore(const Options& options) {
  auto store = kv::OpenRocksDb(StoreOptions(options), keys::Names());
  Require(store.status());
  return *std::move(store);
}

void ReportDisk(const Options& options, const char* when) {
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(options.dir)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  std::printf("disk: %.1f bytes a statement %s\n",
              static_cast<double>(bytes) / static_cast<double>(options.statements), when);
}

void Require(const rocksdb::Status& status) {
  if (!status.ok()) Require(absl::InternalError(status.ToString()));
}

// Compacts every keyspace with the options it has and says what each takes.
void CompactStore(const Options& options) {
  rocksdb::DBOptions db_options;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  Require(rocksdb::LoadLatestOptions(rocksdb::ConfigOptions(), options.dir, &db_options,
                                     &families));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  Require(rocksdb::DB::Open(db_options, options.dir, families, &handles, &opened));
  const std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::CompactRangeOptions compact;
  compact.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    Require(db->CompactRange(compact, handle, nullptr, nullptr));
    uint64_t bytes = 0;
    db->GetIntProperty(handle, rocksdb::DB::Properties::kTotalSstFilesSize, &bytes);
    std::printf("  %-16s %6.1f\n", handle->GetName().c_str(),
                static_cast<double>(bytes) / static_cast<double>(options.statements));
    Require(db->DestroyColumnFamilyHandle(handle));
  }
}

void LoadGraph(const Options& options) {
  const SystemClock clock;
  const auto store = OpenStore(options);
  auto graph = graph::Graph::Open(store.get(), nullptr, &clock);
  Require(graph.status());
  Require((*graph)->ApplySchema(Schema()).status());
  Generator generator(options);
  Report report(generator.mutations());
  std::vector<v1::ImportRequest> parts;
  for (uint64_t i = 0; i < generator.mutations();) {
    v1::ImportRequest& part = parts.emplace_back();
    for (uint64_t j = 0; j < options.part && i < generator.mutations(); ++j, ++i) {
      generator.Add(i, part.mutable_mutations());
    }
    if (parts.size() < options.in_flight && i < generator.mutations()) continue;
    std::vector<v1::ImportResponse> answers;
    Require((*graph)->Import(absl::MakeSpan(parts), &answers));
    for (const v1::ImportResponse& answer : answers) report.Done(answer.created());
    parts.clear();
  }
  report.Finish("load");
  std::printf("peak memory: %s\n", PeakMemory("self").c_str());
}

// The server's program in a process of its own.
class ServerProcess {
 public:
  explicit ServerProcess(const Options& options) {
    pid_ = ::fork();
    if (pid_ == 0) {
      ::execl(options.server.c_str(), options.server.c_str(), "--data",
              options.dir.c_str(), "--listen", kAddress, nullptr);
      ::_exit(127);
    }
    channel_ = NewChannel();
    if (!channel_->WaitForConnected(std::chrono::system_clock::now() +
                                    std::chrono::seconds(30))) {
      std::fprintf(stderr, "the server does not come up\n");
      std::exit(1);
    }
  }

  ~ServerProcess() {
    std::printf("server's peak memory: %s\n", PeakMemory(absl::StrCat(pid_)).c_str());
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }

  std::unique_ptr<v1::EditorService::Stub> Stub() const {
    return v1::EditorService::NewStub(channel_);
  }

 private:
  static constexpr char kAddress[] = "127.0.0.1:17650";

  static std::shared_ptr<grpc::Channel> NewChannel() {
    return grpc::CreateChannel(kAddress, grpc::InsecureChannelCredentials());
  }

  pid_t pid_;
  std::shared_ptr<grpc::Channel> channel_;
};

void ApplySchema(v1::EditorService::Stub& stub) {
  grpc::ClientContext context;
  v1::ApplySchemaResponse response;
  Require(stub.ApplySchema(&context, Schema(), &response));
}

void LoadServer(const Options& options) {
  const ServerProcess server(options);
  const auto stub = server.Stub();
  ApplySchema(*stub);
  Generator generator(options);
  Report report(generator.mutations());
  grpc::ClientContext context;
  const auto stream = stub->Import(&context);
  std::atomic<uint64_t> answered = 0;
  std::thread reader([&] {
    v1::ImportResponse response;
    while (stream->Read(&response)) {
      report.Done(response.created());
      ++answered;
      answered.notify_one();
    }
  });
  v1::ImportRequest part;
  uint64_t sent = 0;
  for (uint64_t i = 0; i < generator.mutations(); ++i) {
    generator.Add(i, part.mutable_mutations());
    if (part.mutations_size() < static_cast<int>(options.part) &&
        i + 1 < generator.mutations()) {
      continue;
    }
    for (uint64_t seen = answered; sent - seen >= options.in_flight; seen = answered) {
      answered.wait(seen);
    }
    if (!stream->Write(part)) break;
    ++sent;
    part.clear_mutations();
  }
  stream->WritesDone();
  reader.join();
  Require(stream->Finish());
  report.Finish("load");
}

void CommitSingly(const Options& options) {
  const ServerProcess server(options);
  ApplySchema(*server.Stub());
  Report report(options.statements);
  std::atomic<uint64_t> next = 0;
  std::atomic<uint64_t> made = 0;
  std::vector<std::thread> writers;
  {
    v1::CommitRequest entities;
    v1::CommitResponse response;
    grpc::ClientContext context;
    Generator generator(options);
    for (uint64_t i = 0; i < generator.entities(); ++i) {
      generator.Add(i, entities.mutable_mutations());
    }
    Require(server.Stub()->Commit(&context, entities, &response));
  }
  const absl::Time start = absl::Now();
  for (uint64_t writer = 0; writer < options.writers; ++writer) {
    writers.emplace_back([&, writer] {
      Options own = options;
      own.random_ids = true;
      Generator generator(own);
      const auto stub = server.Stub();
      while (next++ < options.statements) {
        v1::CommitRequest request;
        v1::CommitResponse response;
        v1::Statement* statement = request.add_mutations()->mutable_put_statement();
        generator.FillStatement(0, statement);
        statement->set_id(absl::StrFormat("w%03d-%015d", writer, made++));
        grpc::ClientContext context;
        Require(stub->Commit(&context, request, &response));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  std::printf("%d writers: %.0f commits/s\n", static_cast<int>(options.writers),
              static_cast<double>(made) / absl::ToDoubleSeconds(absl::Now() - start));
}

int Main(int argc, char** argv) {
  Options options;
  CLI::App app("Measures writing.");
  app.add_option("--dir", options.dir, "Directory of the store, made anew")->required();
  app.add_option("--server", options.server, "Program of the server");
  app.add_option("--statements", options.statements, "Statements to write");
  app.add_option("--nodes", options.nodes, "Entities; a power of two");
  app.add_option("--part", options.part, "Mutations in one part");
  app.add_option("--in-flight", options.in_flight, "Parts sent and not yet answered");
  app.add_option("--writers", options.writers, "Callers that commit one by one");
  app.add_flag("--random-ids", options.random_ids, "Statement ids in random order");
  CLI11_PARSE(app, argc, argv);
  std::filesystem::remove_all(options.dir);
  if (options.server.empty()) {
    LoadGraph(options);
  } else if (options.writers == 0) {
    LoadServer(options);
  } else {
    CommitSingly(options);
  }
  ReportDisk(options, "as written");
  CompactStore(options);
  ReportDisk(options, "after compaction");
  return 0;
}

}  // namespace
}  // namespace labgraph

int main(int argc, char** argv) { return labgraph::Main(argc, argv); }
