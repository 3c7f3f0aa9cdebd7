#ifndef LABGRAPH_CLIENT_CLI_OUTPUT_ANSWER_H_
#define LABGRAPH_CLIENT_CLI_OUTPUT_ANSWER_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/output/graph.h"
#include "client/cli/output/json.h"
#include "client/cli/output/output.h"
#include "client/cli/output/printer.h"

namespace labgraph::cli {

// How the messages of one kind of answer look.
template <typename Response>
struct Presentation {
  // For tables and CSV.
  std::vector<Column> columns;
  // Adds the rows of one message.
  std::function<void(const Response& message, Printer& printer)> rows;
  // Adds one message to a drawing; null where the answer cannot be drawn.
  std::function<void(const Response& message, Graph& graph)> draw;
  // Adds one message to the whole of those before it. Null: MergeFrom is right.
  std::function<void(const Response& message, Response& whole)> merge;
  // Said beside a table without rows, for example "no entities". Empty: nothing.
  std::string nothing;
};

// An answer on its way from messages to the format asked for: row by row where the
// format allows it, otherwise at the end. Not thread-safe.
template <typename Response>
class Answer {
 public:
  // `output` must outlive the answer.
  Answer(Presentation<Response> presentation, Output& output)
      : presentation_(std::move(presentation)), output_(output) {
    if (WritesRows()) {
      printer_ =
          std::make_unique<CountingPrinter>(output_.MakePrinter(presentation_.columns));
    }
  }

  void Add(const Response& message) {
    if (WritesRows()) {
      presentation_.rows(message, *printer_);
    } else if (output_.format() == Format::kJson) {
      Merge(message);
    } else {
      presentation_.draw(message, graph_);
    }
  }

  // Completes the output. To be called once, after the last message. `cut` says why the
  // answer is not whole; empty where it is.
  void Finish(const std::string& cut = "") {
    if (WritesRows()) {
      printer_->Finish();
      const bool is_empty = printer_->count() == 0;
      const bool has_words = !presentation_.nothing.empty();
      if (output_.format() == Format::kTable && is_empty && has_words) {
        output_.Note(cut.empty() ? presentation_.nothing : kNothingYet);
      }
    } else if (output_.format() == Format::kJson) {
      output_.out() << ToJsonText(whole_);
    } else {
      output_.Draw(graph_);
    }
    if (!cut.empty()) output_.Note(cut);
  }

 private:
  // In the place of `nothing`, which would deny what was not looked for to the end.
  static constexpr char kNothingYet[] = "none was found before the answer was cut";

  class CountingPrinter final : public Printer {
   public:
    explicit CountingPrinter(std::unique_ptr<Printer> printer)
        : printer_(std::move(printer)) {}
    void Add(const Row& row, const google::protobuf::Message& message) override {
      ++count_;
      printer_->Add(row, message);
    }
    void Finish() override { printer_->Finish(); }
    size_t count() const { return count_; }

   private:
    std::unique_ptr<Printer> printer_;
    size_t count_ = 0;
  };

  bool WritesRows() const {
    return output_.format() == Format::kTable || output_.format() == Format::kJsonl ||
           output_.format() == Format::kCsv;
  }

  void Merge(const Response& message) {
    // An empty field does not replace one in a merge, and the last page has no token.
    if constexpr (requires { whole_.clear_next_page_token(); }) {
      whole_.clear_next_page_token();
    }
    if (presentation_.merge != nullptr) {
      presentation_.merge(message, whole_);
    } else {
      whole_.MergeFrom(message);
    }
  }

  const Presentation<Response> presentation_;
  Output& output_;
  std::unique_ptr<CountingPrinter> printer_;  // null where the format has no rows
  Response whole_;                            // for JSON
  Graph graph_;                               // for drawings
};

}  // namespace labgraph::cli

#endif  // LABGRAPH_CLIENT_CLI_OUTPUT_ANSWER_H_
