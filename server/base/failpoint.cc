#include "server/base/failpoint.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/base/thread_annotations.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"

namespace labgraph::failpoint {
namespace {

// By Failpoint.
constexpr absl::string_view kNames[] = {
    "kv.open.begin",    "kv.open.end",      "kv.write.begin",   "kv.write.end",
    "kv.ingest.files",  "kv.ingest.add",    "kv.ingest.remove", "kv.purge.flush",
    "kv.purge.compact", "kv.purge.remove",  "kv.backup.begin",  "kv.backup.copy",
    "kv.backup.end",    "kv.restore.begin", "kv.restore.move",  "kv.restore.end",
};
constexpr size_t kPoints = std::size(kNames);
static_assert(kPoints == static_cast<size_t>(Failpoint::kRestoreEnd) + 1);

constexpr int kCrashExitCode = 137;  // as after SIGKILL

struct Setting {
  enum class Action { kNothing, kError, kCrash, kDelay };
  Action action = Action::kNothing;
  absl::Duration delay;
  uint64_t at = 0;  // the time that counts; 0 for every time
};

struct Table {
  absl::Mutex mu;
  std::array<Setting, kPoints> settings ABSL_GUARDED_BY(mu);
  std::array<uint64_t, kPoints> reached ABSL_GUARDED_BY(mu) = {};
};

Table& table() {
  static Table& table = *new Table;  // outlives every thread that reaches a point
  return table;
}

absl::Status Malformed(absl::string_view problem) {
  return errors::FieldInvalid("failpoints", problem);
}

// "error", "crash" or "delay(50)".
bool ParseAction(absl::string_view text, Setting* setting) {
  if (text == "error") setting->action = Setting::Action::kError;
  if (text == "crash") setting->action = Setting::Action::kCrash;
  int ms = 0;
  if (absl::ConsumePrefix(&text, "delay(") && absl::ConsumeSuffix(&text, ")") &&
      absl::SimpleAtoi(text, &ms) && ms >= 0) {
    setting->action = Setting::Action::kDelay;
    setting->delay = absl::Milliseconds(ms);
  }
  return setting->action != Setting::Action::kNothing;
}

absl::Status ParseOne(absl::string_view text, std::array<Setting, kPoints>* settings) {
  const std::pair<absl::string_view, absl::string_view> name_and_rest =
      absl::StrSplit(text, absl::MaxSplits('=', 1));
  const auto* const name = absl::c_find(kNames, name_and_rest.first);
  if (name == std::end(kNames)) {
    return Malformed(absl::StrCat("There is no failpoint \"", name_and_rest.first,
                                  "\"; there are ", absl::StrJoin(kNames, ", "), "."));
  }
  const std::vector<absl::string_view> parts = absl::StrSplit(name_and_rest.second, '@');
  Setting setting;
  // Splitting nothing gives no part at all.
  const bool fits =
      !parts.empty() && parts.size() <= 2 && ParseAction(parts[0], &setting) &&
      (parts.size() == 1 || (absl::SimpleAtoi(parts[1], &setting.at) && setting.at > 0));
  if (!fits) {
    return Malformed(absl::StrCat("\"", text, "\" is no setting of a failpoint; write ",
                                  *name,
                                  "=error, =crash or =delay(50), and @3 after it "
                                  "for the third time alone."));
  }
  (*settings)[name - std::begin(kNames)] = setting;
  return absl::OkStatus();
}

}  // namespace

std::atomic<bool> any_set{false};

absl::Span<const absl::string_view> Names() { return kNames; }

absl::Status Configure(absl::string_view text) {
  std::array<Setting, kPoints> settings;
  absl::Status status;
  for (const absl::string_view one : absl::StrSplit(text, ',', absl::SkipWhitespace())) {
    status.Update(ParseOne(absl::StripAsciiWhitespace(one), &settings));
  }
  if (!status.ok()) settings = {};
  const bool any = absl::c_any_of(settings, [](const Setting& setting) {
    return setting.action != Setting::Action::kNothing;
  });
  absl::MutexLock lock(&table().mu);
  table().settings = settings;
  if (any) table().reached = {};
  any_set = any;
  return status;
}

uint64_t Reached(Failpoint point) {
  absl::MutexLock lock(&table().mu);
  return table().reached[static_cast<size_t>(point)];
}

absl::Status ReachSlowly(Failpoint point) {
  const auto index = static_cast<size_t>(point);
  Setting setting;
  {
    absl::MutexLock lock(&table().mu);
    setting = table().settings[index];
    const uint64_t time = ++table().reached[index];
    if (setting.at != 0 && setting.at != time) return absl::OkStatus();
  }
  switch (setting.action) {
    case Setting::Action::kNothing:
      return absl::OkStatus();
    case Setting::Action::kError:
      return errors::StorageFailed(
          absl::StrCat("The failpoint ", kNames[index],
                       " is set to fail. Start the server without LABGRAPH_FAILPOINTS."));
    case Setting::Action::kCrash:
      std::_Exit(kCrashExitCode);
    case Setting::Action::kDelay:
      absl::SleepFor(setting.delay);
      return absl::OkStatus();
  }
  return absl::OkStatus();
}

Scope::Scope(absl::string_view text) {
  if (const absl::Status status = Configure(text); !status.ok()) {
    std::fprintf(stderr, "%s\n", std::string(status.message()).c_str());
    std::abort();
  }
}

Scope::~Scope() { Configure("").IgnoreError(); }

}  // namespace labgraph::failpoint
