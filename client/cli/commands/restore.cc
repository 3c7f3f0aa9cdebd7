#include <unistd.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"

namespace labgraph::cli {
namespace {

constexpr char kProgram[] = "labgraphd";

// Its file beside this program's.
std::string ProgramBesideThis() {
  std::error_code error;  // empty then, which execv does not find
  return std::filesystem::read_symlink("/proc/self/exe", error)
      .replace_filename(kProgram);
}

class RestoreCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(
        "restore", "Make a new store of a backup; no server takes part");
    AddCount(*command, "id", id_, "The number of the backup")
        ->type_name("ID")
        ->required();
    command
        ->add_option("--backup-dir", backup_dir_,
                     "Required: the directory in which the server keeps its backups")
        ->type_name("DIR")
        ->required();
    command
        ->add_option("--data", data_dir_,
                     "Required: where the new store goes; absent, or an empty directory")
        ->type_name("DIR")
        ->required();
    command->footer(
        "Runs labgraphd --restore on this machine, whose exit code it gives: 0 restored, "
        "1 "
        "not.\n"
        "labgraphd --data DIR serves the new store.");
    return command;
  }

  std::vector<Format> Formats() const override { return {}; }

  bool Reads() const override { return false; }
  bool AsksServer() const override { return false; }

  // Comes back only where labgraphd cannot be started.
  absl::Status Run(const Call&) override {
    const std::string id = absl::StrCat(id_);
    const char* const args[] = {
        kProgram, "--restore",       id.c_str(), "--backup-dir", backup_dir_.c_str(),
        "--data", data_dir_.c_str(), nullptr};
    execv(ProgramBesideThis().c_str(), const_cast<char* const*>(args));
    execvp(kProgram, const_cast<char* const*>(args));
    return absl::NotFoundError(absl::StrCat(
        kProgram, ", which restores, is neither beside this program nor on the PATH"));
  }

 private:
  uint32_t id_ = 0;
  std::string backup_dir_;
  std::string data_dir_;
};

}  // namespace

std::unique_ptr<Command> MakeRestoreCommand() {
  return std::make_unique<RestoreCommand>();
}

}  // namespace labgraph::cli
