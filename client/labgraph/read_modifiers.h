#ifndef LABGRAPH_READ_MODIFIERS_H_
#define LABGRAPH_READ_MODIFIERS_H_

#include <cstdint>
#include <initializer_list>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "labgraph/v1/read_options.pb.h"
#include "labgraph/v1/statement.pb.h"

namespace labgraph::client {

// How a query looks at the store, for the builders of queries; see v1::ReadOptions. Each
// method sets one thing, and where it is called again the last call counts.
template <typename Query>
class ReadModifiers {
 public:
  // The graph as it was right after this revision.
  Query& At(uint64_t revision) {
    read_.set_revision(revision);
    return self();
  }
  // The newest graph, which must hold this revision: pass that of your own commit.
  Query& AtLeast(uint64_t revision) {
    read_.set_at_least_revision(revision);
    return self();
  }
  // Only facts that held on this day, "YYYY-MM-DD".
  Query& ValidAt(absl::string_view day) {
    read_.set_valid_at(std::string(day));
    return self();
  }
  // With ValidAt: facts that certainly held.
  Query& Certainly() { return Holding(v1::CERTAINTY_CERTAIN); }
  // With ValidAt: facts that certainly or possibly held, which is the default.
  Query& Possibly() { return Holding(v1::CERTAINTY_POSSIBLE); }
  // Languages for labels, best first: "nl" or "nl,en".
  Query& Lang(absl::string_view languages) {
    read_.set_lang(std::string(languages));
    return self();
  }
  // Only facts that are said in one of these ways; walks otherwise leave out what is
  // negated or a question.
  Query& Assertions(std::initializer_list<v1::Assertion> assertions) {
    read_.mutable_assertions()->Assign(assertions.begin(), assertions.end());
    return self();
  }
  // Only facts of these ranks; walks otherwise leave out what is deprecated.
  Query& Ranks(std::initializer_list<v1::Rank> ranks) {
    read_.mutable_ranks()->Assign(ranks.begin(), ranks.end());
    return self();
  }
  // All of it at once, in place of what was set before.
  Query& Read(v1::ReadOptions read) {
    read_ = std::move(read);
    return self();
  }

 protected:
  const v1::ReadOptions& read() const { return read_; }

 private:
  Query& self() { return static_cast<Query&>(*this); }
  Query& Holding(v1::Certainty certainty) {
    read_.set_certainty(certainty);
    return self();
  }

  v1::ReadOptions read_;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_READ_MODIFIERS_H_
