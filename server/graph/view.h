#ifndef LABGRAPH_SERVER_GRAPH_VIEW_H_
#define LABGRAPH_SERVER_GRAPH_VIEW_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "labgraph/v1/entity.pb.h"
#include "labgraph/v1/read_options.pb.h"
#include "labgraph/v1/statement.pb.h"
#include "server/graph/facets.h"
#include "server/graph/read_filter.h"
#include "server/graph/record_reader.h"
#include "server/keys/rows.h"
#include "server/kv/store.h"

namespace labgraph::graph {

// The newest state of the store as of one commit; immutable, shared by readers.
struct Head {
  keys::State state;
  keys::Revision oldest = 0;  // oldest revision that can be read
  std::shared_ptr<const kv::Snapshot> snapshot;
  std::shared_ptr<const schema::Ontology> ontology;
};

// The graph as it stood at one revision, as one request with its ReadOptions sees it:
// what the caller may not see, or did not ask for, is not there. Made by Graph::Read. Not
// thread-safe (it remembers its verdicts on facets); the Graph must outlive it.
class View {
 public:
  View(std::shared_ptr<const Head> head, keys::Revision revision,
       std::shared_ptr<const schema::Ontology> ontology, const FacetTable* facets,
       ReadFilter filter, std::vector<std::string> langs);

  keys::Revision revision() const { return records_.rows().revision(); }
  const Head& head() const { return *head_; }
  const std::shared_ptr<const Head>& shared_head() const { return head_; }
  const schema::Ontology& ontology() const { return records_.ontology(); }

  // Numbers, edges, rows and records, whether they pass the filter or not.
  const RecordReader& records() const { return records_; }

  // Verdicts by facet number. An edge or property counts if its facet passes.
  FacetVerdicts& verdicts() { return verdicts_; }

  // The entity as answers give it, with label and revisions; nullopt where there is none
  // that may be seen. FULL adds statements. With IDS only `id` is set. `view`
  // UNSPECIFIED is NAMES.
  absl::StatusOr<absl::optional<v1::Entity>> GetEntity(keys::EntityNumber number,
                                                       v1::EntityView view);

  // The statement as answers give it, with revisions, date bounds and certainty; nullopt
  // where there is none that passes the filter.
  absl::StatusOr<absl::optional<v1::Statement>> GetStatement(
      keys::StatementNumber number);
  // The same for a record already read.
  absl::StatusOr<absl::optional<v1::Statement>> Present(StatementRecord record);

  // Whether the reader may see what has this visibility, in canonical form.
  bool MaySee(absl::string_view visibility);

  // The id behind a number; empty where there is none.
  absl::StatusOr<std::string> EntityId(keys::EntityNumber number) const;
  absl::StatusOr<std::string> StatementId(keys::StatementNumber number) const;

  // The text in the language asked for or the next best; see ReadOptions.lang. Empty when
  // `texts` is.
  v1::LocalizedText Localize(
      const google::protobuf::Map<std::string, std::string>& texts) const;

 private:
  absl::Status AddStatements(keys::EntityNumber number, v1::Entity* entity);

  std::shared_ptr<const Head> head_;
  RecordReader records_;
  FacetVerdicts verdicts_;
  absl::flat_hash_map<std::string, bool> may_see_;  // by visibility
  std::vector<std::string> langs_;
};

// "nl,de" as {"nl", "de", "en"}; empty is {"en"}. Errors at "lang": LANGUAGE_MALFORMED,
// LIMIT_EXCEEDED.
absl::StatusOr<std::vector<std::string>> ParseLanguages(absl::string_view langs);

}  // namespace labgraph::graph

#endif  // LABGRAPH_SERVER_GRAPH_VIEW_H_
