#include "server/query/group_counts.h"

#include <algorithm>
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
    (*codes)[key] = value;
    RETURN_IF_ERROR(AddFrom(key + 1, counted, count, codes));
  }
  return absl::OkStatus();
}

absl::Status GroupCounts::AddTo(const Codes& codes, uint64_t count) {
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

absl::Status GroupCounts::Fill(uint64_t max_groups, Budget& budget,
                               v1::AggregateResponse* response) {
  if (keys_.empty()) RETURN_IF_ERROR(AddTo({}, 0));
  std::vector<Group> groups;
  groups.reserve(counts_.size());
  for (const auto& [codes, count] : counts_) groups.push_back({codes, count, {}});
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return std::tie(b.count, a.codes) < std::tie(a.count, b.codes);
  });
  // Only texts can tell which of equally large groups come first.
  size_t given = std::min<uint64_t>(max_groups, groups.size());
  size_t named = given;
  while (named > 0 && named < groups.size() &&
         groups[named].count == groups[given - 1].count) {
    ++named;
  }
  for (size_t i = 0; i < named; ++i) {
    if (i >= given && !budget.Work(Budget::kReadUnits)) {
      named = given;
      break;
    }
    RETURN_IF_ERROR(FillTexts(&groups[i]));
  }
  std::sort(groups.begin(), groups.begin() + static_cast<ptrdiff_t>(named),
            [](const Group& a, const Group& b) {
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
