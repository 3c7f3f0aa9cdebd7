#include "seed/progress.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace labgraph::seed {
namespace {

constexpr int kBarWidth = 20;
constexpr absl::Duration kTerminalInterval = absl::Milliseconds(100);
constexpr absl::Duration kLogInterval = absl::Seconds(5);

// Part of the whole that is done, from 0 to 1. An empty file is done.
double Fraction(const ProgressState& state) {
  if (state.bytes_total == 0) return 1;
  return std::min(1.0, static_cast<double>(state.bytes_done) / state.bytes_total);
}

int Percent(const ProgressState& state) {
  return static_cast<int>(Fraction(state) * 100);
}

std::string Rate(const ProgressState& state) {
  double seconds = absl::ToDoubleSeconds(state.elapsed);
  if (seconds <= 0) return "-/s";
  return absl::StrCat(Grouped(static_cast<uint64_t>(state.mutations / seconds)), "/s");
}

double BytesLeftPerByteDone(const ProgressState& state) {
  if (state.bytes_done >= state.bytes_total) return 0;
  return static_cast<double>(state.bytes_total - state.bytes_done) /
         static_cast<double>(state.bytes_done - state.bytes_before);
}

std::string TimeLeft(const ProgressState& state) {
  if (state.bytes_total > 0 && state.bytes_done <= state.bytes_before) return "-:--";
  int64_t seconds = absl::ToInt64Seconds(state.elapsed * BytesLeftPerByteDone(state));
  if (seconds < 3600) return absl::StrFormat("%d:%02d", seconds / 60, seconds % 60);
  return absl::StrFormat("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace

std::string Grouped(uint64_t number) {
  std::string text = absl::StrCat(number);
  for (int i = static_cast<int>(text.size()) - 3; i > 0; i -= 3) text.insert(i, ",");
  return text;
}

std::string FormatBar(absl::string_view name, const ProgressState& state) {
  const int filled = static_cast<int>(Fraction(state) * kBarWidth);
  return absl::StrFormat("%s [%s%s] %3d%%  %s  %s left", name, std::string(filled, '#'),
                         std::string(kBarWidth - filled, '.'), Percent(state),
                         Rate(state), TimeLeft(state));
}

std::string FormatLine(absl::string_view name, const ProgressState& state) {
  return absl::StrCat(name, ": ", Percent(state), "%, ", Grouped(state.mutations),
                      " written, ", Rate(state), ", ", TimeLeft(state), " left");
}

ProgressDisplay::ProgressDisplay(std::string name, uint64_t bytes_total, Console* console,
                                 client::Clock* clock)
    : name_(std::move(name)),
      console_(console),
      clock_(clock),
      start_(clock->Now()),
      last_shown_(start_) {
  state_.bytes_total = bytes_total;
}

void ProgressDisplay::Begin(uint64_t bytes_done) {
  state_.bytes_before = bytes_done;
  start_ = last_shown_ = clock_->Now();
}

void ProgressDisplay::Update(uint64_t bytes_done, uint64_t mutations) {
  const absl::Time now = clock_->Now();
  const bool terminal = console_->err_is_terminal();
  if (now - last_shown_ < (terminal ? kTerminalInterval : kLogInterval)) return;
  last_shown_ = now;
  state_.bytes_done = bytes_done;
  state_.mutations = mutations;
  state_.elapsed = now - start_;
  console_->Progress(terminal ? FormatBar(name_, state_) : FormatLine(name_, state_));
}

}  // namespace labgraph::seed
