#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/answer.h"
#include "client/cli/output/single.h"
#include "client/cli/usage_error.h"
#include "google/protobuf/util/time_util.h"

namespace labgraph::cli {
namespace {

using google::protobuf::util::TimeUtil;

enum class Action { kCreate, kList, kVerify, kDelete };

std::vector<Column> BackupColumns() {
  return {{"id"}, {"time"}, {"revision"}, {"bytes"}, {"files"}, {"store"}};
}

Row BackupRow(const v1::Backup& backup) {
  return {{absl::StrCat(backup.id()), Style::kId},
          TimeUtil::ToString(backup.time()),
          absl::StrCat(backup.revision()),
          absl::StrCat(backup.bytes()),
          absl::StrCat(backup.files()),
          {backup.store_id(), Style::kFaint}};
}

Presentation<v1::ListBackupsResponse> MakePresentation() {
  Presentation<v1::ListBackupsResponse> presentation;
  presentation.columns = BackupColumns();
  presentation.rows = [](const v1::ListBackupsResponse& response, Printer& printer) {
    for (const v1::Backup& backup : response.backups()) {
      printer.Add(BackupRow(backup), backup);
    }
  };
  presentation.nothing = "no backups";
  return presentation;
}

class BackupCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command =
        program.add_subcommand("backup", "Make, list, verify and delete backups");
    AddChoice<Action>(
        *command, "action",
        {{"create", Action::kCreate},
         {"list", Action::kList},
         {"verify", Action::kVerify},
         {"delete", Action::kDelete}},
        [this](const Action& action) { action_ = action; }, "What to do")
        ->required();
    AddCount(*command, "id", id_, "The number of the backup, to verify or delete it")
        ->type_name("ID");
    command->footer(
        "The server keeps them in its --backup-dir. This makes a store of one:\n"
        "  labgraph restore ID --backup-dir DIR --data NEWDIR");
    return command;
  }

  // What is deleted leaves nothing to write but a word.
  std::vector<Format> Formats() const override {
    return action_ == Action::kDelete ? std::vector<Format>() : SingleFormats();
  }

  bool Reads() const override { return false; }

  bool Changes() const override {
    return action_ == Action::kCreate || action_ == Action::kDelete;
  }

  absl::Duration Timeout() const override { return absl::InfiniteDuration(); }

  absl::Status Run(const Call& call) override {
    const bool is_about_one = action_ == Action::kVerify || action_ == Action::kDelete;
    if (is_about_one && id_ == 0) {
      return UsageError("the number of the backup is missing; backup list gives them");
    }
    if (!is_about_one && id_ > 0) {
      return UsageError("backup create and backup list take no number");
    }
    switch (action_) {
      case Action::kCreate:
        return Create(call);
      case Action::kList:
        return List(call);
      case Action::kVerify:
        return Verify(call);
      case Action::kDelete:
        return Delete(call);
    }
    return absl::OkStatus();
  }

 private:
  static absl::Status Create(const Call& call) {
    const auto response = call.connection->CreateBackup(v1::CreateBackupRequest());
    if (!response.ok()) return response.status();
    WriteSingle(BackupColumns(), BackupRow(response->backup()), *response, call.output);
    return absl::OkStatus();
  }

  static absl::Status List(const Call& call) {
    const auto response = call.connection->ListBackups(v1::ListBackupsRequest());
    if (!response.ok()) return response.status();
    Answer<v1::ListBackupsResponse> answer(MakePresentation(), call.output);
    answer.Add(*response);
    answer.Finish();
    return absl::OkStatus();
  }

  absl::Status Verify(const Call& call) const {
    v1::VerifyBackupRequest request;
    request.set_id(id_);
    const auto response = call.connection->VerifyBackup(request);
    if (!response.ok()) return response.status();
    std::vector<Column> columns = BackupColumns();
    columns.push_back({"content_hash"});
    Row row = BackupRow(response->backup());
    row.push_back(response->content_hash());
    WriteSingle(columns, row, *response, call.output);
    return absl::OkStatus();
  }

  absl::Status Delete(const Call& call) const {
    v1::DeleteBackupRequest request;
    request.set_id(id_);
    const auto response = call.connection->DeleteBackup(request);
    if (!response.ok()) return response.status();
    call.output.out() << "backup " << id_ << " is deleted\n";
    return absl::OkStatus();
  }

  Action action_ = Action::kList;
  uint32_t id_ = 0;  // 0: none was given
};

}  // namespace

std::unique_ptr<Command> MakeBackupCommand() { return std::make_unique<BackupCommand>(); }

}  // namespace labgraph::cli
