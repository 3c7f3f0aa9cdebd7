#include "server/kv/rocksdb_damage.h"

#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/options.h"
#include "rocksdb/sst_file_reader.h"

namespace labgraph::kv {
namespace {

constexpr char kSuffix[] = ".sst";

// An ingested table has its number in the manifest; here it stays 0.
constexpr char kIngestedAs[] = "rocksdb.external_sst_file.global_seqno";

bool IsDamaged(rocksdb::Env* env, const std::string& path) {
  rocksdb::Options options;
  options.env = env;
  rocksdb::SstFileReader reader(options);
  const rocksdb::Status opened = reader.Open(path);
  // One that was deleted meanwhile is no damage.
  if (!opened.ok()) return opened.IsCorruption();
  const auto properties = reader.GetTableProperties();
  const auto number = properties->user_collected_properties.find(kIngestedAs);
  return number != properties->user_collected_properties.end() &&
         absl::c_any_of(number->second, [](char byte) { return byte != 0; });
}

}  // namespace

rocksdb::Status NameDamagedTable(rocksdb::Env* env, const std::string& directory,
                                 const rocksdb::Status& status) {
  if (!status.IsCorruption() || absl::StrContains(status.ToString(), kSuffix)) {
    return status;
  }
  std::vector<std::string> names;
  // What cannot be listed has no table to name.
  env->GetChildren(directory, &names).PermitUncheckedError();
  for (const std::string& name : names) {
    const std::string path = absl::StrCat(directory, "/", name);
    if (!absl::EndsWith(name, kSuffix) || !IsDamaged(env, path)) continue;
    return rocksdb::Status::Corruption(
        absl::StrCat(status.getState(), ": a damaged table is ", path));
  }
  return status;
}

}  // namespace labgraph::kv
