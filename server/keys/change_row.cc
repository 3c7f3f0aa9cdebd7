#include "server/keys/change_row.h"

#include "server/keys/codec.h"

namespace labgraph::keys {
namespace {

bool IsRun(ChangeKind kind) {
  return kind == ChangeKind::kEntities || kind == ChangeKind::kStatements;
}

void AppendBytes(absl::string_view bytes, std::string* out) {
  AppendVarint(bytes.size(), out);
  out->append(bytes.data(), bytes.size());
}

absl::string_view TakeBytes(Decoder& decoder) { return decoder.Bytes(decoder.Varint()); }

void AppendItem(const ChangeItem& item, std::string* out) {
  out->push_back(static_cast<char>(item.kind));
  if (IsRun(item.kind)) {
    AppendVarint(item.first, out);
    AppendVarint(item.count, out);
  } else if (item.kind != ChangeKind::kSchema) {
    if (item.kind == ChangeKind::kErased) AppendVarint(item.first, out);
    AppendBytes(item.content, out);
  }
}

ChangeItem TakeItem(Decoder& decoder) {
  ChangeItem item;
  item.kind = static_cast<ChangeKind>(decoder.Byte());
  if (IsRun(item.kind)) {
    item.first = decoder.Varint();
    item.count = decoder.Varint();
  } else if (item.kind != ChangeKind::kSchema) {
    if (item.kind == ChangeKind::kErased) item.first = decoder.Varint();
    item.content = TakeBytes(decoder);
  }
  return item;
}

bool IsKind(ChangeKind kind) {
  return kind >= ChangeKind::kEntities && kind <= ChangeKind::kErased;
}

}  // namespace

std::string ChangeRow::Encode() const {
  std::string out;
  AppendVarint(static_cast<uint64_t>(time_ns), &out);
  AppendBytes(message, &out);
  out.append(digest.data(), digest.size());
  for (const ChangeItem& item : items) AppendItem(item, &out);
  return out;
}

bool ChangeRow::Decode(absl::string_view bytes, ChangeRow* out) {
  Decoder decoder(bytes);
  out->time_ns = static_cast<int64_t>(decoder.Varint());
  out->message = TakeBytes(decoder);
  out->digest = decoder.Bytes(kChangeDigestBytes);
  out->items.clear();
  while (decoder.ok() && !decoder.empty()) {
    out->items.push_back(TakeItem(decoder));
    if (!IsKind(out->items.back().kind)) return false;
  }
  return decoder.ok();
}

}  // namespace labgraph::keys
