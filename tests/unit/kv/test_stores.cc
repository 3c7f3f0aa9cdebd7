#include "tests/unit/kv/test_stores.h"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/kv/memory_store.h"
#include "server/kv/rocksdb_store.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_name.h"

namespace labgraph::kv {

TempDir::TempDir() : path_(testing::TemporaryName("labgraph_kv")) {
  if (::mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "cannot make " << path_;
}

TempDir::~TempDir() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

TestStore MakeMemory() { return {nullptr, NewMemoryStore(std::size(kTestKeyspaces))}; }

TestStore MakeRocksDb() {
  auto directory = std::make_unique<TempDir>();
  RocksDbOptions options;
  options.path = directory->path();
  auto store = OpenRocksDb(options, kTestKeyspaces);
  EXPECT_OK(store);
  return {std::move(directory), *std::move(store)};
}

Entries Dump(const Reader& reader, Keyspace keyspace) {
  Entries entries;
  const auto cursor = reader.NewCursor(keyspace);
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    entries.emplace_back(cursor->key(), cursor->value());
  }
  EXPECT_OK(cursor->status());
  return entries;
}

Entries DumpBackward(const Reader& reader, Keyspace keyspace) {
  Entries entries;
  const auto cursor = reader.NewCursor(keyspace);
  for (cursor->SeekForPrev(std::string(64, '\xff')); cursor->Valid(); cursor->Prev()) {
    entries.emplace_back(cursor->key(), cursor->value());
  }
  EXPECT_OK(cursor->status());
  return entries;
}

std::string At(const Cursor& cursor) {
  if (cursor.Valid()) return absl::StrCat(cursor.key(), "=", cursor.value());
  return cursor.status().ok() ? "end"
                              : absl::StrCat("error: ", cursor.status().message());
}

std::string Value(const Reader& reader, Keyspace keyspace, absl::string_view key) {
  const auto value = reader.Get(keyspace, key);
  EXPECT_OK(value);
  if (!value.ok()) return "error";
  return value->value_or("absent");
}

}  // namespace labgraph::kv
