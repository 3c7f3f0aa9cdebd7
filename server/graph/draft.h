#ifndef LABGRAPH_SERVER_GRAPH_DRAFT_H_
#define LABGRAPH_SERVER_GRAPH_DRAFT_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "server/graph/change_log.h"
#include "server/graph/entity_index.h"
#include "server/graph/entity_numbers.h"
#include "server/graph/facets.h"
#include "server/graph/record_reader.h"
#include "server/graph/versioned_writer.h"
#include "server/graph/write_buffer.h"
#include "server/keys/rows.h"
#include "server/kv/arena.h"
#include "server/schema/ontology.h"

namespace labgraph::graph {

// Whether the store has, or may have, rows that most stores have none of. Where it has
// none, writing a new record need not look for them.
struct RareRows {
  bool merged = true;  // in kRedirect
  bool erased = true;  // in kErased
};

// A revision in the making: what one commit has done so far, over the state it began
// with. Validators read it, effects write to it. Used by one thread.
class Draft {
 public:
  // What outlives the draft.
  struct Context {
    WriteBuffer* buffer;
    FacetTable* facets;
    const EntityIndex* index;          // may be null
    EntityNumbers* numbers = nullptr;  // may be null
    RareRows* rare = nullptr;          // null: it may have all
  };

  Draft(Context context, keys::State state,
        std::shared_ptr<const schema::Ontology> ontology)
      : context_(context),
        state_(state),
        writer_(context.buffer, state.head + 1),
        records_(VersionedReader(context.buffer, state.head + 1, /*newest=*/true),
                 std::move(ontology), context.numbers) {}

  keys::Revision revision() const { return writer_.revision(); }
  const schema::Ontology& ontology() const { return records_.ontology(); }
  // Sees what the draft has written.
  const RecordReader& records() const { return records_; }
  VersionedWriter& writer() { return writer_; }
  WriteBuffer& buffer() { return *context_.buffer; }
  FacetTable& facets() const { return *context_.facets; }
  const EntityIndex* index() const { return context_.index; }
  EntityNumbers* numbers() const { return context_.numbers; }

  bool may_have_merged() const {
    return context_.rare == nullptr || context_.rare->merged;
  }
  bool may_have_erased() const {
    return context_.rare == nullptr || context_.rare->erased;
  }
  // An entity is being merged. Returns how many were before it.
  uint32_t NoteMerged() {
    if (context_.rare != nullptr) context_.rare->merged = true;
    return merges_++;
  }

  // A record is being erased.
  void NoteErasing() {
    if (context_.rare != nullptr) context_.rare->erased = true;
  }

  // Whether what is put was there before, under whatever id, so that nothing of it is
  // new.
  bool restoring() const { return restoring_; }
  void set_restoring(bool restoring) { restoring_ = restoring; }

  // Counters; `head` stays that of the state begun with until the commit is done.
  keys::State& state() { return state_; }

  // What has changed so far, in order; a draft without any makes no revision.
  ChangeNotes& change() { return change_; }
  bool changed() const { return !change_.empty(); }

  // Notes that mutation `index` of the request names an id. Gives the index of an earlier
  // one that did.
  absl::optional<size_t> Name(absl::string_view id, size_t index);
  // Forgets what was named.
  void ForgetNames() { named_.clear(); }

  // The number of a facet; most statements of a commit have the same.
  keys::FacetNumber Intern(const Facet& facet);

  // Records changed because an entity they refer to was deleted.
  uint64_t& cascaded() { return cascaded_; }

 private:
  const Context context_;
  keys::State state_;
  VersionedWriter writer_;
  RecordReader records_;
  ChangeNotes change_;
  absl::flat_hash_map<absl::string_view, size_t> named_;
  kv::Arena names_;  // keeps the names
  Facet last_facet_;
  keys::FacetNumber last_facet_number_ = 0;
  uint64_t cascaded_ = 0;
  uint32_t merges_ = 0;
  bool restoring_ = false;
};

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_DRAFT_H_
