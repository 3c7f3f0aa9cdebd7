#ifndef LABGRAPH_TESTS_UNIT_KV_TEST_STORES_H_
#define LABGRAPH_TESTS_UNIT_KV_TEST_STORES_H_

// The backends as the conformance tests see them.

#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "server/kv/store.h"

namespace labgraph::kv {

inline constexpr const char* kTestKeyspaces[] = {"meta", "left", "right"};
inline constexpr Keyspace kLeft = 1;
inline constexpr Keyspace kRight = 2;

// A new directory under the test's temporary one; removed with the object.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// An empty store and what it lives in.
struct TestStore {
  std::unique_ptr<TempDir> directory;  // null where none is needed
  std::unique_ptr<Store> store;        // goes first
};

struct Backend {
  const char* name;
  TestStore (*make)();
};
inline std::ostream& operator<<(std::ostream& out, const Backend& backend) {
  return out << backend.name;
}

TestStore MakeMemory();
TestStore MakeRocksDb();
inline constexpr Backend kBackends[] = {{"Memory", MakeMemory}, {"RocksDb", MakeRocksDb}};

using Entries = std::vector<std::pair<std::string, std::string>>;

// All entries of a keyspace by walking forward. Fails the test on an error.
Entries Dump(const Reader& reader, Keyspace keyspace);
// The same by walking backward, last entry first.
Entries DumpBackward(const Reader& reader, Keyspace keyspace);

// Key and value under the cursor, or "end" / "error: ..." where it's not valid.
std::string At(const Cursor& cursor);

// The value of a key, or "absent". Fails the test on an error.
std::string Value(const Reader& reader, Keyspace keyspace, absl::string_view key);

}  // namespace labgraph::kv

#endif  // LABGRAPH_TESTS_UNIT_KV_TEST_STORES_H_
