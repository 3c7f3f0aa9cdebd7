#ifndef LABGRAPH_BENCH_REPORT_H_
#define LABGRAPH_BENCH_REPORT_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/contest.h"
#include "bench/report.pb.h"

namespace labgraph::bench {

// What a figure should reach.
struct Goal {
  enum class Kind { kNone, kAtLeast, kAtMost };
  Kind kind = Kind::kNone;
  double value = 0;

  static Goal AtLeast(double value) { return {Kind::kAtLeast, value}; }
  static Goal AtMost(double value) { return {Kind::kAtMost, value}; }
};

// What a figure is about.
struct Topic {
  std::string row;
  std::string what;
  std::string graph;
  std::string unit;
  Goal goal;
  std::string note{};
};

// Collects figures and prints each as it comes. Not thread-safe.
class ReportBuilder {
 public:
  explicit ReportBuilder(const Effort& effort);

  // The ratio of rates: measured to roofline.
  void AddRatio(const Topic& topic, const Rates& rates);
  // Values that are no ratio, one a repetition.
  void AddValues(const Topic& topic, const std::vector<double>& values);
  // That there is nothing to measure, and why.
  void AddMissing(const Topic& topic, const std::string& why);

  // Notes where the engine's answer is not that of its roofline.
  template <typename T>
  void Expect(const std::string& what, const T& roofline, const T& engine) {
    if (roofline == engine) return;
    Disagree(absl::StrCat(what, ": ", roofline, " by the roofline, ", engine,
                          " by the engine"));
  }

  const Report& report() const { return report_; }
  bool agreed() const { return report_.disagreements_size() == 0; }
  // Writes it as JSON. Ends the program where it cannot.
  void WriteJson(const std::string& path) const;

 private:
  Figure* Add(const Topic& topic);
  void Disagree(const std::string& problem);

  Report report_;
};

}  // namespace labgraph::bench

#endif  // LABGRAPH_BENCH_REPORT_H_
