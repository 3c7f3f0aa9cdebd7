#include "server/kv/data_directory.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/kv/synced_files.h"

namespace labgraph::kv {
namespace {

namespace fs = std::filesystem;

struct Contents {
  bool has_current = false;
  bool has_manifest = false;
  bool restoring = false;
  bool blank = true;  // no table, no log with something in it, nothing unknown
  // A file that an interrupted creation doesn't leave behind; empty where there is none.
  std::string other;
};

absl::Status Refuse(absl::string_view path, absl::string_view problem,
                    absl::string_view remedy) {
  return errors::StorageFailed(
      absl::StrCat("The data directory \"", path, "\" ", problem, "; ", remedy, "."));
}

absl::Status CheckRights(absl::string_view directory, const fs::path& path, int rights) {
  // A file may go between being listed and being looked at.
  if (::access(path.c_str(), rights) == 0 || errno == ENOENT) return absl::OkStatus();
  const std::error_code error(errno, std::generic_category());
  return Refuse(directory,
                absl::StrCat("cannot be used: ", path.string(), ": ", error.message()),
                "run as the user who owns it, change its rights, or choose another");
}

absl::Status CheckParent(const std::string& path) {
  std::error_code error;
  fs::path directory = fs::absolute(path, error).lexically_normal();
  if (!directory.has_filename()) directory = directory.parent_path();  // ended in '/'
  const fs::path parent = directory.parent_path();
  if (fs::is_directory(parent, error)) return CheckRights(path, parent, W_OK | X_OK);
  return Refuse(
      path,
      absl::StrCat("cannot be created: there is no directory \"", parent.string(), "\""),
      "create that first or choose another");
}

// Whether a file of this name is made before the first batch is taken.
bool ComesWithCreation(absl::string_view name) {
  return name == "CURRENT" || name == "LOCK" || name == "IDENTITY" || name == "LOG" ||
         absl::StartsWith(name, "LOG.old.") || absl::StartsWith(name, "MANIFEST-") ||
         absl::StartsWith(name, "OPTIONS-") || absl::EndsWith(name, ".dbtmp") ||
         name == kSyncedFile;
}

void Account(const fs::directory_entry& entry, Contents& contents) {
  const std::string name = entry.path().filename().string();
  if (name == "CURRENT") contents.has_current = true;
  if (absl::StartsWith(name, "MANIFEST-")) contents.has_manifest = true;
  if (name == kRestoringDirectory) contents.restoring = true;
  if (ComesWithCreation(name)) return;
  contents.other = name;
  std::error_code error;
  const bool empty_log = absl::EndsWith(name, ".log") && entry.file_size(error) == 0;
  if (!empty_log) contents.blank = false;
}

// Calls `visit`, which returns a status, with each entry until one fails.
template <typename Visit>
absl::Status ForEachEntry(const std::string& path, const Visit& visit) {
  std::error_code error;
  fs::directory_iterator entry(path, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    // The root of a file system has this one, and it is root's alone.
    if (entry->path().filename() == "lost+found") continue;
    RETURN_IF_ERROR(visit(*entry));
  }
  if (!error) return absl::OkStatus();
  return Refuse(path, absl::StrCat("cannot be listed: ", error.message()),
                "check the disk, or choose another");
}

absl::StatusOr<DataDirectory> Classify(const std::string& path) {
  Contents contents;
  RETURN_IF_ERROR(ForEachEntry(path, [&](const fs::directory_entry& entry) {
    Account(entry, contents);
    return absl::OkStatus();
  }));
  if (contents.restoring) return DataDirectory::kInterruptedRestore;
  if (contents.has_current) {
    return contents.blank ? DataDirectory::kBlankDatabase : DataDirectory::kDatabase;
  }
  if (contents.other.empty()) return DataDirectory::kEmpty;
  if (contents.has_manifest) {
    const std::string current = absl::StrCat(path, "/CURRENT");
    return errors::StorageCorrupt(
        current, absl::StrCat("\"", current,
                              "\" is missing. Restore the directory from a backup."));
  }
  return Refuse(
      path,
      absl::StrCat("holds no database but other files, such as \"", contents.other, "\""),
      "choose an empty or a new directory");
}

absl::Status CheckWritable(const std::string& path) {
  RETURN_IF_ERROR(CheckRights(path, path, R_OK | W_OK | X_OK));
  return ForEachEntry(path, [&](const fs::directory_entry& entry) {
    return CheckRights(path, entry.path(), R_OK | W_OK);
  });
}

}  // namespace

absl::StatusOr<DataDirectory> InspectDataDirectory(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    RETURN_IF_ERROR(CheckParent(path));
    return DataDirectory::kAbsent;
  }
  if (status.type() == fs::file_type::none) {
    return Refuse(path, absl::StrCat("cannot be reached: ", error.message()),
                  "check the path and the rights along it");
  }
  if (status.type() != fs::file_type::directory) {
    return Refuse(path, "is a file", "give the path of a directory");
  }
  RETURN_IF_ERROR(CheckRights(path, path, R_OK | X_OK));
  ASSIGN_OR_RETURN(const DataDirectory found, Classify(path));
  // Only now: nobody should be advised to change the rights of a foreign directory.
  RETURN_IF_ERROR(CheckWritable(path));
  return found;
}

}  // namespace labgraph::kv
