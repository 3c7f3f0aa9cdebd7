#ifndef LABGRAPH_SEED_CONSOLE_H_
#define LABGRAPH_SEED_CONSOLE_H_

#include <cstddef>
#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "seed/reader/problem.h"

namespace labgraph::seed {

enum class Color { kNone, kRed, kGreen, kYellow };

// Where the program's words go: results to `out`; problems, errors and progress to `err`.
// Colours only on a terminal. What inputs and servers wrote comes out as one line that
// cannot steer a terminal. Not thread-safe.
class Console {
 public:
  // `out` and `err` must outlive the console.
  Console(std::ostream& out, std::ostream& err, bool out_is_terminal,
          bool err_is_terminal)
      : out_(out),
        err_(err),
        out_is_terminal_(out_is_terminal),
        err_is_terminal_(err_is_terminal) {}

  // Standard output and error. A NO_COLOR in the environment that is not empty takes the
  // colours away but not the progress bar.
  static Console Standard();

  // One line of results.
  void Print(absl::string_view line, Color color = Color::kNone);
  // A line about what went wrong that is no problem of an input.
  void Error(absl::string_view line);
  // Problems in the order of their files and positions.
  void Report(const Problems& problems);
  // Problems reported so far.
  size_t problem_count() const { return problem_count_; }
  // False once a result could not be written.
  bool out_is_fine() const { return !out_.fail(); }

  // Whether a line of progress can be overwritten by the next.
  bool err_is_terminal() const { return err_is_terminal_; }
  // Shows a line of progress: in the place of the one before on a terminal, below it
  // elsewhere. Every other output takes it away first.
  void Progress(absl::string_view line);
  // Columns that such a line may have on a terminal; 0, as in the beginning, where that
  // is not known.
  void set_err_width(size_t columns) { err_width_ = columns; }
  // Takes the line of progress away.
  void EndProgress();

 private:
  std::ostream& out_;
  std::ostream& err_;
  bool out_is_terminal_;
  bool err_is_terminal_;
  bool use_color_ = true;
  bool progress_shown_ = false;
  size_t err_width_ = 0;
  size_t problem_count_ = 0;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CONSOLE_H_
