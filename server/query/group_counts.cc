#include "server/query/group_counts.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>

#include "server/base/errors.h"
#include "server/base/status_macros.h"

namespace labgraph::query {

absl::Status GroupCounts::Add(const Counted& counted, uint64_t count) {
  Codes codes = {};
  return AddFrom(0, counted, count, &codes);
}

absl::Status GroupCounts::AddFrom(size_t key, const Counted& counted, uint64_t count,
                                  Codes* codes) {
  if (key == keys_.size()) return AddTo(*codes, count);
  ASSIGN_OR_RETURN(const absl::Span<const GroupKey::Code> values,
                   keys_[key]->Of(counted));
  for (const GroupKey::Code value : values) {
    if (budget_.out_of_time()) break;
    (*codes)[key] = value;
    RETURN_IF_ERROR(AddFrom(key + 1, counted, count, codes));
  }
  return absl::OkStatus();
}

absl::Status GroupCounts::AddTo(const Codes& codes, uint64_t count) {
  if (!budget_.Work(1)) return absl::OkStatus();
  counts_[codes] += count;
  if (counts_.size() <= limits::kGroupsKept.value) return absl::OkStatus();
  return errors::LimitExceeded("group_by", limits::kGroupsKept, counts_.size());
}

absl::Status GroupCounts::FillTexts(Group* group) {
  for (size_t i = 0; i < keys_.size(); ++i) {
    ASSIGN_OR_RETURN(std::string text, keys_[i]->Text(group->codes[i]));
    group->texts.push_back(std::move(text));
  }
  return absl::OkStatus();
}

// Takes time with the number of groups: there may be very many, and little time left.
std::vector<GroupCounts::Group> GroupCounts::Largest(size_t given) const {
  std::vector<std::pair<uint64_t, const Codes*>> all;
  all.reserve(counts_.size());
  for (const auto& [codes, count] : counts_) all.push_back({count, &codes});
  const auto end = all.begin() + static_cast<ptrdiff_t>(given);
  auto named = end;
  if (given > 0 && given < all.size()) {
    std::nth_element(all.begin(), end - 1, all.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : *a.second < *b.second;
    });
    const uint64_t least = std::prev(end)->first;
    named = std::partition(end, all.end(),
                           [least](const auto& group) { return group.first == least; });
  }
  std::vector<Group> groups;
  groups.reserve(static_cast<size_t>(named - all.begin()));
  for (auto it = all.begin(); it != named; ++it) {
    groups.push_back({*it->second, it->first, {}});
  }
  return groups;
}

absl::Status GroupCounts::Fill(uint64_t max_groups, v1::AggregateResponse* response) {
  if (keys_.empty()) counts_.try_emplace(Codes{});
  const size_t given = std::min<uint64_t>(max_groups, counts_.size());
  std::vector<Group> groups = Largest(given);
  for (size_t i = 0; i < groups.size(); ++i) {
    // Only texts can tell which of equally large groups come first.
    if (i >= given && !budget_.Work(Budget::kReadUnits)) {
      groups.resize(given);
      break;
    }
    RETURN_IF_ERROR(FillTexts(&groups[i]));
  }
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return std::tie(b.count, a.texts) < std::tie(a.count, b.texts);
  });
  for (size_t i = 0; i < given; ++i) {
    v1::AggregateGroup* const out = response->add_groups();
    out->set_count(groups[i].count);
    for (std::string& text : groups[i].texts) *out->add_keys() = std::move(text);
  }
  return absl::OkStatus();
}

}  // namespace labgraph::query
