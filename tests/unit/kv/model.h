#ifndef LABGRAPH_TESTS_UNIT_KV_MODEL_H_
#define LABGRAPH_TESTS_UNIT_KV_MODEL_H_

// What the model tests compare with: a std::map, a cursor that finds its place anew at
// each step, and random keys from so few bytes that they meet often.

#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

namespace labgraph::kv {

using Model = std::map<std::string, std::string>;

class ModelCursor {
 public:
  // `model` may change and must outlive the cursor.
  explicit ModelCursor(const Model* model) : model_(model) {}

  void Seek(const std::string& key) { StandAt(model_->lower_bound(key)); }
  void SeekForPrev(const std::string& key) { StandBefore(model_->upper_bound(key)); }
  void Next() { StandAt(model_->upper_bound(entry_->first)); }
  void Prev() { StandBefore(model_->lower_bound(entry_->first)); }

  bool Valid() const { return entry_.has_value(); }
  std::string At() const {
    return Valid() ? absl::StrCat(entry_->first, "=", entry_->second) : "end";
  }

 private:
  void StandAt(Model::const_iterator place) {
    entry_.reset();
    if (place != model_->end()) entry_.emplace(*place);
  }
  void StandBefore(Model::const_iterator place) {
    entry_.reset();
    if (place != model_->begin()) entry_.emplace(*std::prev(place));
  }

  const Model* model_;
  absl::optional<std::pair<std::string, std::string>>
      entry_;  // a copy: the model's may go
};

class Random {
 public:
  // Takes LABGRAPH_SEED from the environment to repeat a run, else a new seed.
  Random() : seed_(ChooseSeed()), engine_(seed_) {}

  // To be traced, so that a failure can be repeated.
  std::string Description() const { return absl::StrCat("LABGRAPH_SEED=", seed_); }

  // In [0, bound).
  uint32_t Below(uint32_t bound) { return engine_() % bound; }
  bool OneIn(uint32_t n) { return Below(n) == 0; }

  std::string Key() {
    static constexpr char kBytes[] = {'\0', 'a', 'b', '\x7f', '\x80', '\xff'};
    std::string key(Below(4), ' ');
    for (char& byte : key) byte = kBytes[Below(std::size(kBytes))];
    return key;
  }
  std::string Value() { return std::string(Below(40), static_cast<char>(Below(256))); }

 private:
  static uint32_t ChooseSeed() {
    const char* given = std::getenv("LABGRAPH_SEED");
    return given != nullptr ? std::strtoul(given, nullptr, 10) : std::random_device()();
  }

  const uint32_t seed_;
  std::mt19937 engine_;
};

// One random step of both cursors.
template <typename TestedCursor>
void StepBoth(Random& random, TestedCursor& tested, ModelCursor& model) {
  const uint32_t choice = random.Below(model.Valid() ? 10 : 2);
  if (choice == 0) {
    const std::string key = random.Key();
    tested.Seek(key);
    model.Seek(key);
  } else if (choice == 1) {
    const std::string key = random.Key();
    tested.SeekForPrev(key);
    model.SeekForPrev(key);
  } else if (choice < 6) {
    tested.Next();
    model.Next();
  } else {
    tested.Prev();
    model.Prev();
  }
}

}  // namespace labgraph::kv

#endif  // LABGRAPH_TESTS_UNIT_KV_MODEL_H_
