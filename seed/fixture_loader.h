#ifndef LABGRAPH_SEED_FIXTURE_LOADER_H_
#define LABGRAPH_SEED_FIXTURE_LOADER_H_

#include <string>
#include <utility>

#include "labgraph/v1/editor_service.pb.h"
#include "seed/exit_code.h"
#include "seed/load_context.h"
#include "seed/mutation_part.h"
#include "seed/outcome_counts.h"
#include "seed/reader/fixture_reader.h"

namespace labgraph::seed {

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
