#include "labgraph/statement_builder.h"

namespace labgraph::client {

StatementBuilder::StatementBuilder(absl::string_view subject,
                                   absl::string_view predicate) {
  statement_.set_subject(std::string(subject));
  statement_.set_predicate(std::string(predicate));
}

StatementBuilder& StatementBuilder::To(absl::string_view object) {
  statement_.set_object(std::string(object));
  return *this;
}

StatementBuilder& StatementBuilder::Id(absl::string_view id) {
  statement_.set_id(std::string(id));
  return *this;
}

StatementBuilder& StatementBuilder::Since(absl::string_view start) {
  statement_.mutable_valid()->set_start(std::string(start));
  return *this;
}

StatementBuilder& StatementBuilder::Until(absl::string_view end) {
  statement_.mutable_valid()->set_end(std::string(end));
  return *this;
}

StatementBuilder& StatementBuilder::InWords(absl::string_view text) {
  statement_.mutable_valid()->set_text(std::string(text));
  return *this;
}

StatementBuilder& StatementBuilder::Rank(v1::Rank rank) {
  statement_.set_rank(rank);
  return *this;
}

StatementBuilder& StatementBuilder::Assertion(v1::Assertion assertion) {
  statement_.set_assertion(assertion);
  return *this;
}

StatementBuilder& StatementBuilder::Visibility(absl::string_view expression) {
  statement_.set_visibility(std::string(expression));
  return *this;
}

StatementBuilder& StatementBuilder::Source(absl::string_view document,
                                           absl::string_view locator) {
  v1::Source source;
  source.set_document(std::string(document));
  source.set_locator(std::string(locator));
  return Source(std::move(source));
}

StatementBuilder& StatementBuilder::Source(v1::Source source) {
  *statement_.add_sources() = std::move(source);
  return *this;
}

}  // namespace labgraph::client
