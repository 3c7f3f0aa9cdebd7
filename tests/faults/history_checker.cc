#include "tests/faults/history_checker.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace labgraph::faults {
namespace {

using Type = Operation::Type;

bool IsWrite(const Operation& operation) { return operation.type == Type::kWrite; }

absl::Status Contradiction(const std::string& problem) {
  return absl::FailedPreconditionError(problem);
}

std::string Describe(const Operation& operation) {
  std::string text =
      absl::StrCat(IsWrite(operation) ? "write " : "read ", operation.name);
  if (operation.revision.has_value()) {
    absl::StrAppend(&text, " at revision ", *operation.revision);
  }
  return text;
}

std::string Describe(const Value& value) {
  return value.has_value() ? absl::StrCat("\"", *value, "\"") : "nothing";
}

// The smallest and greatest revision that real time leaves to a write.
struct Window {
  uint64_t least = 0;
  uint64_t most = std::numeric_limits<uint64_t>::max();
};

// What real time says, from the operations that have a revision.
class RealTime {
 public:
  explicit RealTime(const std::vector<Operation>& operations) {
    for (const Operation& operation : operations) {
      if (!operation.revision.has_value()) continue;
      by_end_.emplace_back(operation.ended, &operation);
      // A read of the past is not held to what was there when it began.
      if (operation.type != Type::kReadPast) {
        by_start_.emplace_back(operation.invoked, &operation);
      }
    }
    std::sort(by_end_.begin(), by_end_.end());
    std::sort(by_start_.begin(), by_start_.end());
    newest_.push_back(nullptr);
    for (const auto& [time, operation] : by_end_) {
      const bool newer =
          newest_.back() == nullptr || *operation->revision > *newest_.back()->revision;
      newest_.push_back(newer ? operation : newest_.back());
    }
    oldest_.push_back(nullptr);
    for (auto it = by_start_.rbegin(); it != by_start_.rend(); ++it) {
      const bool older =
          oldest_.back() == nullptr || Before(it->second) < Before(oldest_.back());
      oldest_.push_back(older ? it->second : oldest_.back());
    }
  }

  // Of what ended before `time`, the operation with the greatest revision; or null.
  const Operation* NewestBefore(int64_t time) const {
    const auto end = std::lower_bound(
        by_end_.begin(), by_end_.end(), time,
        [](const Timed& timed, int64_t wanted) { return timed.first < wanted; });
    return newest_[static_cast<size_t>(end - by_end_.begin())];
  }

  absl::Status Check(const Operation& operation) const {
    const Operation* before = NewestBefore(operation.invoked);
    if (before == nullptr) return absl::OkStatus();
    const bool follows = IsWrite(operation) ? *operation.revision > *before->revision
                                            : *operation.revision >= *before->revision;
    if (follows) return absl::OkStatus();
    return Contradiction(absl::StrCat("The ", Describe(operation),
                                      " began after the end of the ", Describe(*before),
                                      "."));
  }

  // For a write whose revision is not known.
  Window WindowOf(const Operation& write) const {
    Window window;
    const Operation* before = NewestBefore(write.invoked);
    if (before != nullptr) window.least = *before->revision + 1;
    const auto begin = std::upper_bound(
        by_start_.begin(), by_start_.end(), write.ended,
        [](int64_t wanted, const Timed& timed) { return wanted < timed.first; });
    const Operation* after = oldest_[static_cast<size_t>(by_start_.end() - begin)];
    if (after != nullptr) window.most = Before(after);
    return window;
  }

 private:
  using Timed = std::pair<int64_t, const Operation*>;

  // The greatest revision of a write that ended before this began.
  static uint64_t Before(const Operation* operation) {
    return *operation->revision - (IsWrite(*operation) ? 1 : 0);
  }

  std::vector<Timed> by_end_;
  std::vector<Timed> by_start_;
  // Element i: among the first i by end, the one of the greatest revision; among the last
  // i by start, the one that leaves least to those before it.
  std::vector<const Operation*> newest_;
  std::vector<const Operation*> oldest_;
};

// Goes through the revisions in order and gives those without a write to writes without
// an answer, in every way that real time and reads allow, until one leads to the end.
class Order {
 public:
  explicit Order(const History& history) : history_(history) {}

  absl::Status Check() {
    const RealTime time(history_.operations);
    last_ = history_.first_revision;
    for (const Operation& operation : history_.operations) {
      if (!operation.revision.has_value()) {
        open_.push_back({&operation, time.WindowOf(operation)});
        continue;
      }
      last_ = std::max(last_, *operation.revision);
      if (!IsWrite(operation)) {
        reads_[*operation.revision].push_back(&operation);
      } else if (const Operation*& write = writes_[*operation.revision];
                 write == nullptr) {
        write = &operation;
      } else {
        return Contradiction(absl::StrCat("The ", Describe(operation),
                                          " shares it with the ", Describe(*write), "."));
      }
      if (operation.type == Type::kReadPast) continue;
      if (const absl::Status status = time.Check(operation); !status.ok()) return status;
    }
    if (!writes_.empty() && writes_.begin()->first <= history_.first_revision) {
      return Contradiction(absl::StrCat("The ", Describe(*writes_.begin()->second),
                                        " has one from before the history."));
    }
    Values values;
    if (ReadsAgree(history_.first_revision, values) &&
        Extend(history_.first_revision + 1, std::move(values))) {
      return absl::OkStatus();
    }
    return Contradiction(furthest_problem_);
  }

 private:
  struct Open {
    const Operation* write;
    Window window;
  };

  // Whether the revisions from `revision` on can be explained when what is before them
  // left `values`.
  bool Extend(uint64_t revision, Values values) {
    for (; revision <= last_; ++revision) {
      const auto write = writes_.find(revision);
      if (write == writes_.end()) return FillGap(revision, values);
      Apply(*write->second, values);
      if (!ReadsAgree(revision, values)) return false;
    }
    return true;
  }

  bool FillGap(uint64_t revision, const Values& before) {
    bool fits = false;
    for (const Open& open : open_) {
      if (!Fits(open, revision)) continue;
      fits = true;
      Values values = before;
      Apply(*open.write, values);
      if (!ReadsAgree(revision, values)) continue;
      chosen_.push_back(open.write);
      if (Extend(revision + 1, std::move(values))) return true;
      chosen_.pop_back();
    }
    if (!fits) {
      Note(revision, absl::StrCat("No write can have made revision ", revision, "."));
    }
    return false;
  }

  bool Fits(const Open& open, uint64_t revision) const {
    if (revision < open.window.least || revision > open.window.most) return false;
    return std::all_of(chosen_.begin(), chosen_.end(), [&](const Operation* earlier) {
      return earlier != open.write && open.write->ended >= earlier->invoked;
    });
  }

  static void Apply(const Operation& write, Values& values) {
    for (const auto& [record, value] : write.values) values[record] = value;
  }

  bool ReadsAgree(uint64_t revision, const Values& values) {
    const auto reads = reads_.find(revision);
    if (reads == reads_.end()) return true;
    for (const Operation* read : reads->second) {
      for (const auto& [record, found] : read->values) {
        const auto it = values.find(record);
        const Value expected = it == values.end() ? absl::nullopt : it->second;
        if (found == expected) continue;
        Note(revision,
             absl::StrCat("The ", Describe(*read), " found ", record, " to be ",
                          Describe(found), " and not ", Describe(expected), "."));
        return false;
      }
    }
    return true;
  }

  // Keeps what stopped the first of the ways that came furthest.
  void Note(uint64_t revision, const std::string& problem) {
    if (revision <= furthest_ && !furthest_problem_.empty()) return;
    furthest_ = revision;
    furthest_problem_ = problem;
  }

  const History& history_;
  uint64_t last_ = 0;  // revision that anyone saw
  std::map<uint64_t, const Operation*> writes_;
  std::map<uint64_t, std::vector<const Operation*>> reads_;
  std::vector<Open> open_;                // writes without an answer
  std::vector<const Operation*> chosen_;  // of those, by ascending revision
  uint64_t furthest_ = 0;
  std::string furthest_problem_;
};

}  // namespace

absl::Status CheckStrictlySerializable(const History& history) {
  return Order(history).Check();
}

}  // namespace labgraph::faults
