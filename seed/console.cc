#include "seed/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "client/cli/console.h"
#include "client/cli/output/display_width.h"

namespace labgraph::seed {
namespace {

constexpr absl::string_view kClearLine = "\r\033[K";

absl::string_view CodeOf(Color color) {
  switch (color) {
    case Color::kRed:
      return "\033[31m";
    case Color::kGreen:
      return "\033[32m";
    case Color::kYellow:
      return "\033[33m";
    case Color::kNone:
      break;
  }
  return "";
}

size_t ErrorTerminalWidth() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::string Painted(absl::string_view text, Color color, bool paint) {
  if (!paint || color == Color::kNone) return std::string(text);
  return absl::StrCat(CodeOf(color), text, "\033[0m");
}

}  // namespace

Console Console::Standard() {
  Console console(std::cout, std::cerr, isatty(STDOUT_FILENO) != 0,
                  isatty(STDERR_FILENO) != 0);
  console.use_color_ = !cli::StandardConsole().no_color;
  if (console.err_is_terminal_) console.err_width_ = ErrorTerminalWidth();
  return console;
}

void Console::Print(absl::string_view line, Color color) {
  EndProgress();
  out_ << Painted(cli::Printable(line), color, out_is_terminal_ && use_color_) << '\n'
       << std::flush;
}

void Console::Error(absl::string_view line) {
  EndProgress();
  err_ << Painted("labgraph-seed: ", Color::kRed, err_is_terminal_ && use_color_)
       << cli::Printable(line) << '\n';
}

void Console::Report(const Problems& problems) {
  EndProgress();
  Problems sorted = problems;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return a.file == b.file && std::tie(a.position.line, a.position.column) <
                                   std::tie(b.position.line, b.position.column);
  });
  for (const Problem& problem : sorted) err_ << cli::Printable(ToString(problem)) << '\n';
  problem_count_ += problems.size();
}

void Console::Progress(absl::string_view line) {
  const std::string shown = cli::Printable(line);
  if (err_is_terminal_) {
    // A line that is broken into two could not be taken away.
    err_ << kClearLine << (err_width_ > 0 ? cli::CutToWidth(shown, err_width_) : shown)
         << std::flush;
    progress_shown_ = true;
  } else {
    err_ << shown << '\n' << std::flush;
  }
}

void Console::EndProgress() {
  if (progress_shown_) err_ << kClearLine << std::flush;
  progress_shown_ = false;
}

}  // namespace labgraph::seed
