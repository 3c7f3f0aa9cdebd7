#include "labgraph/entity_builder.h"

#include <string>

namespace labgraph::client {

EntityBuilder::EntityBuilder(absl::string_view id) { entity_.set_id(std::string(id)); }

EntityBuilder& EntityBuilder::Name(absl::string_view lang, absl::string_view name) {
  (*entity_.mutable_names())[std::string(lang)] = std::string(name);
  return *this;
}

EntityBuilder& EntityBuilder::Description(absl::string_view lang,
                                          absl::string_view text) {
  (*entity_.mutable_descriptions())[std::string(lang)] = std::string(text);
  return *this;
}

EntityBuilder& EntityBuilder::Alias(absl::string_view text, absl::string_view lang) {
  v1::Alias& alias = *entity_.add_aliases();
  alias.set_text(std::string(text));
  alias.set_lang(std::string(lang));
  return *this;
}

EntityBuilder& EntityBuilder::Placeholder() {
  entity_.set_placeholder(true);
  return *this;
}

EntityBuilder& EntityBuilder::Visibility(absl::string_view expression) {
  entity_.set_visibility(std::string(expression));
  return *this;
}

EntityBuilder& EntityBuilder::Source(absl::string_view document,
                                     absl::string_view locator) {
  v1::Source& source = *entity_.add_sources();
  source.set_document(std::string(document));
  source.set_locator(std::string(locator));
  return *this;
}

}  // namespace labgraph::client
