// What the overlay does beyond being a Reader, which reader_test.cc covers.

#include "server/kv/overlay.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/errors.h"
#include "server/kv/memory_store.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/test_stores.h"

namespace labgraph::kv {
namespace {

using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::IsEmpty;
using ::testing::Pair;

class OverlayTest : public ::testing::Test {
 protected:
  const std::unique_ptr<Store> store_ = NewMemoryStore(std::size(kTestKeyspaces));
  const std::shared_ptr<const Snapshot> base_ = FillBase();
  Overlay overlay_{base_.get()};

 private:
  std::shared_ptr<const Snapshot> FillBase() {
    Batch batch;
    for (const char* key : {"b", "d", "f"}) batch.Put(kLeft, key, "base");
    EXPECT_OK(store_->Write(batch));
    return store_->GetSnapshot();
  }
};

TEST_F(OverlayTest, BatchHoldsTheLastChangeOfEachKey) {
  EXPECT_TRUE(overlay_.empty());
  EXPECT_TRUE(overlay_.ToBatch().empty());
  overlay_.Put(kRight, "x", "1");
  overlay_.Put(kLeft, "b", "1");
  overlay_.Put(kLeft, "b", "2");
  overlay_.Delete(kLeft, "d");
  overlay_.Put(kLeft, "c", "1");
  overlay_.Delete(kLeft, "c");
  EXPECT_FALSE(overlay_.empty());
  const Batch batch = overlay_.ToBatch();
  EXPECT_EQ(batch.operations().size(), 4);
  ASSERT_OK(store_->Write(batch));
  EXPECT_THAT(Dump(*store_->GetSnapshot(), kLeft),
              ElementsAre(Pair("b", "2"), Pair("f", "base")));
  EXPECT_THAT(Dump(*store_->GetSnapshot(), kRight), ElementsAre(Pair("x", "1")));
}

TEST_F(OverlayTest, RollBackUndoesWhatCameAfterTheMark) {
  overlay_.Put(kLeft, "a", "kept");
  overlay_.Delete(kLeft, "b");
  const Overlay::Mark mark = overlay_.SetMark();
  overlay_.Put(kLeft, "a", "undone");
  overlay_.Put(kLeft, "a", "undone too");
  overlay_.Put(kLeft, "b", "undone");
  overlay_.Put(kLeft, "c", "undone");
  overlay_.Delete(kLeft, "d");
  overlay_.Put(kRight, "x", "undone");
  overlay_.RollBack(mark);
  EXPECT_THAT(Dump(overlay_, kLeft),
              ElementsAre(Pair("a", "kept"), Pair("d", "base"), Pair("f", "base")));
  EXPECT_THAT(Dump(overlay_, kRight), IsEmpty());
  EXPECT_EQ(overlay_.ToBatch().operations().size(), 2);
  overlay_.RollBack(0);
  EXPECT_TRUE(overlay_.empty());
  EXPECT_EQ(Value(overlay_, kLeft, "b"), "base");
}

TEST_F(OverlayTest, NewKeysAreAsThoseThatArePut) {
  overlay_.PutNew(kLeft, "a", "new");
  const Overlay::Mark mark = overlay_.SetMark();
  overlay_.PutNew(kLeft, "c", "new");
  overlay_.Put(kLeft, "a", "changed");
  overlay_.Delete(kLeft, "c");
  EXPECT_THAT(Dump(overlay_, kLeft), ElementsAre(Pair("a", "changed"), Pair("b", "base"),
                                                 Pair("d", "base"), Pair("f", "base")));
  overlay_.RollBack(mark);
  EXPECT_EQ(Value(overlay_, kLeft, "a"), "new");
  EXPECT_EQ(Value(overlay_, kLeft, "c"), "absent");
  overlay_.PutNew(kLeft, "c", "again");
  EXPECT_EQ(Value(overlay_, kLeft, "c"), "again");
  EXPECT_EQ(overlay_.ToBatch().operations().size(), 2);
}

TEST_F(OverlayTest, DroppedMarksLeaveTheChanges) {
  overlay_.Put(kLeft, "a", "kept");
  overlay_.Put(kLeft, "b", "kept");
  overlay_.DropMarks();
  const Overlay::Mark mark = overlay_.SetMark();
  overlay_.Put(kLeft, "a", "undone");
  overlay_.Put(kLeft, "c", "undone");
  overlay_.RollBack(mark);
  EXPECT_EQ(Value(overlay_, kLeft, "a"), "kept");
  EXPECT_EQ(Value(overlay_, kLeft, "b"), "kept");
  EXPECT_EQ(Value(overlay_, kLeft, "c"), "absent");
}

TEST_F(OverlayTest, BatchesAreInOrder) {
  for (int i = 0; i < 300; ++i) {
    const std::string key = absl::StrCat("key", i * 7919 % 300);
    overlay_.PutNew(kRight, key, "value");
    overlay_.Put(kLeft, key, "value");
  }
  const Batch batch = overlay_.ToBatch();
  EXPECT_EQ(batch.operations().size(), 600);
  for (size_t i = 1; i < batch.operations().size(); ++i) {
    const Batch::Operation& before = batch.operations()[i - 1];
    const Batch::Operation& after = batch.operations()[i];
    EXPECT_TRUE(before.keyspace < after.keyspace ||
                (before.keyspace == after.keyspace && before.key < after.key))
        << before.key << " before " << after.key;
  }
}

TEST_F(OverlayTest, RollBackToTheNewestMarkChangesNothing) {
  overlay_.Put(kLeft, "a", "1");
  overlay_.RollBack(overlay_.SetMark());
  EXPECT_EQ(Value(overlay_, kLeft, "a"), "1");
}

TEST_F(OverlayTest, CursorSeesChangesAheadOfIt) {
  const auto cursor = overlay_.NewCursor(kLeft);
  cursor->Seek("b");
  overlay_.Put(kLeft, "c", "new");
  overlay_.Put(kLeft, "d", "new");
  overlay_.Delete(kLeft, "f");
  overlay_.Put(kLeft, "g", "new");
  cursor->Next();
  EXPECT_EQ(At(*cursor), "c=new");
  cursor->Next();
  EXPECT_EQ(At(*cursor), "d=new");
  overlay_.Delete(kLeft, "b");
  overlay_.Delete(kLeft, "c");
  overlay_.Put(kLeft, "a", "new");
  cursor->Next();
  EXPECT_EQ(At(*cursor), "g=new");
  cursor->Prev();
  cursor->Prev();
  EXPECT_EQ(At(*cursor), "a=new");
}

TEST_F(OverlayTest, CursorStaysWhereItStandsWhileItsKeyChanges) {
  overlay_.Put(kLeft, "b", "short");
  const auto cursor = overlay_.NewCursor(kLeft);
  for (const char* expected : {"b=short", "d=base"}) {
    cursor->Seek(expected[0] == 'b' ? "b" : "d");
    ASSERT_EQ(At(*cursor), expected);
    const absl::string_view key = cursor->key();
    const absl::string_view value = cursor->value();
    overlay_.Put(kLeft, std::string(key), "another");
    overlay_.Delete(kLeft, std::string(key));
    EXPECT_EQ(absl::StrCat(key, "=", value), expected);
    EXPECT_EQ(At(*cursor), expected);
  }
  cursor->Prev();
  EXPECT_EQ(At(*cursor), "end");
  cursor->Seek("a");
  EXPECT_EQ(At(*cursor), "f=base");
}

TEST_F(OverlayTest, CursorGoesOnWhenItsKeyIsRolledBack) {
  overlay_.Put(kLeft, "e", "new");
  const auto cursor = overlay_.NewCursor(kLeft);
  for (const bool forward : {true, false}) {
    const Overlay::Mark mark = overlay_.SetMark();
    overlay_.Put(kLeft, "c", "new");
    cursor->Seek("c");
    ASSERT_EQ(At(*cursor), "c=new");
    overlay_.RollBack(mark);
    EXPECT_EQ(At(*cursor), "c=new");
    if (forward) {
      cursor->Next();
    } else {
      cursor->Prev();
    }
    EXPECT_EQ(At(*cursor), forward ? "d=base" : "b=base");
  }
}

TEST_F(OverlayTest, OverlaysStack) {
  overlay_.Delete(kLeft, "b");
  overlay_.Put(kLeft, "c", "lower");
  Overlay upper(&overlay_);
  upper.Put(kLeft, "b", "upper");
  upper.Delete(kLeft, "c");
  EXPECT_THAT(Dump(upper, kLeft),
              ElementsAre(Pair("b", "upper"), Pair("d", "base"), Pair("f", "base")));
  EXPECT_THAT(DumpBackward(upper, kLeft),
              ElementsAre(Pair("f", "base"), Pair("d", "base"), Pair("b", "upper")));
}

// A base that breaks after its first entry.
class BrokenReader final : public Reader {
 public:
  absl::StatusOr<absl::optional<std::string>> Get(Keyspace,
                                                  absl::string_view) const override {
    return errors::StorageFailed("broken");
  }
  std::unique_ptr<Cursor> NewCursor(Keyspace) const override {
    return std::make_unique<BrokenCursor>();
  }

 private:
  class BrokenCursor final : public Cursor {
   public:
    void Seek(absl::string_view) override { broken_ = false; }
    void SeekForPrev(absl::string_view) override { broken_ = false; }
    void Next() override { broken_ = true; }
    void Prev() override { broken_ = true; }
    bool Valid() const override { return !broken_; }
    absl::Status status() const override {
      return broken_ ? errors::StorageFailed("broken") : absl::OkStatus();
    }
    absl::string_view key() const override { return "m"; }
    absl::string_view value() const override { return "base"; }

   private:
    bool broken_ = false;
  };
};

TEST(OverlayErrorTest, ErrorsOfTheBaseAreNotHidden) {
  const BrokenReader broken;
  Overlay overlay(&broken);
  overlay.Put(kLeft, "a", "change");
  overlay.Put(kLeft, "z", "change");
  EXPECT_EQ(Value(overlay, kLeft, "a"), "change");
  EXPECT_THAT(overlay.Get(kLeft, "m"), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  const auto cursor = overlay.NewCursor(kLeft);
  cursor->Seek("b");
  EXPECT_EQ(At(*cursor), "m=base");
  cursor->Next();
  EXPECT_FALSE(cursor->Valid());
  EXPECT_THAT(cursor->status(), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
  cursor->SeekForPrev("y");
  EXPECT_EQ(At(*cursor), "m=base");
  cursor->Prev();
  EXPECT_FALSE(cursor->Valid());
  EXPECT_THAT(cursor->status(), FailsWith(v1::ERROR_REASON_STORAGE_FAILED));
}

}  // namespace
}  // namespace labgraph::kv
