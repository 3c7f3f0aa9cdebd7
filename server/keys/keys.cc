#include "server/keys/keys.h"

#include "server/keys/codec.h"

namespace labgraph::keys {
namespace {

// Makes a key piece by piece.
class Encoder {
 public:
  Encoder& Literal(absl::string_view bytes) {
    key_.append(bytes.data(), bytes.size());
    return *this;
  }
  Encoder& Be32(uint32_t value) {
    AppendBe32(value, &key_);
    return *this;
  }
  Encoder& Be64(uint64_t value) {
    AppendBe64(value, &key_);
    return *this;
  }
  Encoder& Text(absl::string_view text) {
    AppendText(text, &key_);
    return *this;
  }
  std::string Take() { return std::move(key_); }

 private:
  std::string key_;
};

}  // namespace

std::string SchemaVersionKey(Revision revision) {
  return Encoder().Literal(kSchemaVersionPrefix).Be64(revision).Take();
}
std::string SchemaKindKey(absl::string_view name) {
  return Encoder().Literal(kSchemaKindPrefix).Text(name).Take();
}
std::string SchemaPredicateKey(absl::string_view name) {
  return Encoder().Literal(kSchemaPredicatePrefix).Text(name).Take();
}
std::string SchemaOriginalKey(uint32_t predicate) {
  return Encoder().Literal(kSchemaOriginalPrefix).Be32(predicate).Take();
}

std::string EntityKey(EntityNumber entity) { return Encoder().Be64(entity).Take(); }
std::string EntityIdKey(uint32_t kind, absl::string_view key) {
  return Encoder().Be32(kind).Text(key).Take();
}
std::string EntityIdPrefix(uint32_t kind) { return Encoder().Be32(kind).Take(); }
std::string StatementKey(StatementNumber statement) {
  return Encoder().Be64(statement).Take();
}
std::string StatementIdKey(absl::string_view id) { return Encoder().Text(id).Take(); }

std::string EdgeKey::Encode() const {
  return Encoder().Be64(node).Be32(predicate).Be64(neighbor).Be64(statement).Take();
}

bool EdgeKey::Decode(absl::string_view key, EdgeKey* out) {
  Decoder decoder(key);
  out->node = decoder.Be64();
  out->predicate = decoder.Be32();
  out->neighbor = decoder.Be64();
  out->statement = decoder.Be64();
  return decoder.ok() && decoder.empty();
}

std::string EdgePrefix(EntityNumber node) { return Encoder().Be64(node).Take(); }
std::string EdgePrefix(EntityNumber node, uint32_t predicate) {
  return Encoder().Be64(node).Be32(predicate).Take();
}

std::string ValueKey(EntityNumber subject, uint32_t predicate,
                     StatementNumber statement) {
  return Encoder().Be64(subject).Be32(predicate).Be64(statement).Take();
}
std::string ValuePrefix(EntityNumber subject) { return EdgePrefix(subject); }
std::string ValuePrefix(EntityNumber subject, uint32_t predicate) {
  return EdgePrefix(subject, predicate);
}
std::string PredicateIndexKey(uint32_t predicate, StatementNumber statement) {
  return Encoder().Be32(predicate).Be64(statement).Take();
}
std::string PredicateIndexPrefix(uint32_t predicate) {
  return Encoder().Be32(predicate).Take();
}
std::string SourceStatementKey(EntityNumber document, StatementNumber statement) {
  return Encoder().Be64(document).Literal("s").Be64(statement).Take();
}
std::string SourceStatementPrefix(EntityNumber document) {
  return Encoder().Be64(document).Literal("s").Take();
}
std::string SourceEntityKey(EntityNumber document, EntityNumber entity) {
  return Encoder().Be64(document).Literal("e").Be64(entity).Take();
}
std::string SourceEntityPrefix(EntityNumber document) {
  return Encoder().Be64(document).Literal("e").Take();
}
std::string SourcePrefix(EntityNumber document) {
  return Encoder().Be64(document).Take();
}

std::string FacetKey(FacetNumber facet) { return Encoder().Be32(facet).Take(); }
std::string TextKey(absl::string_view word, EntityNumber entity) {
  return Encoder().Text(word).Be64(entity).Take();
}
std::string PastKey(kv::Keyspace keyspace, absl::string_view key, Revision removed) {
  const char byte = static_cast<char>(keyspace);
  return Encoder().Literal({&byte, 1}).Literal(key).Be64(removed).Take();
}
std::string PastPrefix(kv::Keyspace keyspace, absl::string_view key_prefix) {
  const char byte = static_cast<char>(keyspace);
  return Encoder().Literal({&byte, 1}).Literal(key_prefix).Take();
}
std::string ChangeKey(Revision revision) { return Encoder().Be64(revision).Take(); }
std::string RequestIdKey(absl::string_view request_id) {
  return Encoder().Literal("i").Text(request_id).Take();
}
std::string RequestTimeKey(int64_t unix_seconds, absl::string_view request_id) {
  return Encoder()
      .Literal("t")
      .Be64(static_cast<uint64_t>(unix_seconds))
      .Text(request_id)
      .Take();
}
std::string ImportCheckpointKey(absl::string_view name) {
  return Encoder().Literal("c").Text(name).Take();
}

std::string ErasedEntityKey(absl::string_view id) {
  return Encoder().Literal("e").Text(id).Take();
}
std::string ErasedStatementKey(absl::string_view id) {
  return Encoder().Literal("s").Text(id).Take();
}

uint64_t LastBe64(absl::string_view key) {
  return Decoder(key.substr(key.size() - 8)).Be64();
}

}  // namespace labgraph::keys
