#include "server/graph/request_log.h"

#include <openssl/sha.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "server/base/deterministic.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"
#include "server/keys/codec.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"

namespace labgraph::graph {
namespace {

// Old answers dropped with each new one: more than one, so that the log shrinks.
constexpr int kDroppedAtOnce = 4;

// The same for a request and for asking what would come of it.
std::string Hash(const v1::CommitRequest& request) {
  if (request.validate_only()) {
    v1::CommitRequest real = request;
    real.clear_validate_only();
    return Hash(real);
  }
  const std::string bytes = DeterministicBytes(request);
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

}  // namespace

absl::StatusOr<bool> RequestLog::Find(const v1::CommitRequest& request,
                                      v1::CommitResponse* response) const {
  if (request.request_id().empty()) return false;
  ASSIGN_OR_RETURN(
      const absl::optional<std::string> row,
      buffer_->Get(keys::kRequest, keys::RequestIdKey(request.request_id())));
  if (!row.has_value()) return false;
  keys::Decoder decoder(*row);
  const absl::Time answered =
      absl::FromUnixSeconds(static_cast<int64_t>(decoder.Varint()));
  const absl::string_view hash = decoder.Bytes(SHA256_DIGEST_LENGTH);
  const absl::string_view answer = decoder.Rest();
  if (now_ - answered > kRequestWindow) return false;
  if (hash != Hash(request)) return errors::RequestIdReused(request.request_id());
  if (!decoder.ok() ||
      !response->ParseFromArray(answer.data(), static_cast<int>(answer.size()))) {
    return errors::StorageCorrupt("request", "an answer cannot be decoded.");
  }
  response->set_replayed(true);
  return true;
}

absl::Status RequestLog::Remember(const v1::CommitRequest& request,
                                  const v1::CommitResponse& response) {
  if (request.request_id().empty()) return absl::OkStatus();
  RETURN_IF_ERROR(DropOld());
  const int64_t seconds = absl::ToUnixSeconds(now_);
  std::string row;
  keys::AppendVarint(static_cast<uint64_t>(seconds), &row);
  row += Hash(request);
  row += response.SerializeAsString();
  buffer_->Put(keys::kRequest, keys::RequestIdKey(request.request_id()), row);
  buffer_->Put(keys::kRequest, keys::RequestTimeKey(seconds, request.request_id()), "");
  return absl::OkStatus();
}

absl::Status RequestLog::DropOld() {
  const int64_t oldest = absl::ToUnixSeconds(now_ - kRequestWindow);
  const std::unique_ptr<kv::Cursor> cursor = buffer_->NewCursor(keys::kRequest);
  std::vector<std::string> dropped;
  for (cursor->Seek("t"); cursor->Valid() && absl::StartsWith(cursor->key(), "t");
       cursor->Next()) {
    keys::Decoder key(cursor->key().substr(1));
    if (static_cast<int64_t>(key.Be64()) >= oldest || dropped.size() >= kDroppedAtOnce)
      break;
    dropped.emplace_back(cursor->key());
  }
  RETURN_IF_ERROR(cursor->status());
  for (const std::string& time_key : dropped) {
    keys::Decoder key(absl::string_view(time_key).substr(1));
    const auto seconds = key.Be64();
    const std::string id_key = keys::RequestIdKey(key.Text());
    ASSIGN_OR_RETURN(const absl::optional<std::string> row,
                     buffer_->Get(keys::kRequest, id_key));
    // The id may have been used again since; then its row is of a later time.
    if (row.has_value() && keys::Decoder(*row).Varint() == seconds) {
      buffer_->Delete(keys::kRequest, id_key);
    }
    buffer_->Delete(keys::kRequest, time_key);
  }
  return absl::OkStatus();
}

}  // namespace labgraph::graph
