#include "client/cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace labgraph::cli {
namespace {

size_t TerminalWidth() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// https://no-color.org: set and not empty.
bool HasNoColor() {
  const char* value = std::getenv("NO_COLOR");
  return value != nullptr && *value != '\0';
}

}  // namespace

Console StandardConsole() {
  Console console{std::cin, std::cout, std::cerr};
  console.out_is_terminal = isatty(STDOUT_FILENO) != 0;
  if (console.out_is_terminal) console.terminal_width = TerminalWidth();
  console.no_color = HasNoColor();
  console.err_is_terminal = isatty(STDERR_FILENO) != 0;
  return console;
}

}  // namespace labgraph::cli
