#include "client/cli/step_options.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/hops.h"
#include "client/cli/options.h"
#include "labgraph/internal/filters.h"

namespace labgraph::cli {
namespace {

using Steps = std::vector<v1::TraverseStep>;

void AddDirection(CLI::App& app, const std::string& flag, v1::Direction direction,
                  Steps& steps, const std::string& help) {
  const auto begin_step = [direction, &steps](const std::string& predicates) {
    v1::TraverseStep& step = steps.emplace_back();
    step.set_direction(direction);
    for (absl::string_view name : absl::StrSplit(predicates, ',', absl::SkipEmpty())) {
      step.add_predicates(std::string(name));
    }
  };
  AddOrdered(app, flag, begin_step, help)->expected(0, 1)->type_name("PREDICATE,...");
}

v1::TraverseStep& LastStep(Steps& steps, const std::string& flag) {
  if (steps.empty()) {
    RejectValue(flag, "it belongs to a step: put --out, --in or --both before it");
  }
  return steps.back();
}

void SetHops(const std::string& text, v1::TraverseStep& step) {
  const absl::optional<Hops> hops = ReadHops(text);
  if (!hops.has_value()) {
    RejectValue("--hops", absl::StrCat("\"", text,
                                       "\" is neither a number nor a range such as "
                                       "1..3"));
  }
  step.set_min_hops(hops->min);
  step.set_max_hops(hops->max);
}

}  // namespace

void DeclareSteps(CLI::App& app, Steps& steps) {
  AddDirection(app, "--out", v1::DIRECTION_OUT, steps,
               "Begin a step from subjects to objects; no predicates: all relations");
  AddDirection(app, "--in", v1::DIRECTION_IN, steps,
               "Begin a step from objects to subjects");
  AddDirection(app, "--both", v1::DIRECTION_BOTH, steps, "Begin a step both ways");
  const auto add_kinds = [&steps](const std::string& kinds) {
    v1::TraverseStep& step = LastStep(steps, "--kind");
    for (absl::string_view kind : absl::StrSplit(kinds, ',', absl::SkipEmpty())) {
      step.add_kinds(std::string(kind));
    }
  };
  AddOrdered(app, "--kind", add_kinds, "Of the step: only entities of these kinds")
      ->type_name("NAME,...");
  const auto set_hops = [&steps](const std::string& text) {
    SetHops(text, LastStep(steps, "--hops"));
  };
  AddOrdered(app, "--hops", set_hops, "Of the step: how many hops, default 1")
      ->type_name("N|N..M");
  const auto set_where = [&steps](const std::string& filter) {
    v1::TraverseStep& step = LastStep(steps, "--where");
    step.set_where(client::internal::BothFilters(step.where(), filter));
  };
  AddOrdered(app, "--where", set_where,
             "Of the step: only where this filter holds; may be repeated")
      ->type_name("FILTER");
}

}  // namespace labgraph::cli
