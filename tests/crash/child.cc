#include "tests/crash/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/base/failpoint.h"
#include "server/base/status_macros.h"
#include "server/keys/keyspaces.h"
#include "server/kv/backups.h"
#include "server/kv/rocksdb_store.h"

namespace labgraph::crash {
namespace {

constexpr char kDirectory[] = "LABGRAPH_CRASH_DIRECTORY";
constexpr char kPrefix[] = "LABGRAPH_CRASH_PREFIX";
constexpr char kFailpoints[] = "LABGRAPH_FAILPOINTS";

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Appends a line past every buffer of this process, which may be at its end.
void Tell(int file, const std::string& line) {
  const std::string whole = line + "\n";
  if (::write(file, whole.data(), whole.size()) < 0) std::abort();
}

absl::Status WriteBackUpAndPurge(const std::string& directory,
                                 const std::string& prefix) {
  kv::RocksDbOptions options;
  options.path = directory + "/store";
  options.ingest_bytes = 64 << 10;
  options.write_buffer_bytes = 512 << 10;
  ASSIGN_OR_RETURN(const std::unique_ptr<kv::Store> store,
                   kv::OpenRocksDb(options, keys::Names()));
  ASSIGN_OR_RETURN(const std::unique_ptr<graph::Graph> graph, OpenGraph(store.get()));
  const int file =
      ::open((directory + "/journal").c_str(), O_WRONLY | O_APPEND | O_CREAT, 0600);
  Journal journal;
  journal.Observe([file](const std::string& name, bool acknowledged) {
    Tell(file, absl::StrCat(acknowledged ? "done " : "try ", name));
  });
  Journal::Mix mix;
  mix.threads = 2;
  mix.writes = 6;
  RETURN_IF_ERROR(journal.Run(*graph, prefix, mix));
  ASSIGN_OR_RETURN(const std::unique_ptr<kv::Backups> backups,
                   kv::OpenBackups(directory + "/backups"));
  ASSIGN_OR_RETURN(
      const kv::BackupInfo backup,
      backups->Create(*store, [](const kv::Snapshot&) { return std::string(); }));
  options.path = directory + "/restored";
  std::filesystem::remove_all(options.path);
  RETURN_IF_ERROR(kv::RestoreBackup(directory + "/backups", backup.id, options,
                                    keys::Names(),
                                    [](kv::Store&) { return absl::OkStatus(); })
                      .status());
  std::vector<kv::Keyspace> all(keys::Names().size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = static_cast<kv::Keyspace>(i);
  return store->Purge(all, *store->GetSnapshot()).status();
}

// What the child does. In a test run of its own it has nothing to do.
TEST(CrashChild, Run) {
  const std::string directory = Variable(kDirectory);
  if (directory.empty()) GTEST_SKIP() << "only for the tests of this program";
  ASSERT_TRUE(failpoint::Configure(Variable(kFailpoints)).ok());
  const absl::Status status = WriteBackUpAndPurge(directory, Variable(kPrefix));
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace

int RunInChild(const Task& task, Journal& journal) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe");
  const std::string output = task.directory + "/child.log";
  std::vector<std::string> words = {program, "--gtest_filter=CrashChild.Run"};
  std::vector<std::string> settings = {absl::StrCat(kDirectory, "=", task.directory),
                                       absl::StrCat(kPrefix, "=", task.prefix),
                                       absl::StrCat(kFailpoints, "=", task.failpoints)};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::vector<char*> variables;
  for (std::string& setting : settings) variables.push_back(setting.data());
  variables.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int file : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, file, output.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
  }
  pid_t child = 0;
  EXPECT_EQ(::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(),
                          variables.data()),
            0);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status) << ", see " << output;
  std::ifstream lines(task.directory + "/journal");
  std::string word;
  std::string name;
  while (lines >> word >> name) journal.Note(name, word == "done");
  return WEXITSTATUS(status);
}

}  // namespace labgraph::crash
