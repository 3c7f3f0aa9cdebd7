#ifndef LABGRAPH_TESTS_MODEL_MODEL_H_
#define LABGRAPH_TESTS_MODEL_MODEL_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "labgraph/v1/editor_service.pb.h"
#include "labgraph/v1/error_reason.pb.h"

namespace labgraph::model {

// What the model knows of the schema, and the store is told.
struct PredicateSpec {
  const char* name;
  const char* inverse;  // or ""
  bool relation;
  bool symmetric;
  bool functional;
  bool asymmetric;
  bool acyclic;
};
const std::vector<PredicateSpec>& Predicates();
// By its name or inverse name.
const PredicateSpec& SpecOf(const std::string& name);
// Kinds "node" and "doc", and those predicates, in text format.
std::string SchemaText();

template <typename Record>
struct Versioned {
  std::shared_ptr<const Record> record;  // in normal form
  uint64_t first = 0;                    // revision that created it
  uint64_t revision = 0;                 // revision that wrote this version
  uint64_t number = 0;                   // in the order of creation
};

// Where the id of an entity that was merged leads, and what it takes to take that back.
struct Redirect {
  // A statement that the merge changed.
  struct Moved {
    v1::Statement was;
    std::string became;                    // id; empty: retracted
    absl::optional<v1::Statement> joined;  // what was there before under that id
  };
  std::string into;
  uint64_t revision = 0;  // that merged
  int order = 0;          // among the merges of that revision
  v1::Entity entity;
  std::vector<Moved> statements;
  std::vector<v1::Entity> citing;  // as they were
};

// The graph at one revision, by id.
struct State {
  std::map<std::string, Versioned<v1::Entity>> entities;
  std::map<std::string, Versioned<v1::Statement>> statements;
  std::map<std::string, std::shared_ptr<const Redirect>> redirects;
  uint64_t next_number = 0;
};

// What a commit ought to answer.
struct Expected {
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;  // unless it passes
  std::string failed;  // the mutation or precondition at fault, as a field
  std::vector<v1::Outcome> outcomes;
};

// A graph kept the naive way: every revision is a copy, every rule a loop over all
// statements. Knows the requests that Generator makes and no others.
class Model {
 public:
  // The schema is revision 1.
  Model() : revisions_(2) {}

  Expected Commit(const v1::CommitRequest& request);

  // What was before `oldest` is forgotten, where it was not.
  void CompactHistory(uint64_t oldest);

  uint64_t head() const { return revisions_.size() - 1; }
  // The oldest revision that can be read.
  uint64_t oldest() const { return oldest_; }
  // REQUIRES: neither forgotten nor still to come.
  const State& At(uint64_t revision) const { return revisions_[revision]; }

 private:
  v1::ErrorReason Judge(const v1::Precondition& precondition) const;
  template <typename Record>
  v1::ErrorReason JudgeRecord(
      const v1::Precondition& precondition, const std::string& id,
      std::map<std::string, Versioned<Record>> State::*records) const;

  std::vector<State> revisions_;
  uint64_t oldest_ = 0;
};

}  // namespace labgraph::model

#endif  // LABGRAPH_TESTS_MODEL_MODEL_H_
