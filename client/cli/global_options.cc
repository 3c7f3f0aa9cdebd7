#include "client/cli/global_options.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "client/cli/options.h"

namespace labgraph::cli {
namespace {

constexpr char kServerVariable[] = "LABGRAPH_SERVER";

absl::Duration ParseTimeout(const std::string& text) {
  absl::Duration timeout;
  if (!absl::ParseDuration(text, &timeout) || timeout <= absl::ZeroDuration() ||
      timeout == absl::InfiniteDuration()) {
    RejectValue(
        "--timeout",
        absl::StrCat("\"", text, "\" is not a duration such as 500ms, 30s or 2m"));
  }
  return timeout;
}

void DeclareFormat(CLI::App& program, GlobalOptions& options) {
  Choices<Format> formats;
  for (Format format : AllFormats()) formats.emplace_back(FormatName(format), format);
  AddChoice<Format>(
      program, "-o,--output", formats,
      [&options](const Format& format) { options.format = format; },
      "Format of the answer");
}

void DeclareColor(CLI::App& program, GlobalOptions& options) {
  AddChoice<ColorMode>(
      program, "--color",
      {{"auto", ColorMode::kAuto},
       {"always", ColorMode::kAlways},
       {"never", ColorMode::kNever}},
      [&options](const ColorMode& color) { options.color = color; },
      "Colours: on a terminal (auto), always or never");
}

void DeclareValidity(CLI::App& program, v1::ReadOptions& read) {
  CLI::Option* at =
      program
          .add_option_function<std::string>(
              "--at", [&read](const std::string& day) { read.set_valid_at(day); },
              "Only facts that held on this day")
          ->type_name("YYYY-MM-DD");
  AddChoice<v1::Certainty>(
      program, "--certainty",
      {{"certain", v1::CERTAINTY_CERTAIN},
       {"possible", v1::CERTAINTY_POSSIBLE},
       {"no", v1::CERTAINTY_NO}},
      [&read](const v1::Certainty& certainty) { read.set_certainty(certainty); },
      "With --at: how certainly they held; possible, the default, includes certain")
      ->needs(at);
}

void DeclareReading(CLI::App& program, v1::ReadOptions& read) {
  DeclareValidity(program, read);
  AddNumber<uint64_t>(
      program, "--revision", 0,
      [&read](uint64_t revision) { read.set_revision(revision); },
      "The graph as it was right after this revision");
  program
      .add_option_function<std::string>(
          "--lang", [&read](const std::string& lang) { read.set_lang(lang); },
          "Languages for names, best first, for example nl,en")
      ->type_name("TAG,...");
}

}  // namespace

bool GlobalOptions::HasReadOptions() const {
  return !read.valid_at().empty() || read.at_case() != v1::ReadOptions::AT_NOT_SET;
}

void DeclareGlobalOptions(CLI::App& program, GlobalOptions& options) {
  program.add_option("--server", options.server, "The server (default 127.0.0.1:50051)")
      ->envname(kServerVariable)
      ->type_name("HOST:PORT");
  DeclareFormat(program, options);
  DeclareColor(program, options);
  DeclareReading(program, options.read);
  program
      .add_option_function<std::string>(
          "--timeout",
          [&options](const std::string& text) { options.timeout = ParseTimeout(text); },
          "How long to wait (default 30s; backup, verify, compact, erase: any time)")
      ->type_name("DURATION");
}

Look ChooseLook(const GlobalOptions& options, const Console& console) {
  Look look;
  const bool auto_color = console.out_is_terminal && !console.no_color;
  look.color = options.color == ColorMode::kAlways ||
               (options.color == ColorMode::kAuto && auto_color);
  if (console.out_is_terminal) look.width = console.terminal_width;
  return look;
}

}  // namespace labgraph::cli
