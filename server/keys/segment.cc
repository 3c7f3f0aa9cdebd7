#include "server/keys/segment.h"

#include <limits>

#include "server/keys/codec.h"

namespace labgraph::keys {
namespace {

int64_t Delta(uint64_t value, uint64_t before) {
  return static_cast<int64_t>(value - before);
}

}  // namespace

std::string EncodeSegment(const std::vector<Edge>& edges) {
  std::string out((1 + 4 * edges.size()) * kMaxVarintBytes, '\0');
  char* at = WriteVarint(edges.size(), out.data());
  Edge before;
  for (const Edge& edge : edges) {
    at = WriteVarint(edge.neighbor - before.neighbor, at);
    at = WriteVarint(ZigZag(Delta(edge.statement, before.statement)), at);
    at = WriteVarint(ZigZag(static_cast<int64_t>(edge.facet) - before.facet), at);
    at = WriteVarint(ZigZag(Delta(edge.revision, before.revision)), at);
    before = edge;
  }
  out.resize(static_cast<size_t>(at - out.data()));
  return out;
}

bool DecodeSegment(absl::string_view bytes, std::vector<Edge>* out) {
  Decoder decoder(bytes);
  const uint64_t count = decoder.Varint();
  const size_t size_before = out->size();
  if (count > bytes.size() / 4) return false;
  out->reserve(size_before + count);
  Edge edge;
  for (uint64_t i = 0; i < count && decoder.ok(); ++i) {
    edge.neighbor += decoder.Varint();
    edge.statement += static_cast<uint64_t>(decoder.SignedVarint());
    const uint64_t facet = edge.facet + static_cast<uint64_t>(decoder.SignedVarint());
    if (facet > std::numeric_limits<FacetNumber>::max()) break;
    edge.facet = static_cast<FacetNumber>(facet);
    edge.revision += static_cast<uint64_t>(decoder.SignedVarint());
    out->push_back(edge);
  }
  const bool whole = decoder.ok() && decoder.empty();
  if (whole && out->size() - size_before == count) return true;
  out->resize(size_before);
  return false;
}

bool SegmentCount(absl::string_view bytes, uint64_t* out) {
  Decoder decoder(bytes);
  *out = decoder.Varint();
  return decoder.ok();
}

}  // namespace labgraph::keys
