#include "server/kv/rocksdb_database.h"

#include "absl/memory/memory.h"
#include "server/base/status_macros.h"
#include "server/kv/rocksdb_damage.h"
#include "server/kv/rocksdb_options.h"

namespace labgraph::kv {

absl::StatusOr<std::unique_ptr<Database>> Database::Open(
    Access access, const RocksDbOptions& options, absl::Span<const char* const> names,
    std::shared_ptr<rocksdb::Env> env) {
  auto database = absl::WrapUnique(new Database(options.path, std::move(env)));
  rocksdb::DBOptions db_options = DbOptions(options);
  db_options.env = database->env_.get();
  const std::vector<rocksdb::ColumnFamilyOptions> family_options =
      FamilyOptions(options, names.size());
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (size_t i = 0; i < names.size(); ++i) {
    descriptors.emplace_back(names[i], family_options[i]);
  }
  // Every database has it and must be opened with it.
  descriptors.emplace_back(rocksdb::kDefaultColumnFamilyName,
                           rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      access == Access::kWrite
          ? rocksdb::DB::Open(db_options, options.path, descriptors, &handles, &db)
          : rocksdb::DB::OpenForReadOnly(db_options, options.path, descriptors, &handles,
                                         &db);
  RETURN_IF_ERROR(ToStatus(NameDamagedTable(db_options.env, options.path, status),
                           options.path,
                           "The database can't be opened; the server's log says more. "
                           "Where a file is damaged, restore the directory from a "
                           "backup"));
  database->db_.reset(db);
  for (size_t i = 0; i < names.size(); ++i) {
    database->families_.push_back({names[i], handles[i]});
  }
  db->DestroyColumnFamilyHandle(handles.back());
  return database;
}

Database::~Database() {
  for (const Family& family : families_) db_->DestroyColumnFamilyHandle(family.handle);
}

}  // namespace labgraph::kv
