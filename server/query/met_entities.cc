#include "server/query/met_entities.h"

#include <algorithm>
#include <utility>

namespace labgraph::query {

MetEntities::MetEntities(const std::vector<Reach>& starts, Starts mode,
                         keys::EntityNumber universe)
    : mode_(mode), met_(universe), size_(starts.size()) {
  for (const Reach& start : starts) {
    switch (mode) {
      case Starts::kDone:
        met_.Insert(start.entity);
        break;
      case Starts::kOneHop:
        starts_.push_back(start.entity);
        break;
      case Starts::kAnyHops:
        labels_[start.entity] = {
            .label = {{start.entity, 0, 0}}, .count = 1, .start = true};
        break;
    }
  }
}

bool MetEntities::IsStart(keys::EntityNumber entity) const {
  return std::binary_search(starts_.begin(), starts_.end(), entity);
}

Reach* MetEntities::Keep(const Reach& reach) {
  next_.push_back(reach);
  return &next_.back();
}

Reach* MetEntities::OfferOnce(const Reach& reach) {
  if (reach.entity == reach.from) return nullptr;
  if (met_.Insert(reach.entity)) {
    if (!IsStart(reach.entity)) ++size_;
    if (reach.certainty > v1::CERTAINTY_CERTAIN) improvable_[reach.entity] = next_.size();
    return Keep(reach);
  }
  if (reach.certainty > v1::CERTAINTY_CERTAIN || improvable_.empty()) return nullptr;
  const auto it = improvable_.find(reach.entity);
  if (it == improvable_.end()) return nullptr;
  Reach& kept = next_[it->second];
  if (!BetterWay(reach, kept)) return nullptr;
  improvable_.erase(it);
  kept = reach;
  return &kept;
}

Reach* MetEntities::OfferPerSource(const Reach& reach) {
  Labels& labels = labels_[reach.entity];
  Label* worst = nullptr;  // that a better way of another source takes the place of
  for (uint8_t i = 0; i < labels.count; ++i) {
    Label& label = labels.label[i];
    const bool present = label.level == level_;
    if (label.source == reach.source) {
      if (!present || !BetterWay(reach, next_[label.index])) return nullptr;
      next_[label.index] = reach;
      return &next_[label.index];
    }
    if (present &&
        (worst == nullptr || BetterWay(next_[worst->index], next_[label.index]))) {
      worst = &label;
    }
  }
  if (labels.count < 2) {
    if (labels.count == 0) ++size_;
    labels.label[labels.count++] = {reach.source, level_, next_.size()};
    return Keep(reach);
  }
  if (worst == nullptr || !BetterWay(reach, next_[worst->index])) return nullptr;
  worst->source = reach.source;
  next_[worst->index] = reach;
  return &next_[worst->index];
}

// Of the ways to an entity new on this level, the best is the hit.
void MetEntities::MarkHits() {
  for (size_t i = 0; i < next_.size(); ++i) {
    const Labels& labels = labels_.find(next_[i].entity)->second;
    const Label& first = labels.label[0];
    next_[i].expands = !labels.start;
    // A start has but one way from another start; anything else is new only once.
    next_[i].hit = labels.start || first.level == level_;
    if (labels.start) continue;
    if (!next_[i].hit || labels.count == 1) continue;
    const Label& other = first.index == i ? labels.label[1] : first;
    if (other.level != level_) continue;
    const Reach& rival = next_[other.index];
    next_[i].hit =
        BetterWay(next_[i], rival) || (!BetterWay(rival, next_[i]) && i < other.index);
  }
}

std::vector<Reach> MetEntities::TakeLevel() {
  if (mode_ == Starts::kAnyHops) MarkHits();
  improvable_.clear();
  ++level_;
  return std::exchange(next_, {});
}

}  // namespace labgraph::query
