// The forms of keys and rows: bytes of any sort never hurt what takes them apart, what
// was taken apart and put together again is the same, and keys stand in the order of what
// they are made of.

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/match.h"
#include "server/keys/change_row.h"
#include "server/keys/codec.h"
#include "server/keys/keys.h"
#include "server/keys/rows.h"
#include "server/keys/segment.h"
#include "tests/fuzz/check.h"

namespace labgraph::fuzz {
namespace {

constexpr size_t kMostEdges = 600;  // more than a segment has

// Of bytes that are a row: the same again from its one proper form.
template <typename Row>
void DecodeRow(absl::string_view bytes, const char* what) {
  Row row;
  if (!Row::Decode(bytes, &row)) return;
  const std::string proper = row.Encode();
  Row again;
  Check(Row::Decode(proper, &again), what);
  Check(again.Encode() == proper, what);
}

void DecodeEdges(absl::string_view bytes) {
  std::vector<keys::Edge> edges = {{7, 7, 7, 7}};
  if (!keys::DecodeSegment(bytes, &edges)) {
    return Check(edges.size() == 1, "a segment that is none leaves nothing behind");
  }
  uint64_t count = 0;
  Check(keys::SegmentCount(bytes, &count) && count == edges.size() - 1, "segment count");
}

void DecodeAnything(absl::string_view bytes) {
  DecodeRow<keys::EntityRow>(bytes, "entity row");
  DecodeRow<keys::StatementRow>(bytes, "statement row");
  DecodeRow<keys::IndexRow>(bytes, "index row");
  DecodeRow<keys::State>(bytes, "state");
  DecodeRow<keys::ChangeRow>(bytes, "change row");
  DecodeEdges(bytes);
  keys::EdgeKey key;
  if (keys::EdgeKey::Decode(bytes, &key)) Check(key.Encode() == bytes, "edge key");
}

keys::EdgeKey TakeEdgeKey(FuzzedDataProvider& input) {
  keys::EdgeKey key;
  key.node = input.ConsumeIntegral<uint64_t>();
  key.predicate = input.ConsumeIntegral<uint32_t>();
  key.neighbor = input.ConsumeIntegral<uint64_t>();
  key.statement = input.ConsumeIntegral<uint64_t>();
  return key;
}

void CompareEdgeKeys(FuzzedDataProvider& input) {
  const keys::EdgeKey a = TakeEdgeKey(input);
  const keys::EdgeKey b = TakeEdgeKey(input);
  keys::EdgeKey again;
  Check(keys::EdgeKey::Decode(a.Encode(), &again) && again == a, "edge key");
  Check((a <=> b) == (a.Encode() <=> b.Encode()), "order of edge keys");
  const std::string prefix = keys::EdgePrefix(a.node, a.predicate);
  const bool under = b.node == a.node && b.predicate == a.predicate;
  Check(absl::StartsWith(b.Encode(), prefix) == under, "prefix of edge keys");
}

std::string TakeText(FuzzedDataProvider& input) {
  std::string text = input.ConsumeRandomLengthString(64);
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
  return text;
}

void CompareTextKeys(FuzzedDataProvider& input) {
  const auto a = std::make_tuple(TakeText(input), input.ConsumeIntegral<uint64_t>());
  const auto b = std::make_tuple(TakeText(input), input.ConsumeIntegral<uint64_t>());
  const auto encode = [](const auto& key) { return std::apply(keys::TextKey, key); };
  Check((a <=> b) == (encode(a) <=> encode(b)), "order of text keys");
  Check(keys::LastBe64(encode(a)) == std::get<1>(a), "entity of a text key");
}

void EncodeEdges(FuzzedDataProvider& input) {
  std::vector<keys::Edge> edges;
  while (input.remaining_bytes() > 0 && edges.size() < kMostEdges) {
    keys::Edge edge;
    edge.neighbor = input.ConsumeIntegral<uint64_t>();
    edge.statement = input.ConsumeIntegral<uint64_t>();
    edge.facet = input.ConsumeIntegral<uint32_t>();
    edge.revision = input.ConsumeIntegral<uint64_t>();
    edges.push_back(edge);
  }
  std::sort(edges.begin(), edges.end(), keys::EdgeOrder);
  std::vector<keys::Edge> again;
  Check(keys::DecodeSegment(keys::EncodeSegment(edges), &again), "segment");
  Check(again == edges, "edges of a segment");
}

void CheckPrefixEnd(FuzzedDataProvider& input) {
  const std::string prefix = input.ConsumeRandomLengthString(16);
  const std::string key = input.ConsumeRandomLengthString(24);
  const std::string end = keys::PrefixEnd(prefix);
  const bool within = key >= prefix && (end.empty() || key < end);
  Check(within == absl::StartsWith(key, prefix), "end of a prefix");
}

}  // namespace

void TestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider input(data, size);
  switch (input.ConsumeIntegralInRange<int>(0, 4)) {
    case 0:
      // The first byte was taken from the back.
      return DecodeAnything(Text(data, size).substr(0, input.remaining_bytes()));
    case 1:
      return CompareEdgeKeys(input);
    case 2:
      return CompareTextKeys(input);
    case 3:
      return EncodeEdges(input);
    default:
      return CheckPrefixEnd(input);
  }
}

}  // namespace labgraph::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  labgraph::fuzz::TestOneInput(data, size);
  return 0;
}
