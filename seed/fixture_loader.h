#ifndef LABGRAPH_SEED_FIXTURE_LOADER_H_
#define LABGRAPH_SEED_FIXTURE_LOADER_H_

#include <memory>
#include <string>

#include "labgraph/connection.h"
#include "seed/console.h"
#include "seed/exit_code.h"
#include "seed/mutation_part.h"
#include "seed/outcome_counts.h"
#include "seed/reader/fixture_reader.h"
#include "seed/stop_flag.h"

namespace labgraph::seed {

// What every way of loading needs.
struct LoadContext {
  std::shared_ptr<client::Connection> connection;
  WriteLimits limits;
  // Mutations in one request where the user says so; 0: as fits.
  size_t batch = 0;
  // Kept with the revisions; empty for one made from the file's name.
  std::string message;
  Console* console;
  const StopFlag* stop;
};

// Prints an error of a request that was not about its content.
ExitCode FailWith(const absl::Status& status, Console* console);

// Writes fixtures: the schema, then entities and statements as one commit, or as several
// where they pass the limits of one. Every write is validated first, and what is wrong is
// reported with its position. Data can only be validated against a schema that is
// there: when a fixture brings both, a problem in its data leaves its schema
// applied. Not thread-safe.
class FixtureLoader {
 public:
  explicit FixtureLoader(LoadContext context) : context_(std::move(context)) {}

  // Anything but kOk means that loading cannot go on, and that nothing of what was
  // validated last has been written. All has been printed.
  ExitCode Load(const FixtureFile& file);

 private:
  ExitCode LoadSchema(const FixtureFile& file);
  ExitCode LoadData(const FixtureFile& file);
  // Validates one part and writes it. `first` numbers its first mutation in the fixture.
  ExitCode WritePart(const FixtureFile& file, size_t first, Mutations part,
                     OutcomeCounts* counts, uint64_t* revision);
  ExitCode Report(const FixtureFile& file, size_t first,
                  const google::protobuf::RepeatedPtrField<v1::Problem>& problems);
  ExitCode ReportError(const FixtureFile& file, size_t first, const absl::Status& status);
  std::string MessageFor(const FixtureFile& file, const std::string& what) const;

  LoadContext context_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_FIXTURE_LOADER_H_
