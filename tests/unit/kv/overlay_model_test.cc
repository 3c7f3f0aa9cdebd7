// Random changes, marks, roll-backs and walks over an overlay, compared with a std::map.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "server/kv/overlay.h"
#include "server/kv/store.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/kv/model.h"
#include "tests/unit/kv/test_stores.h"

namespace labgraph::kv {
namespace {

using Models = std::array<Model, std::size(kTestKeyspaces)>;

class OverlayModelTest : public ::testing::TestWithParam<Backend> {
 protected:
  struct Mark {
    Overlay::Mark mark;
    Models models;
  };
  struct OpenCursor {
    std::unique_ptr<Cursor> tested;
    ModelCursor model;
  };

  Keyspace RandomKeyspace() { return random_.Below(models_.size()); }

  void FillBase() {
    Batch batch;
    for (uint32_t i = random_.Below(300); i > 0; --i) {
      const Keyspace keyspace = RandomKeyspace();
      const std::string key = random_.Key();
      const std::string value = random_.Value();
      batch.Put(keyspace, key, value);
      models_[keyspace][key] = value;
    }
    ASSERT_OK(test_store_.store->Write(batch));
    base_ = test_store_.store->GetSnapshot();
    overlay_ = std::make_unique<Overlay>(base_.get());
    marks_ = {{overlay_->SetMark(), models_}};
  }

  void Change() {
    const Keyspace keyspace = RandomKeyspace();
    const std::string key = random_.Key();
    if (random_.OneIn(2)) {
      const std::string value = random_.Value();
      overlay_->Put(keyspace, key, value);
      models_[keyspace][key] = value;
    } else {
      overlay_->Delete(keyspace, key);
      models_[keyspace].erase(key);
    }
  }

  void RollBack() {
    marks_.resize(1 + random_.Below(marks_.size()));
    overlay_->RollBack(marks_.back().mark);
    models_ = marks_.back().models;
  }

  void OpenOne() {
    const Keyspace keyspace = RandomKeyspace();
    if (cursors_.size() == 5) cursors_.erase(cursors_.begin() + random_.Below(5));
    cursors_.push_back({overlay_->NewCursor(keyspace), ModelCursor(&models_[keyspace])});
  }

  void Check() {
    for (OpenCursor& cursor : cursors_) {
      ASSERT_EQ(At(*cursor.tested), cursor.model.At());
      StepBoth(random_, *cursor.tested, cursor.model);
      ASSERT_EQ(At(*cursor.tested), cursor.model.At());
    }
    const Keyspace keyspace = RandomKeyspace();
    const std::string key = random_.Key();
    const auto expected = models_[keyspace].find(key);
    ASSERT_EQ(Value(*overlay_, keyspace, key),
              expected == models_[keyspace].end() ? "absent" : expected->second);
  }

  void Step() {
    const uint32_t choice = random_.Below(100);
    if (choice < 40) {
      Change();
    } else if (choice < 45) {
      marks_.push_back({overlay_->SetMark(), models_});
    } else if (choice < 47) {
      RollBack();
    } else if (choice < 55) {
      OpenOne();
    } else {
      Check();
    }
  }

  Random random_;
  Models models_;
  TestStore test_store_ = GetParam().make();
  std::shared_ptr<const Snapshot> base_;
  std::unique_ptr<Overlay> overlay_;
  std::vector<Mark> marks_;
  std::vector<OpenCursor> cursors_;
};

Models Walk(const Reader& reader) {
  Models models;
  for (Keyspace keyspace = 0; keyspace < models.size(); ++keyspace) {
    for (auto& entry : Dump(reader, keyspace)) models[keyspace].insert(std::move(entry));
  }
  return models;
}

TEST_P(OverlayModelTest, BehavesLikeAMapWhileItChanges) {
  SCOPED_TRACE(random_.Description());
  ASSERT_NO_FATAL_FAILURE(FillBase());
  for (int step = 0; step < 30000; ++step) {
    ASSERT_NO_FATAL_FAILURE(Step()) << "step " << step;
  }
  EXPECT_EQ(Walk(*overlay_), models_);
  ASSERT_OK(test_store_.store->Write(overlay_->ToBatch()));
  EXPECT_EQ(Walk(*test_store_.store->GetSnapshot()), models_);
}

INSTANTIATE_TEST_SUITE_P(Stores, OverlayModelTest, ::testing::ValuesIn(kBackends),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace labgraph::kv
