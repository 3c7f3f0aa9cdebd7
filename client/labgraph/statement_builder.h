#ifndef LABGRAPH_STATEMENT_BUILDER_H_
#define LABGRAPH_STATEMENT_BUILDER_H_

#include <map>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "google/protobuf/struct.pb.h"
#include "labgraph/v1/statement.pb.h"
#include "labgraph/value.h"

namespace labgraph::client {

// Builds a statement:
//
//   StatementBuilder("lab/caterpillar", "merged_into")
//       .To("programme/approach-tbml")
//       .Since("2022~").StillSo().InWords("inmiddels")
//       .Source("document/nsoc-labs-page", "B1.2")
//
// The server checks it against the schema. Not thread-safe.
class StatementBuilder {
 public:
  StatementBuilder(absl::string_view subject, absl::string_view predicate);

  // The target: another entity, or a value of whatever type MakeValue takes. The last of
  // them counts.
  StatementBuilder& To(absl::string_view object);
  template <typename T>
  StatementBuilder& Is(T&& value) {
    *statement_.mutable_value() = MakeValue(std::forward<T>(value));
    return *this;
  }

  // A text in several languages: {{"nl", "tekst"}, {"en", "text"}}.
  StatementBuilder& Is(const std::map<std::string, std::string>& text_by_lang) {
    *statement_.mutable_value() = MakeValue(text_by_lang);
    return *this;
  }

  // An id of your own, in place of the one that the server derives.
  StatementBuilder& Id(absl::string_view id);
  template <typename T>
  StatementBuilder& Qualifier(const std::string& name, T&& value) {
    (*statement_.mutable_qualifiers())[name] = MakeValue(std::forward<T>(value));
    return *this;
  }

  // When it held, in EDTF: see v1::ValidTime. What is not said is unknown.
  StatementBuilder& Since(absl::string_view start);
  StatementBuilder& Until(absl::string_view end);
  StatementBuilder& StillSo() { return Until(".."); }
  // The source's own words for it.
  StatementBuilder& InWords(absl::string_view text);

  StatementBuilder& Rank(v1::Rank rank);
  StatementBuilder& Assertion(v1::Assertion assertion);
  StatementBuilder& Visibility(absl::string_view expression);
  StatementBuilder& Source(absl::string_view document, absl::string_view locator = "");
  StatementBuilder& Source(v1::Source source);

  const v1::Statement& Build() const { return statement_; }

 private:
  v1::Statement statement_;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_STATEMENT_BUILDER_H_
