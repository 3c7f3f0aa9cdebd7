#include "server/graph/facets.h"

#include "server/keys/codec.h"

namespace labgraph::graph {

std::string Facet::Encode() const {
  std::string out;
  keys::AppendVarint(predicate, &out);
  for (const schema::Day day : {bounds.earliest_start, bounds.latest_start,
                                bounds.earliest_end, bounds.latest_end}) {
    keys::AppendSignedVarint(day, &out);
  }
  out.push_back(static_cast<char>(rank));
  out.push_back(static_cast<char>(assertion));
  return out + visibility;
}

bool Facet::Decode(absl::string_view bytes, Facet* out) {
  keys::Decoder decoder(bytes);
  out->predicate = static_cast<schema::PredicateNumber>(decoder.Varint());
  for (schema::Day* day : {&out->bounds.earliest_start, &out->bounds.latest_start,
                           &out->bounds.earliest_end, &out->bounds.latest_end}) {
    *day = static_cast<schema::Day>(decoder.SignedVarint());
  }
  out->rank = static_cast<v1::Rank>(decoder.Byte());
  out->assertion = static_cast<v1::Assertion>(decoder.Byte());
  out->visibility = std::string(decoder.Rest());
  return decoder.ok() && v1::Rank_IsValid(out->rank) &&
         v1::Assertion_IsValid(out->assertion) && !out->visibility.empty();
}

keys::FacetNumber FacetTable::Intern(const Facet& facet) {
  const std::string bytes = facet.Encode();
  absl::MutexLock lock(&mu_);
  const auto [it, inserted] =
      numbers_.try_emplace(bytes, static_cast<keys::FacetNumber>(facets_.size() + 1));
  if (inserted) facets_.push_back(facet);
  return it->second;
}

void FacetTable::Truncate(size_t size) {
  absl::MutexLock lock(&mu_);
  for (; facets_.size() > size; facets_.pop_back()) {
    numbers_.erase(facets_.back().Encode());
  }
}

const Facet& FacetTable::Get(keys::FacetNumber number) const {
  absl::ReaderMutexLock lock(&mu_);
  return facets_[number - 1];
}

size_t FacetTable::size() const {
  absl::ReaderMutexLock lock(&mu_);
  return facets_.size();
}

}  // namespace labgraph::graph
