#include "server/keys/rows.h"

#include "server/keys/codec.h"

namespace labgraph::keys {

std::string EntityRow::Encode() const {
  std::string out;
  AppendVarint(revision, &out);
  AppendVarint(first, &out);
  AppendVarint(kind, &out);
  out.append(record.data(), record.size());
  return out;
}

bool EntityRow::Decode(absl::string_view bytes, EntityRow* out) {
  Decoder decoder(bytes);
  out->revision = decoder.Varint();
  out->first = decoder.Varint();
  out->kind = static_cast<uint32_t>(decoder.Varint());
  out->record = decoder.Rest();
  return decoder.ok();
}

std::string StatementRow::Encode() const {
  std::string out;
  AppendVarint(revision, &out);
  AppendVarint(first, &out);
  AppendVarint(subject, &out);
  AppendVarint(predicate, &out);
  AppendVarint(object, &out);
  AppendVarint(facet, &out);
  out.append(record.data(), record.size());
  return out;
}

bool StatementRow::Decode(absl::string_view bytes, StatementRow* out) {
  Decoder decoder(bytes);
  out->revision = decoder.Varint();
  out->first = decoder.Varint();
  out->subject = decoder.Varint();
  out->predicate = static_cast<uint32_t>(decoder.Varint());
  out->object = decoder.Varint();
  out->facet = static_cast<FacetNumber>(decoder.Varint());
  out->record = decoder.Rest();
  return decoder.ok();
}

std::string IndexRow::Encode() const {
  std::string out;
  AppendVarint(revision, &out);
  if (number != 0) AppendVarint(number, &out);
  return out;
}

bool IndexRow::Decode(absl::string_view bytes, IndexRow* out) {
  Decoder decoder(bytes);
  out->revision = decoder.Varint();
  out->number = decoder.empty() ? 0 : decoder.Varint();
  return decoder.ok() && decoder.empty();
}

Revision RowRevision(absl::string_view bytes) { return Decoder(bytes).Varint(); }

std::string State::Encode() const {
  std::string out;
  AppendVarint(head, &out);
  AppendVarint(static_cast<uint64_t>(head_time_ns), &out);
  AppendVarint(next_entity, &out);
  AppendVarint(next_statement, &out);
  AppendVarint(entities, &out);
  AppendVarint(statements, &out);
  AppendVarint(next_kind, &out);
  AppendVarint(next_predicate, &out);
  return out;
}

bool State::Decode(absl::string_view bytes, State* out) {
  Decoder decoder(bytes);
  out->head = decoder.Varint();
  out->head_time_ns = static_cast<int64_t>(decoder.Varint());
  out->next_entity = decoder.Varint();
  out->next_statement = decoder.Varint();
  out->entities = decoder.Varint();
  out->statements = decoder.Varint();
  out->next_kind = static_cast<uint32_t>(decoder.Varint());
  out->next_predicate = static_cast<uint32_t>(decoder.Varint());
  return decoder.ok() && decoder.empty();
}

}  // namespace labgraph::keys
