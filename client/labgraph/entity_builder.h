#ifndef LABGRAPH_ENTITY_BUILDER_H_
#define LABGRAPH_ENTITY_BUILDER_H_

#include "absl/strings/string_view.h"
#include "labgraph/v1/entity.pb.h"

namespace labgraph::client {

// Builds the record of an entity:
//
//   EntityBuilder("lab/exit").Name("nl", "Exit").Source("document/nsoc-labs-page", "B3")
//
// Putting it replaces the whole record. Not thread-safe.
class EntityBuilder {
 public:
  explicit EntityBuilder(absl::string_view id);

  EntityBuilder& Name(absl::string_view lang, absl::string_view name);
  EntityBuilder& Description(absl::string_view lang, absl::string_view text);
  // Without a language for an alias that belongs to none.
  EntityBuilder& Alias(absl::string_view text, absl::string_view lang = "");
  // A thing that is counted but not named.
  EntityBuilder& Placeholder();
  EntityBuilder& Visibility(absl::string_view expression);
  EntityBuilder& Source(absl::string_view document, absl::string_view locator = "");

  const v1::Entity& Build() const { return entity_; }

 private:
  v1::Entity entity_;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_ENTITY_BUILDER_H_
