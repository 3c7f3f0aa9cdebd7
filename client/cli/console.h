#ifndef LABGRAPH_CLIENT_CLI_CONSOLE_H_
#define LABGRAPH_CLIENT_CLI_CONSOLE_H_

#include <cstddef>
#include <istream>
#include <ostream>

namespace labgraph::cli {

// Where the program reads and writes. The streams must outlive it.
struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  // Whether `out` is a terminal, how many columns it has (0: not known), and whether its
  // owner wants no colours.
  bool out_is_terminal = false;
  size_t terminal_width = 0;
  bool no_color = false;
  // Whether `err` is a terminal.
  bool err_is_terminal = false;
};

// The process's own standard streams, and NO_COLOR of its environment.
Console StandardConsole();

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_CONSOLE_H_
