// Page tokens: what was made is read again and no other request takes it, what is no
// token is refused, and a list goes on behind whatever a forged one says, or refuses it.

#include <fuzzer/FuzzedDataProvider.h>

#include <cstdint>
#include <string>

#include "labgraph/v1/graph_service.pb.h"
#include "server/adjacency/reader.h"
#include "server/base/error.h"
#include "server/query/expander.h"
#include "server/query/list_entities.h"
#include "server/query/list_neighbors.h"
#include "server/query/list_statements.h"
#include "server/rpc/page_token.h"
#include "server/rpc/paging.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/fuzz_graph.h"

namespace labgraph::fuzz {
namespace {

using Mode = graph::ReadFilter::Mode;
using rpc::PageToken;

constexpr char kLineage[] = "0123456789abcdef";

void ReadAnything(const std::string& text) {
  const auto token = PageToken::Decode(text, v1::ListEntitiesRequest(), kLineage);
  CheckAnswer(token.status(), "Decode");
}

void ReadOwn(FuzzedDataProvider& input) {
  PageToken token;
  token.revision = input.ConsumeIntegral<uint64_t>();
  token.after = input.ConsumeRandomLengthString(256);
  const size_t place = input.ConsumeIntegral<size_t>();
  const char other = input.ConsumeIntegral<char>();
  v1::ListStatementsRequest request;
  request.set_subject(input.ConsumeRemainingBytesAsString());
  const std::string text = token.Encode(request, kLineage);
  const auto again = PageToken::Decode(text, request, kLineage);
  Check(again.ok() && again->revision == token.revision && again->after == token.after,
        "a token is read again");
  std::string damaged = text;
  damaged[place % damaged.size()] = other;
  const auto read = PageToken::Decode(damaged, request, kLineage);
  // Characters may differ in bits that stand for nothing.
  Check(!read.ok() || (read->revision == token.revision && read->after == token.after),
        "a damaged token is refused");
  request.set_object("lab/other");
  Check(!PageToken::Decode(text, request, kLineage).ok(), "another request's token");
}

class Lists {
 public:
  // Has each list go on behind `token`, as if it had made it.
  void GoOn(const PageToken& token, uint32_t page_size) {
    v1::ListEntitiesRequest entities;
    v1::ListStatementsRequest statements;
    v1::ListNeighborsRequest neighbors;
    neighbors.set_id("lab/a");
    Page<v1::ListEntitiesResponse>(entities, token, page_size, Mode::kList,
                                   query::ListEntities);
    Page<v1::ListStatementsResponse>(statements, token, page_size, Mode::kList,
                                     query::ListStatements);
    statements.set_subject("lab/a");
    Page<v1::ListStatementsResponse>(statements, token, page_size, Mode::kList,
                                     query::ListStatements);
    Page<v1::ListNeighborsResponse>(
        neighbors, token, page_size, Mode::kWalk,
        [this](graph::View& view, const v1::ListNeighborsRequest& asked,
               const query::PageStart& start) {
          adjacency::Reader reader(graph_.cache(), &view.records());
          query::BlockExpander expander(&reader);
          return query::ListNeighbors(view, expander, asked, start);
        });
  }

 private:
  template <typename Response, typename Request, typename List>
  void Page(Request request, const PageToken& token, uint32_t page_size, Mode mode,
            const List& list) {
    request.set_page_size(page_size);
    request.set_page_token(token.Encode(request, graph_.graph().lineage()));
    Response response;
    const absl::Status status =
        rpc::ServePage<Request, Response>(graph_.graph(), mode, request, list, &response);
    CheckAnswer(status, request.GetTypeName());
  }

  FuzzGraph graph_;
};

}  // namespace

void TestOneInput(const uint8_t* data, size_t size) {
  static Lists& lists = *new Lists;
  FuzzedDataProvider input(data, size);
  switch (input.ConsumeIntegralInRange<int>(0, 2)) {
    case 0:
      return ReadAnything(input.ConsumeRemainingBytesAsString());
    case 1:
      return ReadOwn(input);
    default: {
      const auto page_size = input.ConsumeIntegralInRange<uint32_t>(1, 1000);
      const auto revision = input.ConsumeIntegralInRange<uint64_t>(0, 5);
      return lists.GoOn({revision, input.ConsumeRemainingBytesAsString()}, page_size);
    }
  }
}

}  // namespace labgraph::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  labgraph::fuzz::TestOneInput(data, size);
  return 0;
}
