#include "server/rpc/walk_page.h"

#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/rpc/page_token.h"

namespace labgraph::rpc {

absl::StatusOr<WalkPage> WalkPage::Open(absl::string_view token,
                                        const v1::ReadOptions& read,
                                        const google::protobuf::Message& request,
                                        absl::string_view store_id) {
  WalkPage page{.read = read};
  if (token.empty()) return page;
  ASSIGN_OR_RETURN(const PageToken decoded, PageToken::Decode(token, request, store_id));
  page.read.set_revision(decoded.revision);
  keys::Decoder decoder(decoded.after);
  page.before = decoder.Varint();
  if (!decoder.ok()) return errors::PageTokenInvalid("it is damaged.");
  return page;
}

std::string WalkPage::NextToken(uint64_t revision, uint64_t given,
                                const google::protobuf::Message& request,
                                absl::string_view store_id) const {
  PageToken token;
  token.revision = revision;
  keys::AppendVarint(before + given, &token.after);
  return token.Encode(request, store_id);
}

}  // namespace labgraph::rpc
