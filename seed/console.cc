#include "seed/console.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <tuple>

#include "absl/strings/str_cat.h"

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

std::string Painted(absl::string_view text, Color color, bool paint) {
  if (!paint || color == Color::kNone) return std::string(text);
  return absl::StrCat(CodeOf(color), text, "\033[0m");
}

}  // namespace

Console Console::Standard() {
  Console console(std::cout, std::cerr, isatty(STDOUT_FILENO) != 0,
                  isatty(STDERR_FILENO) != 0);
  console.use_color_ = std::getenv("NO_COLOR") == nullptr;
  return console;
}

void Console::Print(absl::string_view line, Color color) {
  EndProgress();
  out_ << Painted(line, color, out_is_terminal_ && use_color_) << '\n' << std::flush;
}

void Console::Error(absl::string_view line) {
  EndProgress();
  err_ << Painted("labgraph-seed: ", Color::kRed, err_is_terminal_ && use_color_) << line
       << '\n';
}

void Console::Report(const Problems& problems) {
  EndProgress();
  Problems sorted = problems;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return a.file == b.file && std::tie(a.position.line, a.position.column) <
                                   std::tie(b.position.line, b.position.column);
  });
  for (const Problem& problem : sorted) err_ << ToString(problem) << '\n';
}

void Console::Progress(absl::string_view line) {
  if (err_is_terminal_) {
    err_ << kClearLine << line << std::flush;
    progress_shown_ = true;
  } else {
    err_ << line << '\n' << std::flush;
  }
}

void Console::EndProgress() {
  if (progress_shown_) err_ << kClearLine << std::flush;
  progress_shown_ = false;
}

}  // namespace labgraph::seed
