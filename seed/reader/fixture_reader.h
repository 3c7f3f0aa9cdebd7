#ifndef LABGRAPH_SEED_READER_FIXTURE_READER_H_
#define LABGRAPH_SEED_READER_FIXTURE_READER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "seed/fixture.pb.h"
#include "seed/reader/problem.h"
#include "seed/reader/source_map.h"

namespace labgraph::seed {

// A fixture file as read.
struct FixtureFile {
  // As given on the command line; what positions are reported with.
  std::string file;
  Fixture fixture;
  // Where each field of `fixture` was written.
  SourceMap source_map;
};

// Reads a fixture from the text of a file. Everything wrong with it is added to
// `problems`, all in one run; the result is only of use when nothing was added. What
// needs the schema or the store to be judged (kinds, dates, references) is the server's
// to judge.
FixtureFile ReadFixture(const std::string& file, absl::string_view text,
                        Problems* problems);

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_FIXTURE_READER_H_
