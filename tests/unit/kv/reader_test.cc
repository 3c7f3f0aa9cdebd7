// What every Reader must do: snapshots of each backend, and overlays over them.

#include <memory>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/kv/overlay.h"
#include "server/kv/store.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/test_stores.h"

namespace labgraph::kv {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

enum class Layout {
  kSnapshot,   // everything in the store
  kAllAbove,   // everything in an overlay over an empty store
  kAllBelow,   // everything in the store, under an empty overlay
  kBothMixed,  // some in each, with old values and deleted keys underneath
};

class ReaderTest : public ::testing::TestWithParam<std::tuple<Backend, Layout>> {
 protected:
  // Makes reader() hold exactly these entries.
  void Fill(Keyspace keyspace, const Entries& entries) {
    for (size_t i = 0; i < entries.size(); ++i) {
      const auto& [key, value] = entries[i];
      if (InBase(i)) base_.Put(keyspace, key, value);
      if (InOverlay(i)) changes_.Put(keyspace, key, value);
      if (layout() == Layout::kBothMixed) Clutter(keyspace, i, key);
    }
  }

  const Reader& reader() {
    if (snapshot_ != nullptr) return *current_;
    test_store_ = std::get<Backend>(GetParam()).make();
    EXPECT_OK(test_store_.store->Write(base_));
    snapshot_ = test_store_.store->GetSnapshot();
    overlay_ = std::make_unique<Overlay>(snapshot_.get());
    for (const auto& [keyspace, key, value] : changes_.operations()) {
      if (value.has_value()) {
        overlay_->Put(keyspace, key, *value);
      } else {
        overlay_->Delete(keyspace, key);
      }
    }
    current_ = layout() == Layout::kSnapshot ? static_cast<const Reader*>(snapshot_.get())
                                             : overlay_.get();
    return *current_;
  }

 private:
  static Layout layout() { return std::get<Layout>(GetParam()); }
  static bool InBase(size_t i) {
    if (layout() == Layout::kBothMixed) return i % 2 == 0;
    return layout() != Layout::kAllAbove;
  }
  static bool InOverlay(size_t i) {
    if (layout() == Layout::kBothMixed) return i % 2 == 1;
    return layout() == Layout::kAllAbove;
  }

  // What the overlay must hide.
  void Clutter(Keyspace keyspace, size_t i, const std::string& key) {
    if (i % 4 == 3) base_.Put(keyspace, key, "old");
    base_.Put(keyspace, key + "~", "deleted");
    changes_.Delete(keyspace, key + "~");
    changes_.Delete(keyspace, key + "~~");
  }

  Batch base_;
  Batch changes_;
  TestStore test_store_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::unique_ptr<Overlay> overlay_;
  const Reader* current_ = nullptr;
};

TEST_P(ReaderTest, GetTellsAbsentFromEmpty) {
  Fill(kLeft, {{"a", "1"}, {"b", ""}, {"c", "3"}});
  EXPECT_EQ(Value(reader(), kLeft, "a"), "1");
  EXPECT_EQ(Value(reader(), kLeft, "b"), "");
  EXPECT_EQ(Value(reader(), kLeft, "c"), "3");
  for (const char* key : {"", "A", "a~", "aa", "d"}) {
    EXPECT_EQ(Value(reader(), kLeft, key), "absent") << key;
  }
}

TEST_P(ReaderTest, KeysAreOrderedAsUnsignedBytes) {
  const Entries entries = {{"", "empty"},
                           {std::string(1, '\0'), "nul"},
                           {std::string(2, '\0'), "two nuls"},
                           {std::string("\0\xff", 2), "nul ff"},
                           {"\x01", "one"},
                           {"a", "a"},
                           {std::string("a\0", 2), "a nul"},
                           {std::string("a\0b", 3), "a nul b"},
                           {"aa", "aa"},
                           {"\x7f", "7f"},
                           {"\x80", "80"},
                           {"\xff", "ff"},
                           {"\xff\xff", "ff ff"}};
  Fill(kLeft, entries);
  EXPECT_EQ(Dump(reader(), kLeft), entries);
  EXPECT_EQ(DumpBackward(reader(), kLeft), Entries(entries.rbegin(), entries.rend()));
  for (const auto& [key, value] : entries) EXPECT_EQ(Value(reader(), kLeft, key), value);
}

TEST_P(ReaderTest, ValuesMayHoldAnyBytesAndBeLarge) {
  const std::string large(3 << 20, 'x');
  const std::string binary("\0\xff\0\n", 4);
  Fill(kLeft, {{"a", binary}, {"b", large}, {"c", large + "c"}, {"d", binary}});
  EXPECT_TRUE(Value(reader(), kLeft, "b") == large);
  EXPECT_TRUE(Value(reader(), kLeft, "c") == large + "c");
  EXPECT_THAT(Dump(reader(), kLeft),
              ElementsAre(Pair("a", binary), Pair("b", large), Pair("c", large + "c"),
                          Pair("d", binary)));
}

TEST_P(ReaderTest, KeyspacesAreIndependent) {
  Fill(kLeft, {{"a", "left"}, {"b", "left"}});
  Fill(kRight, {{"b", "right"}, {"c", "right"}});
  EXPECT_EQ(Value(reader(), kLeft, "c"), "absent");
  EXPECT_THAT(Dump(reader(), kLeft), ElementsAre(Pair("a", "left"), Pair("b", "left")));
  EXPECT_THAT(DumpBackward(reader(), kRight),
              ElementsAre(Pair("c", "right"), Pair("b", "right")));
  EXPECT_THAT(Dump(reader(), 0), IsEmpty());
}

TEST_P(ReaderTest, NewCursorIsNowhere) {
  Fill(kLeft, {{"a", "1"}});
  const auto cursor = reader().NewCursor(kLeft);
  EXPECT_EQ(At(*cursor), "end");
}

TEST_P(ReaderTest, SeeksStopAtTheNearestKey) {
  Fill(kLeft, {{"b", "1"}, {"d", "2"}, {"f", "3"}});
  const auto cursor = reader().NewCursor(kLeft);
  const struct {
    const char* key;
    const char* seek;
    const char* seek_for_prev;
  } kCases[] = {{"", "b=1", "end"},   {"a", "b=1", "end"}, {"b", "b=1", "b=1"},
                {"c", "d=2", "b=1"},  {"d", "d=2", "d=2"}, {"e", "f=3", "d=2"},
                {"f", "f=3", "f=3"},  {"g", "end", "f=3"}, {"\xff", "end", "f=3"},
                {"b~", "d=2", "b=1"}, {"f~", "end", "f=3"}};
  for (const auto& test : kCases) {
    cursor->Seek(test.key);
    EXPECT_EQ(At(*cursor), test.seek) << "Seek " << test.key;
    cursor->SeekForPrev(test.key);
    EXPECT_EQ(At(*cursor), test.seek_for_prev) << "SeekForPrev " << test.key;
  }
}

TEST_P(ReaderTest, SeekForPrevFindsTheLastKeyOfAPrefix) {
  Fill(kLeft, {{"n1/a", "1"}, {"n1/b", "2"}, {"n2/a", "3"}, {"n3", "4"}});
  const auto cursor = reader().NewCursor(kLeft);
  cursor->SeekForPrev("n1/\xff");
  EXPECT_EQ(At(*cursor), "n1/b=2");
  cursor->SeekForPrev("n2/b");
  EXPECT_EQ(At(*cursor), "n2/a=3");
}

TEST_P(ReaderTest, CursorTurnsRoundAnywhere) {
  const Entries entries = {{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}, {"e", "5"}};
  Fill(kLeft, entries);
  const auto cursor = reader().NewCursor(kLeft);
  for (size_t i = 0; i + 1 < entries.size(); ++i) {
    const std::string here = absl::StrCat(entries[i].first, "=", entries[i].second);
    const std::string next =
        absl::StrCat(entries[i + 1].first, "=", entries[i + 1].second);
    cursor->Seek(entries[i].first);
    cursor->Next();
    EXPECT_EQ(At(*cursor), next);
    cursor->Prev();
    EXPECT_EQ(At(*cursor), here);
    cursor->Next();
    EXPECT_EQ(At(*cursor), next);
    cursor->SeekForPrev(entries[i + 1].first);
    cursor->Prev();
    EXPECT_EQ(At(*cursor), here);
    cursor->Next();
    EXPECT_EQ(At(*cursor), next);
  }
}

TEST_P(ReaderTest, CursorPastAnEndCanSeekAgain) {
  Fill(kLeft, {{"a", "1"}, {"b", "2"}});
  const auto cursor = reader().NewCursor(kLeft);
  cursor->Seek("b");
  cursor->Next();
  EXPECT_EQ(At(*cursor), "end");
  cursor->Seek("a");
  EXPECT_EQ(At(*cursor), "a=1");
  cursor->Prev();
  EXPECT_EQ(At(*cursor), "end");
  cursor->SeekForPrev("c");
  EXPECT_EQ(At(*cursor), "b=2");
}

TEST_P(ReaderTest, CursorsDoNotDisturbOneAnother) {
  Fill(kLeft, {{"a", "1"}, {"b", "2"}, {"c", "3"}});
  const auto first = reader().NewCursor(kLeft);
  const auto second = reader().NewCursor(kLeft);
  first->Seek("a");
  second->Seek("c");
  const absl::string_view key = first->key();
  const absl::string_view value = first->value();
  second->Prev();
  EXPECT_EQ(At(*second), "b=2");
  EXPECT_EQ(key, "a");
  EXPECT_EQ(value, "1");
  first->Next();
  EXPECT_EQ(At(*first), "b=2");
}

std::string LayoutName(Layout layout) {
  switch (layout) {
    case Layout::kSnapshot:
      return "Snapshot";
    case Layout::kAllAbove:
      return "AllAbove";
    case Layout::kAllBelow:
      return "AllBelow";
    case Layout::kBothMixed:
      return "BothMixed";
  }
  return "";
}

INSTANTIATE_TEST_SUITE_P(
    Readers, ReaderTest,
    ::testing::Combine(::testing::ValuesIn(kBackends),
                       ::testing::Values(Layout::kSnapshot, Layout::kAllAbove,
                                         Layout::kAllBelow, Layout::kBothMixed)),
    [](const auto& info) {
      return absl::StrCat(std::get<Backend>(info.param).name,
                          LayoutName(std::get<Layout>(info.param)));
    });

}  // namespace
}  // namespace labgraph::kv
