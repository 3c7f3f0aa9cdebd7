#ifndef LABGRAPH_SERVER_ADJACENCY_CARD_ENTRY_H_
#define LABGRAPH_SERVER_ADJACENCY_CARD_ENTRY_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "server/adjacency/entry.h"
#include "server/graph/entity_card.h"
#include "server/keys/keys.h"

namespace labgraph::adjacency {

// What walks need to know of one entity, in memory. Immutable.
//
//   card = CardEntry id visibility
class CardEntry : public Entry {
 public:
  static EntryPtr<CardEntry> Make(const graph::EntityCard& card,
                                  keys::Revision revision) {
    const size_t bytes = sizeof(CardEntry) + card.id.size() + card.visibility.size();
    void* const memory = ::operator new(bytes);
    EntryPtr<CardEntry> entry(new (memory) CardEntry(card, revision, bytes));
    char* const text = static_cast<char*>(memory) + sizeof(CardEntry);
    std::memcpy(text, card.id.data(), card.id.size());
    std::memcpy(text + card.id.size(), card.visibility.data(), card.visibility.size());
    return entry;
  }

  // Its texts live as long as this.
  graph::EntityCard card() const {
    const char* const text = reinterpret_cast<const char*>(this + 1);
    return {kind_, {text, id_bytes_}, {text + id_bytes_, visibility_bytes_}};
  }

 private:
  CardEntry(const graph::EntityCard& card, keys::Revision revision, size_t bytes)
      : Entry(revision, bytes),
        kind_(card.kind),
        id_bytes_(static_cast<uint16_t>(card.id.size())),
        visibility_bytes_(static_cast<uint16_t>(card.visibility.size())) {}

  const schema::KindNumber kind_;
  const uint16_t id_bytes_;
  const uint16_t visibility_bytes_;
};

}  // namespace labgraph::adjacency

#endif  // LABGRAPH_SERVER_ADJACENCY_CARD_ENTRY_H_
