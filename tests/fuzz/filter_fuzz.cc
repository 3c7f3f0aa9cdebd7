// Filter expressions: a text is refused at one of its bytes, or is a condition that every
// entity meets or not.

#include <cstdint>
#include <string>

#include "server/base/error.h"
#include "server/base/limits.h"
#include "server/query/filter.h"
#include "simdjson.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/fuzz_graph.h"

namespace labgraph::fuzz {
namespace {

constexpr const char* kIds[] = {"lab/a",    "lab/b",    "lab/c",
                                "topic/t1", "topic/t2", "doc/d"};

class Target {
 public:
  Target() {
    auto view = graph_.graph().Read({}, graph::ReadFilter::Mode::kWalk);
    Check(view.ok(), "reading");
    view_ = *std::move(view);
  }

  void Test(absl::string_view text) {
    const auto filter = query::Filter::Parse(text, view_->ontology(), "filter");
    CheckAnswer(filter.status(), "Parse");
    if (!filter.ok()) {
      return Check(FieldOf(filter.status()) == "filter", "an error has its field");
    }
    Check(text.size() <= limits::kFilterBytes.value, "limit on filters");
    for (const char* id : kIds) {
      const auto number = view_->records().ResolveEntity(id, "id");
      Check(number.ok(), id);
      const auto matches = filter->Matches(*view_, *number);
      Check(matches.ok(), matches.status().ToString());
      Check(*matches || !filter->matches_all(), "a filter of nothing matches all");
    }
  }

 private:
  FuzzGraph graph_;
  std::unique_ptr<graph::View> view_;
};

}  // namespace

void TestOneInput(absl::string_view text) {
  // Requests cannot carry anything else.
  if (!simdjson::validate_utf8(text.data(), text.size())) return;
  static Target& target = *new Target;
  target.Test(text);
}

}  // namespace labgraph::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  labgraph::fuzz::TestOneInput(labgraph::fuzz::Text(data, size));
  return 0;
}
