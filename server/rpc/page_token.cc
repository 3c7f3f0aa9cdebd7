#include "server/rpc/page_token.h"

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/token_seal.h"
#include "server/keys/codec.h"

namespace labgraph::rpc {
namespace {

constexpr uint8_t kForm = 1;

// Fields that may differ from page to page, besides the token itself.
constexpr const char* kPageFields[] = {"page_size", "max_hits", "max_paths",
                                       "max_visited"};

// The page fields that the request has, as "a", "a and b".
std::string PageFieldsOf(const google::protobuf::Message& request) {
  std::vector<const char*> fields;
  for (const char* field : kPageFields) {
    if (request.GetDescriptor()->FindFieldByName(field) != nullptr) {
      fields.push_back(field);
    }
  }
  return absl::StrJoin(fields, " and ");
}

void ClearField(const char* name, google::protobuf::Message* request) {
  const auto* const field = request->GetDescriptor()->FindFieldByName(name);
  if (field != nullptr) request->GetReflection()->ClearField(request, field);
}

// What the token belongs to: one answer of one store.
std::string OwnerOf(const google::protobuf::Message& request, absl::string_view lineage) {
  const std::unique_ptr<google::protobuf::Message> same(request.New());
  same->CopyFrom(request);
  ClearField("page_token", same.get());
  for (const char* field : kPageFields) ClearField(field, same.get());
  return absl::StrCat(lineage, absl::string_view("\0", 1), request.GetTypeName(),
                      absl::string_view("\0", 1), DeterministicBytes(*same));
}

}  // namespace

std::string PageToken::Encode(const google::protobuf::Message& request,
                              absl::string_view lineage) const {
  std::string content(1, static_cast<char>(kForm));
  keys::AppendVarint(revision, &content);
  content += after;
  return SealToken(content, OwnerOf(request, lineage));
}

absl::StatusOr<PageToken> PageToken::Decode(absl::string_view token,
                                            const google::protobuf::Message& request,
                                            absl::string_view lineage) {
  if (token.size() > limits::kPageTokenBytes.value) {
    return errors::LimitExceeded("page_token", limits::kPageTokenBytes, token.size());
  }
  const absl::optional<std::string> content =
      UnsealToken(token, OwnerOf(request, lineage));
  if (!content.has_value()) {
    return errors::PageTokenInvalid(
        absl::StrCat("it is damaged, or of another request or another store; all fields "
                     "but ",
                     PageFieldsOf(request), " must be as they were."));
  }
  keys::Decoder decoder(*content);
  PageToken result;
  if (decoder.Byte() != kForm) {
    return errors::PageTokenInvalid("it was made by another version of the server.");
  }
  result.revision = decoder.Varint();
  result.after = std::string(decoder.Rest());
  if (!decoder.ok()) return errors::PageTokenInvalid("it is damaged.");
  return result;
}

}  // namespace labgraph::rpc
