#include "server/watch/resume_token.h"

#include "absl/strings/str_cat.h"
#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/token_seal.h"
#include "server/keys/codec.h"

namespace labgraph::watch {
namespace {

constexpr uint8_t kForm = 1;

}  // namespace

ResumeTokens::ResumeTokens(const graph::Graph& graph, const v1::RecordFilter& filter)
    : owner_(absl::StrCat("watch", absl::string_view("\0", 1), graph.store_id(),
                          absl::string_view("\0", 1), DeterministicBytes(filter))),
      epoch_(graph.epoch()) {}

std::string ResumeTokens::Encode(keys::Revision revision) const {
  std::string content(1, static_cast<char>(kForm));
  keys::AppendVarint(revision, &content);
  content += epoch_;
  return SealToken(content, owner_);
}

absl::StatusOr<keys::Revision> ResumeTokens::Decode(absl::string_view token) const {
  const absl::optional<std::string> content = UnsealToken(token, owner_);
  if (!content.has_value()) {
    return errors::ResumeTokenInvalid(
        "it is damaged, or of another filter or another store; the filter must be as it "
        "was.");
  }
  keys::Decoder decoder(*content);
  if (decoder.Byte() != kForm) {
    return errors::ResumeTokenInvalid("it was made by another version of the server.");
  }
  const keys::Revision revision = decoder.Varint();
  const absl::string_view epoch = decoder.Rest();
  if (!decoder.ok()) return errors::ResumeTokenInvalid("it is damaged.");
  if (epoch != epoch_) return errors::StoreRestored("resume_token", epoch_);
  return revision;
}

}  // namespace labgraph::watch
