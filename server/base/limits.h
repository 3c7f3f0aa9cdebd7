#ifndef LABGRAPH_SERVER_BASE_LIMITS_H_
#define LABGRAPH_SERVER_BASE_LIMITS_H_

#include <cstdint>

#include "absl/types/span.h"

// Every limit of the service, in one place. GetServerInfo returns them, docs/api.md
// lists them, and each is tested at the limit and one above.

namespace labgraph::limits {

struct Limit {
  const char* name;
  uint64_t value;
  const char* description;  // with the unit
};

inline constexpr Limit kIdKeyBytes{
    "id_key_bytes", 128,
    "bytes in the part of an entity id after '/', and in a "
    "statement id"};
inline constexpr Limit kNameBytes{"name_bytes", 256,
                                  "bytes in a name, an alias or a language tag"};
inline constexpr Limit kSchemaNameBytes{"schema_name_bytes", 64,
                                        "bytes in a name of the schema or of a pattern's "
                                        "variable"};
inline constexpr Limit kTextBytes{"text_bytes", 4096,
                                  "bytes in a description, a string value, a quote or a "
                                  "locator"};
inline constexpr Limit kJsonBytes{"json_bytes", 16384, "bytes in one encoded JSON value"};
inline constexpr Limit kJsonDepth{"json_depth", 32,
                                  "nested lists and objects in a JSON value"};
inline constexpr Limit kRecordBytes{"record_bytes", 65536,
                                    "bytes in one encoded entity or statement"};
inline constexpr Limit kListItems{
    "list_items", 1000,
    "names, aliases, sources, qualifiers or other items in one "
    "list of a record"};
inline constexpr Limit kDateBytes{"date_bytes", 64, "bytes in an EDTF date"};
inline constexpr Limit kVisibilityBytes{"visibility_bytes", 1024,
                                        "bytes in a visibility expression"};
inline constexpr Limit kAuthorizationBytes{"authorization_bytes", 64,
                                           "bytes in the name of an authorisation"};
inline constexpr Limit kVisibilityDepth{"visibility_depth", 32,
                                        "nested parentheses in a visibility expression"};
inline constexpr Limit kLanguages{"languages", 16, "languages one request names"};
inline constexpr Limit kFilterBytes{"filter_bytes", 2048, "bytes in a filter"};
inline constexpr Limit kFilterDepth{"filter_depth", 32, "nested parentheses in a filter"};
inline constexpr Limit kQueryBytes{"query_bytes", 256, "bytes in a search query"};
inline constexpr Limit kMessageTextBytes{"message_text_bytes", 1024,
                                         "bytes in a commit message"};
inline constexpr Limit kRequestIdBytes{
    "request_id_bytes", 128, "bytes in a request_id and in the name of a checkpoint"};
inline constexpr Limit kActorBytes{"actor_bytes", 256, "bytes in the name of an actor"};
inline constexpr Limit kPreconditions{"preconditions", 100,
                                      "preconditions of one commit"};
inline constexpr Limit kPreconditionEntities{
    "precondition_entities", 100000,
    "entities that one precondition looks at; name a kind that has fewer"};
inline constexpr Limit kWatches{"watches", 1000,
                                "watches at once; one more is refused with BUSY"};
inline constexpr Limit kHeartbeatSeconds{"heartbeat_seconds", 300,
                                         "seconds between the heartbeats of a watch"};
inline constexpr Limit kErased{"erased", 10000, "records one call erases"};
inline constexpr Limit kCommits{
    "commits", 4096,
    "commits waiting at once, of 512 MiB together at most; one "
    "more is refused with BUSY"};
inline constexpr Limit kImports{"imports", 8,
                                "imports at once; one more is refused with BUSY"};
inline constexpr Limit kEntities{
    "entities", 4000000000,
    "entities ever created in one store; deleted ones count as well"};
inline constexpr Limit kStatements{
    "statements", 4000000000,
    "statements ever created in one store; retracted ones count as well"};
inline constexpr Limit kMutations{"mutations", 10000, "mutations in one commit"};
inline constexpr Limit kMutationDerived{"mutation_derived", 100000,
                                        "statements one commit retracts by cascade"};
inline constexpr Limit kSchemaDefinitions{"schema_definitions", 10000,
                                          "kinds, predicates and qualifiers each"};
inline constexpr Limit kKindDepth{"kind_depth", 32, "kinds above one another"};
inline constexpr Limit kCycleCheck{
    "cycle_check", 1000000, "statements looked at to see that a relation stays acyclic"};
inline constexpr Limit kProblems{"problems", 1000, "problems listed in one answer"};
inline constexpr Limit kPageSize{"page_size", 1000,
                                 "entities, statements or neighbours a page"};
inline constexpr Limit kPageBytes{
    "page_bytes", 3 * 1024 * 1024,
    "bytes of records after which a page ends; next_page_token goes on"};
inline constexpr Limit kBatchIds{"batch_ids", 1000, "ids in one request"};
inline constexpr Limit kBatchBytes{"batch_bytes", 60 * 1024 * 1024,
                                   "bytes in one answer of BatchGetEntities; name fewer "
                                   "ids or a smaller view"};
inline constexpr Limit kSearchResults{"search_results", 100, "results of one search"};
inline constexpr Limit kEntityStatements{
    "entity_statements", 1000, "statements in one entity of view FULL; more are cut"};
inline constexpr Limit kSteps{"steps", 16, "steps in one traversal"};
inline constexpr Limit kHops{"hops", 64, "hops in one step or path"};
inline constexpr Limit kHits{"hits", 10000000, "hits of one traversal"};
inline constexpr Limit kPaths{"paths", 10000, "paths of one search"};
inline constexpr Limit kRequired{
    "required", 16, "entities, and relations, that every path of one search must have"};
inline constexpr Limit kPatternVariables{"pattern_variables", 16,
                                         "variables in one pattern"};
inline constexpr Limit kPatternEdges{"pattern_edges", 32, "edges in one pattern"};
inline constexpr Limit kRows{"rows", 10000000, "rows of one pattern"};
inline constexpr Limit kGroupKeys{"group_keys", 4, "keys in one group_by"};
inline constexpr Limit kGroups{"groups", 10000, "groups in one answer"};
inline constexpr Limit kGroupsKept{
    "groups_kept", 1000000,
    "groups that one count can keep apart; select less or group "
    "by fewer keys"};
inline constexpr Limit kVisited{"visited", 1000000000,
                                "statements looked at in one walk"};
inline constexpr Limit kRequestBytes{"request_bytes", 4 * 1024 * 1024,
                                     "bytes in one request message"};
inline constexpr Limit kPageTokenBytes{"page_token_bytes", 1024, "bytes in a page token"};
inline constexpr Limit kDeadlineSeconds{"deadline_seconds", 300,
                                        "seconds one call may take; a longer deadline is "
                                        "shortened to this"};

// Defaults where a request leaves a number out.
inline constexpr uint32_t kDefaultPageSize = 100;
inline constexpr uint32_t kDefaultSearchResults = 10;
inline constexpr uint64_t kDefaultHits = 100000;
inline constexpr uint64_t kDefaultVisited = 10000000;
inline constexpr uint32_t kDefaultPaths = 100;
inline constexpr uint32_t kDefaultPathHops = 16;
inline constexpr uint64_t kDefaultRows = 100000;
inline constexpr uint32_t kDefaultGroups = 1000;

inline constexpr uint32_t kDefaultHeartbeatSeconds = 15;
inline constexpr uint32_t kDefaultFindings = 100;

// Bytes of a message that are received at all. What lies between is refused as passing
// kRequestBytes, with a reason; what is larger must not take the server's memory.
inline constexpr int kReceivedBytes = 16 * 1024 * 1024;
// Bytes of encoded rows after which a stream sends a message.
inline constexpr uint32_t kStreamMessageBytes = 32 * 1024;
// Bytes of error details above which clients may lose them.
inline constexpr uint32_t kErrorDetailBytes = 4096;

// All of them, in the order documented.
absl::Span<const Limit> All();

}  // namespace labgraph::limits

#endif  // LABGRAPH_SERVER_BASE_LIMITS_H_
