#include "client/cli/paging.h"

#include "absl/strings/str_cat.h"
#include "client/cli/options.h"

namespace labgraph::cli {

void AddLimit(CLI::App& app, Limit& limit) {
  CLI::Option* count =
      AddCount(app, "--limit", limit.count, "Give at most so many (default 100)");
  app.add_flag("--all", limit.all, "Give all there are")->excludes(count);
}

void NoteMore(absl::string_view what, const Limit& limit, Output& output) {
  output.Note(absl::StrCat("these are the first ", limit.count, " ", what,
                           "; --limit N or --all gives more"));
}

}  // namespace labgraph::cli
