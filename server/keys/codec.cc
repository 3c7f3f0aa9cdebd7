#include "server/keys/codec.h"

#include <algorithm>

namespace labgraph::keys {

void AppendBe32(uint32_t value, std::string* out) {
  char bytes[sizeof(value)];
  for (size_t i = 0; i < sizeof(value); ++i) {
    bytes[i] = static_cast<char>(value >> (24 - 8 * i));
  }
  out->append(bytes, sizeof(bytes));
}

void AppendBe64(uint64_t value, std::string* out) {
  char bytes[sizeof(value)];
  for (size_t i = 0; i < sizeof(value); ++i) {
    bytes[i] = static_cast<char>(value >> (56 - 8 * i));
  }
  out->append(bytes, sizeof(bytes));
}

void AppendText(absl::string_view text, std::string* out) {
  out->append(text.data(), text.size());
  out->push_back('\0');
}

void AppendVarint(uint64_t value, std::string* out) {
  char bytes[kMaxVarintBytes];
  out->append(bytes, static_cast<size_t>(WriteVarint(value, bytes) - bytes));
}

void AppendSignedVarint(int64_t value, std::string* out) {
  AppendVarint(ZigZag(value), out);
}

const char* Decoder::Take(size_t size) {
  if (!ok_ || rest_.size() < size) {
    ok_ = false;
    rest_ = absl::string_view();
    return nullptr;
  }
  const char* data = rest_.data();
  rest_.remove_prefix(size);
  return data;
}

uint32_t Decoder::Be32() {
  const char* data = Take(4);
  uint32_t value = 0;
  for (int i = 0; data != nullptr && i < 4; ++i) {
    value = value << 8 | static_cast<uint8_t>(data[i]);
  }
  return value;
}

uint64_t Decoder::Be64() {
  const uint64_t high = Be32();
  const uint64_t low = Be32();
  return ok_ ? high << 32 | low : 0;
}

absl::string_view Decoder::Text() {
  const size_t end = rest_.find('\0');
  if (!ok_ || end == absl::string_view::npos) {
    Take(rest_.size() + 1);
    return absl::string_view();
  }
  const absl::string_view text = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return text;
}

uint64_t Decoder::Varint() {
  uint64_t value = 0;
  const size_t most = std::min<size_t>(rest_.size(), kMaxVarintBytes);
  for (size_t i = 0; i < most; ++i) {
    const auto byte = static_cast<uint8_t>(rest_[i]);
    value |= static_cast<uint64_t>(byte & 0x7F) << (7 * i);
    if (byte >= 0x80) continue;
    rest_.remove_prefix(i + 1);
    return value;
  }
  Take(rest_.size() + 1);
  return 0;
}

int64_t Decoder::SignedVarint() {
  const uint64_t value = Varint();
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

uint8_t Decoder::Byte() {
  const char* data = Take(1);
  return data == nullptr ? 0 : static_cast<uint8_t>(*data);
}

absl::string_view Decoder::Bytes(size_t size) {
  const char* data = Take(size);
  return data == nullptr ? absl::string_view() : absl::string_view(data, size);
}

absl::string_view Decoder::Rest() {
  const absl::string_view rest = rest_;
  rest_ = absl::string_view();
  return rest;
}

std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<uint8_t>(end.back()) == 0xFF) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<uint8_t>(end.back()) + 1);
  return end;
}

}  // namespace labgraph::keys
