#include "server/search/fuzzy_words.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/keys/keys.h"
#include "server/keys/keyspaces.h"
#include "server/keys/rows.h"
#include "server/kv/memory_store.h"
#include "server/search/fold.h"
#include "server/search/fuzzy_matcher.h"
#include "server/search/name_index.h"
#include "tests/testing/status_matchers.h"

namespace labgraph::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The whole table, straight from the definition of optimal string alignment.
int NaiveEdits(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<int>> edits(a.size() + 1, std::vector<int>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        edits[i][j] = static_cast<int>(i + j);
        continue;
      }
      edits[i][j] = std::min({edits[i - 1][j] + 1, edits[i][j - 1] + 1,
                              edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        edits[i][j] = std::min(edits[i][j], edits[i - 2][j - 2] + 1);
      }
    }
  }
  return edits[a.size()][b.size()];
}

std::u32string RandomWord(std::mt19937* random, size_t shortest, size_t longest) {
  static constexpr char32_t kAlphabet[] = {U'a', U'b', U'c', U'é', U'東', 0x1F512};
  std::u32string word;
  for (size_t i = shortest + (*random)() % (longest - shortest + 1); i > 0; --i) {
    word += kAlphabet[(*random)() % std::size(kAlphabet)];
  }
  return word;
}

// A word index without a graph around it.
class FuzzyWordsTest : public ::testing::Test {
 protected:
  // Rows of `count` entities, written at revision 1.
  void AddWord(absl::string_view word, uint64_t count = 1) {
    kv::Batch batch;
    for (uint64_t number = 1; number <= count; ++number) {
      batch.Put(keys::kText, keys::TextKey(word, number), keys::IndexRow{1, 0}.Encode());
    }
    ASSERT_OK(store_->Write(batch));
  }

  // A row that was there from revision 1 to `removed`.
  void AddPastWord(absl::string_view word, keys::Revision removed) {
    kv::Batch batch;
    batch.Put(keys::kPast, keys::PastKey(keys::kText, keys::TextKey(word, 1), removed),
              keys::IndexRow{1, 0}.Encode());
    ASSERT_OK(store_->Write(batch));
  }

  std::vector<FuzzyWord> Find(absl::string_view word, size_t most_words = 1000000,
                              bool newest = true) {
    const std::shared_ptr<const kv::Snapshot> snapshot = store_->GetSnapshot();
    absl::StatusOr<std::vector<FuzzyWord>> found = FindFuzzyWords(
        graph::VersionedReader(snapshot.get(), newest ? 2 : 1, newest), word, most_words);
    EXPECT_OK(found);
    return found.ok() ? *std::move(found) : std::vector<FuzzyWord>();
  }

  std::unique_ptr<kv::Store> store_ = kv::NewMemoryStore(keys::Names().size());
};

TEST_F(FuzzyWordsTest, ForgivesByLength) {
  for (const char* word : {"abd", "abcx", "bbcd", "abcdefgx", "abcdefxx", "xbcdefxx"}) {
    AddWord(word);
  }
  EXPECT_THAT(Find("abc"), IsEmpty());
  EXPECT_THAT(Find("abcd"), ElementsAre(FuzzyWord{"abcx", 1}, FuzzyWord{"abd", 1},
                                        FuzzyWord{"bbcd", 1}));
  EXPECT_THAT(Find("abcdefgh"),
              ElementsAre(FuzzyWord{"abcdefgx", 1}, FuzzyWord{"abcdefxx", 2}));
}

TEST_F(FuzzyWordsTest, KnowsEachKindOfSlip) {
  AddWord("caterpillar");
  for (const char* typed : {"caterpilar", "catterpillar", "caterpiller", "actterpillar",
                            "ctaerpillra", "katerpillar"}) {
    EXPECT_EQ(Find(typed).size(), 1u) << typed;
  }
  EXPECT_THAT(Find("katerpilers"), IsEmpty());
}

TEST_F(FuzzyWordsTest, LeavesOutTheWordItselfAndWholeNames) {
  AddWord("exit");
  AddWord(WholeNameTerm("exi"));
  EXPECT_THAT(Find("exit"), IsEmpty());
  EXPECT_THAT(Find("exot"), ElementsAre(FuzzyWord{"exit", 1}));
}

TEST_F(FuzzyWordsTest, StepsPastWordsOfManyEntities) {
  AddWord("aaaa", 100);
  AddWord("aaab", 100);
  AddWord("aaac", 17);
  EXPECT_THAT(Find("aaad"), ElementsAre(FuzzyWord{"aaaa", 1}, FuzzyWord{"aaab", 1},
                                        FuzzyWord{"aaac", 1}));
}

TEST_F(FuzzyWordsTest, StopsAtItsBudget) {
  for (char c = 'a'; c <= 'j'; ++c) AddWord(std::string("exi") + c);
  EXPECT_EQ(Find("exi1", 10).size(), 10u);
  EXPECT_EQ(Find("exi1", 9).size(), 9u);
  EXPECT_THAT(Find("exi1", 0), IsEmpty());
}

TEST_F(FuzzyWordsTest, ReadsAnEarlierRevision) {
  AddPastWord("exit", 2);
  EXPECT_THAT(Find("exot"), IsEmpty());
  EXPECT_THAT(Find("exot", 10, /*newest=*/false), ElementsAre(FuzzyWord{"exit", 1}));
}

TEST_F(FuzzyWordsTest, FindsExactlyWhatANaiveSearchFinds) {
  constexpr uint32_t kSeed = 411;
  std::mt19937 random(kSeed);
  std::set<std::u32string> vocabulary;
  while (vocabulary.size() < 1000) vocabulary.insert(RandomWord(&random, 1, 10));
  for (const std::u32string& word : vocabulary) AddWord(FromLetters(word));
  for (int round = 0; round < 200; ++round) {
    const std::u32string word = RandomWord(&random, 4, 10);
    std::map<std::string, int> expected;
    for (const std::u32string& candidate : vocabulary) {
      const int edits = NaiveEdits(word, candidate);
      if (edits > 0 && edits <= AllowedEdits(word.size())) {
        expected[FromLetters(candidate)] = edits;
      }
    }
    std::map<std::string, int> actual;
    for (const FuzzyWord& fuzzy : Find(FromLetters(word)))
      actual[fuzzy.word] = fuzzy.edits;
    ASSERT_EQ(actual, expected) << FromLetters(word) << " seed " << kSeed;
  }
}

// The skips are what makes a search of a large vocabulary cheap.
TEST_F(FuzzyWordsTest, LooksAtASmallPartOfTheVocabulary) {
  std::mt19937 random(5);
  std::set<std::string> vocabulary;
  while (vocabulary.size() < 20000) {
    std::string word(7, 'a');
    for (char& c : word) c = static_cast<char>('a' + random() % 26);
    vocabulary.insert(word);
  }
  for (const std::string& word : vocabulary) AddWord(word);
  AddWord("zyxwvut");
  EXPECT_THAT(Find("zyxwvuu", vocabulary.size() / 20),
              ElementsAre(FuzzyWord{"zyxwvut", 1}));
}

TEST(FuzzyMatcherTest, SharesWorkBetweenWordsInAnyOrder) {
  FuzzyMatcher matcher("exit", 1);
  EXPECT_EQ(matcher.Edits("exit"), 0);
  EXPECT_EQ(matcher.Edits("exits"), 1);
  EXPECT_EQ(matcher.Edits("exitss"), absl::nullopt);
  EXPECT_EQ(matcher.Edits("ex"), absl::nullopt);
  EXPECT_EQ(matcher.Edits("eixt"), 1);
  EXPECT_EQ(matcher.Edits("exit"), 0);
}

TEST(FuzzyMatcherTest, SkipsToTheNextThatMayMatch) {
  FuzzyMatcher matcher("exit", 1);
  matcher.Edits("abcd");  // "a" may stand for "e", then "x" must follow, or "e" after all
  EXPECT_EQ(matcher.NextAfter(), "ae");
  matcher.Edits("axz");
  EXPECT_EQ(matcher.NextAfter(), "b");
  matcher.Edits("exzz");
  EXPECT_EQ(matcher.NextAfter(), "ex{");  // any letter after "z"
}

TEST(AllowedEditsTest, GrowsWithTheWord) {
  EXPECT_EQ(AllowedEdits(3), 0);
  EXPECT_EQ(AllowedEdits(4), 1);
  EXPECT_EQ(AllowedEdits(7), 1);
  EXPECT_EQ(AllowedEdits(8), 2);
}

}  // namespace
}  // namespace labgraph::search
