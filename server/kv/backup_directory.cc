#include "server/kv/backup_directory.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "server/base/errors.h"

namespace labgraph::kv {
namespace {

namespace fs = std::filesystem;

// What a backup engine makes, and the file by which one process has it.
constexpr absl::string_view kOwn[] = {"meta", "private",   "shared", "shared_checksum",
                                      "LOCK", "lost+found"};

absl::Status Refuse(absl::string_view path, absl::string_view problem) {
  return errors::StorageFailed(
      absl::StrCat("The backup directory \"", path, "\" ", problem,
                   "; choose another that is empty, new, or holds backups."));
}

absl::Status CheckContents(const std::string& path) {
  std::error_code error;
  fs::directory_iterator entry(path, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename();
    if (absl::c_linear_search(kOwn, name)) continue;
    return Refuse(path, absl::StrCat("holds other files, such as \"", name, "\""));
  }
  if (!error) return absl::OkStatus();
  return Refuse(path, absl::StrCat("cannot be listed: ", error.message()));
}

}  // namespace

absl::Status CheckBackupDirectory(const std::string& path, bool must_exist) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    if (must_exist) return Refuse(path, "does not exist");
    fs::path whole = fs::absolute(path, error).lexically_normal();
    if (!whole.has_filename()) whole = whole.parent_path();  // ended in '/'
    if (fs::is_directory(whole.parent_path(), error)) return absl::OkStatus();
    return Refuse(path, absl::StrCat("cannot be created: there is no directory \"",
                                     whole.parent_path().string(), "\""));
  }
  if (status.type() == fs::file_type::none) {
    return Refuse(path, absl::StrCat("cannot be reached: ", error.message()));
  }
  if (status.type() != fs::file_type::directory) return Refuse(path, "is a file");
  if (::access(path.c_str(), must_exist ? R_OK | X_OK : R_OK | W_OK | X_OK) != 0) {
    return Refuse(
        path, absl::StrCat("cannot be used: ",
                           std::error_code(errno, std::generic_category()).message()));
  }
  return CheckContents(path);
}

}  // namespace labgraph::kv
