#include "server/keys/codec.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace labgraph::keys {
namespace {

// Numbers at the edges of every length of encoding, and some between.
std::vector<uint64_t> InterestingNumbers() {
  std::vector<uint64_t> numbers = {0, std::numeric_limits<uint64_t>::max()};
  for (int bit = 0; bit < 64; ++bit) {
    const uint64_t power = uint64_t{1} << bit;
    numbers.insert(numbers.end(), {power - 1, power, power + 1});
  }
  std::mt19937_64 random(1);
  for (int i = 0; i < 500; ++i) numbers.push_back(random() >> (random() % 64));
  return numbers;
}

template <typename Append, typename Value>
std::string Encoded(Append append, Value value) {
  std::string out;
  append(value, &out);
  return out;
}

TEST(CodecTest, GoldenVectors) {
  const struct {
    std::string bytes;
    const char* hex;
  } cases[] = {
      {Encoded(AppendBe32, 0x01020304u), "01020304"},
      {Encoded(AppendBe64, uint64_t{0x0102030405060708}), "0102030405060708"},
      {Encoded(AppendText, "exit"), "6578697400"},
      {Encoded(AppendText, ""), "00"},
      {Encoded(AppendVarint, uint64_t{0}), "00"},
      {Encoded(AppendVarint, uint64_t{127}), "7f"},
      {Encoded(AppendVarint, uint64_t{128}), "8001"},
      {Encoded(AppendVarint, uint64_t{300}), "ac02"},
      {Encoded(AppendVarint, std::numeric_limits<uint64_t>::max()),
       "ffffffffffffffffff01"},
      {Encoded(AppendSignedVarint, int64_t{0}), "00"},
      {Encoded(AppendSignedVarint, int64_t{-1}), "01"},
      {Encoded(AppendSignedVarint, int64_t{1}), "02"},
      {Encoded(AppendSignedVarint, int64_t{-64}), "7f"},
      {Encoded(AppendSignedVarint, std::numeric_limits<int64_t>::min()),
       "ffffffffffffffffff01"},
  };
  for (const auto& test : cases) EXPECT_EQ(absl::BytesToHexString(test.bytes), test.hex);
}

TEST(CodecTest, EveryNumberComesBack) {
  for (const uint64_t number : InterestingNumbers()) {
    std::string bytes;
    AppendBe32(static_cast<uint32_t>(number), &bytes);
    AppendBe64(number, &bytes);
    AppendVarint(number, &bytes);
    AppendSignedVarint(static_cast<int64_t>(number), &bytes);
    Decoder decoder(bytes);
    EXPECT_EQ(decoder.Be32(), static_cast<uint32_t>(number));
    EXPECT_EQ(decoder.Be64(), number);
    EXPECT_EQ(decoder.Varint(), number);
    EXPECT_EQ(decoder.SignedVarint(), static_cast<int64_t>(number));
    EXPECT_TRUE(decoder.ok() && decoder.empty());
  }
}

TEST(CodecTest, ByteOrderIsNumberOrder) {
  const std::vector<uint64_t> numbers = InterestingNumbers();
  for (size_t i = 0; i + 1 < numbers.size(); ++i) {
    const uint64_t a = numbers[i];
    const uint64_t b = numbers[i + 1];
    EXPECT_EQ(Encoded(AppendBe64, a) < Encoded(AppendBe64, b), a < b) << a << " " << b;
    const auto a32 = static_cast<uint32_t>(a);
    const auto b32 = static_cast<uint32_t>(b);
    EXPECT_EQ(Encoded(AppendBe32, a32) < Encoded(AppendBe32, b32), a32 < b32)
        << a << " " << b;
  }
}

TEST(CodecTest, ByteOrderOfTextsIsTextOrderWhateverFollows) {
  const std::string texts[] = {"", "a", "a-b", "a.b", "ab", "abc", "b", "z9"};
  for (const std::string& a : texts) {
    for (const std::string& b : texts) {
      std::string key_a = Encoded(AppendText, a) + "\xFF\xFF";
      std::string key_b = Encoded(AppendText, b) + "\x01";
      if (a == b) continue;
      EXPECT_EQ(key_a < key_b, a < b) << a << " " << b;
    }
  }
}

TEST(CodecTest, TextsAndBytesComeBack) {
  std::string bytes;
  AppendText("lab", &bytes);
  AppendText("", &bytes);
  bytes += "xyz";
  Decoder decoder(bytes);
  EXPECT_EQ(decoder.Text(), "lab");
  EXPECT_EQ(decoder.Text(), "");
  EXPECT_EQ(decoder.Byte(), 'x');
  EXPECT_EQ(decoder.Bytes(1), "y");
  EXPECT_EQ(decoder.Rest(), "z");
  EXPECT_TRUE(decoder.ok() && decoder.empty());
}

TEST(CodecTest, AMissingPieceSpoilsAllThatFollow) {
  Decoder decoder("abcdefg");
  EXPECT_EQ(decoder.Be64(), 0u) << "only seven bytes";
  EXPECT_FALSE(decoder.ok());
  EXPECT_EQ(decoder.Byte(), 0);
  EXPECT_EQ(decoder.Text(), "");
  EXPECT_EQ(decoder.Varint(), 0u);
  EXPECT_EQ(decoder.Rest(), "");
  EXPECT_FALSE(decoder.ok());
}

TEST(CodecTest, UnfinishedTextsAndVarintsAreRefused) {
  for (const char* const bytes : {"no end", ""}) {
    Decoder decoder(bytes);
    decoder.Text();
    EXPECT_FALSE(decoder.ok()) << bytes;
  }
  for (const std::string& bytes : {std::string("\x80\x80"), std::string(11, '\x80')}) {
    Decoder decoder(bytes);
    decoder.Varint();
    EXPECT_FALSE(decoder.ok()) << absl::BytesToHexString(bytes);
  }
}

TEST(CodecTest, RandomBytesNeverHurt) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 20000; ++i) {
    std::string bytes(random() % 24, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    Decoder decoder(bytes);
    while (decoder.ok() && !decoder.empty()) {
      switch (random() % 7) {
        case 0:
          decoder.Be32();
          break;
        case 1:
          decoder.Be64();
          break;
        case 2:
          decoder.Text();
          break;
        case 3:
          decoder.Varint();
          break;
        case 4:
          decoder.SignedVarint();
          break;
        case 5:
          decoder.Bytes(random() % 8);
          break;
        default:
          decoder.Byte();
      }
    }
  }
}

TEST(CodecTest, PrefixEndIsTheFirstKeyBehindThePrefix) {
  EXPECT_EQ(PrefixEnd("ab"), "ac");
  EXPECT_EQ(PrefixEnd("a\xFF\xFF"), "b");
  EXPECT_EQ(PrefixEnd("\xFF"), "");
  EXPECT_EQ(PrefixEnd(""), "");
}

}  // namespace
}  // namespace labgraph::keys
