#include "bench/report.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "bench/require.h"
#include "google/protobuf/util/json_util.h"

namespace labgraph::bench {
namespace {

std::string CpuName() {
  std::ifstream file("/proc/cpuinfo");
  std::string line;
  while (std::getline(file, line)) {
    if (absl::StartsWith(line, "model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// 1234567 as "1.23M"; small numbers with as many digits as tell something.
std::string Short(double value) {
  if (value >= 1e6) return absl::StrFormat("%.2fM", value / 1e6);
  if (value >= 1e4) return absl::StrFormat("%.1fk", value / 1e3);
  if (value >= 100) return absl::StrFormat("%.0f", value);
  if (value >= 10) return absl::StrFormat("%.1f", value);
  return absl::StrFormat("%.3f", value);
}

std::string GoalText(const Figure& figure) {
  if (figure.has_at_least()) return absl::StrCat(">= ", Short(figure.at_least()));
  if (figure.has_at_most()) return absl::StrCat("<= ", Short(figure.at_most()));
  return "-";
}

const char* MetText(const Figure& figure) {
  if (!figure.has_met()) return "";
  return figure.met() ? "yes" : "NO";
}

void Print(const Figure& figure) {
  const std::string rates =
      figure.has_roofline() ? absl::StrCat(Short(figure.measured()), " of ",
                                           Short(figure.roofline()), " ", figure.unit())
                            : figure.unit();
  std::printf("%-4s%-52s %-6s%9s%9s%9s  %-9s%-5s%s%s\n", figure.row().c_str(),
              figure.what().c_str(), figure.graph().c_str(), Short(figure.min()).c_str(),
              Short(figure.median()).c_str(), Short(figure.max()).c_str(),
              GoalText(figure).c_str(), MetText(figure), rates.c_str(),
              figure.note().empty() ? "" : absl::StrCat("; ", figure.note()).c_str());
  std::fflush(stdout);
}

void Fill(const std::vector<double>& values, Figure* figure) {
  figure->mutable_values()->Assign(values.begin(), values.end());
  figure->set_min(*std::min_element(values.begin(), values.end()));
  figure->set_median(Median(values));
  figure->set_max(*std::max_element(values.begin(), values.end()));
  if (figure->has_at_least()) figure->set_met(figure->median() >= figure->at_least());
  if (figure->has_at_most()) figure->set_met(figure->median() <= figure->at_most());
}

}  // namespace

ReportBuilder::ReportBuilder(const Effort& effort) {
  report_.set_started(
      absl::FormatTime(absl::RFC3339_sec, absl::Now(), absl::UTCTimeZone()));
  report_.set_cpu(CpuName());
  report_.set_cores(std::thread::hardware_concurrency());
  report_.set_repetitions(static_cast<uint32_t>(effort.repetitions));
  std::printf("%-4s%-52s %-6s%9s%9s%9s  %-9s%-5s%s\n", "row", "what", "graph", "min",
              "median", "max", "goal", "met", "measured of roofline");
}

Figure* ReportBuilder::Add(const Topic& topic) {
  Figure* figure = report_.add_figures();
  figure->set_row(topic.row);
  figure->set_what(topic.what);
  figure->set_graph(topic.graph);
  figure->set_unit(topic.unit);
  figure->set_note(topic.note);
  if (topic.goal.kind == Goal::Kind::kAtLeast) figure->set_at_least(topic.goal.value);
  if (topic.goal.kind == Goal::Kind::kAtMost) figure->set_at_most(topic.goal.value);
  return figure;
}

void ReportBuilder::AddRatio(const Topic& topic, const Rates& rates) {
  std::vector<double> ratios;
  for (size_t i = 0; i < rates.measured.size(); ++i) {
    ratios.push_back(rates.measured[i] / rates.roofline[i]);
  }
  Figure* figure = Add(topic);
  figure->set_measured(Median(rates.measured));
  figure->set_roofline(Median(rates.roofline));
  Fill(ratios, figure);
  Print(*figure);
}

void ReportBuilder::AddValues(const Topic& topic, const std::vector<double>& values) {
  Figure* figure = Add(topic);
  figure->set_measured(Median(values));
  Fill(values, figure);
  Print(*figure);
}

void ReportBuilder::AddMissing(const Topic& topic, const std::string& why) {
  Figure* figure = Add(topic);
  figure->set_note(why);
  if (topic.goal.kind != Goal::Kind::kNone) figure->set_met(false);
  std::printf("%-4s%-52s %-6s MISSING: %s\n", topic.row.c_str(), topic.what.c_str(),
              topic.graph.c_str(), why.c_str());
  std::fflush(stdout);
}

void ReportBuilder::Disagree(const std::string& problem) {
  report_.add_disagreements(problem);
  std::printf("DISAGREEMENT %s\n", problem.c_str());
}

void ReportBuilder::WriteJson(const std::string& path) const {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(report_, &json, options);
  std::ofstream file(path);
  file << json;
  file.close();
  if (!status.ok() || !file) {
    Require(absl::UnavailableError(absl::StrCat("cannot write ", path)));
  }
}

}  // namespace labgraph::bench
