// Random expressions, compared with a model that evaluates them as written.

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "server/schema/visibility.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/schema/random_seed.h"

namespace labgraph::schema {
namespace {

constexpr int kExpressions = 2000;
const char* const kNames[] = {"a", "b", "c", "d", "public"};
constexpr int kAssignments = 1 << 4;  // of the names but "public"

// Bit i of `assignment` says whether name i is held.
Authorizations Holding(int assignment) {
  absl::flat_hash_set<std::string> names;
  for (int i = 0; i < 4; ++i) {
    if ((assignment >> i & 1) != 0) names.insert(kNames[i]);
  }
  return Authorizations(std::move(names));
}

// The model: no simplification, no order, brackets around every group.
struct Expression {
  char op = 0;
  int name = 0;
  std::vector<Expression> operands;

  bool Evaluate(int assignment) const {
    const auto holds = [&](const Expression& e) { return e.Evaluate(assignment); };
    if (op == '&') return absl::c_all_of(operands, holds);
    if (op == '|') return absl::c_any_of(operands, holds);
    return name == 4 || (assignment >> name & 1) != 0;
  }

  std::string Text() const {
    if (op == 0) return kNames[name];
    const std::string between(1, op);
    return absl::StrCat(
        "(",
        absl::StrJoin(operands, between,
                      [](std::string* out, const Expression& e) { *out += e.Text(); }),
        ")");
  }
};

class RandomExpressions {
 public:
  explicit RandomExpressions(uint64_t seed) : random_(seed) {}

  Expression Next(int depth = 4) {
    Expression expression;
    if (depth == 0 || Below(4) == 0) {
      expression.name = Below(20) == 0 ? 4 : Below(4);
      return expression;
    }
    expression.op = Below(2) == 0 ? '&' : '|';
    for (int i = 1 + Below(3); i > 0; --i) expression.operands.push_back(Next(depth - 1));
    return expression;
  }

  // The same meaning, written otherwise: operands in another order, some of them twice.
  Expression Rewritten(const Expression& expression) {
    Expression other = expression;
    for (Expression& operand : other.operands) operand = Rewritten(operand);
    if (!other.operands.empty() && Below(3) == 0) {
      other.operands.push_back(
          other.operands[Below(static_cast<int>(other.operands.size()))]);
    }
    absl::c_shuffle(other.operands, random_);
    return other;
  }

 private:
  int Below(int count) {
    return std::uniform_int_distribution<int>(0, count - 1)(random_);
  }

  std::mt19937_64 random_;
};

class VisibilityPropertyTest : public ::testing::Test {
 protected:
  const uint64_t seed_ = RandomSeed();
  const ::testing::ScopedTrace trace_{__FILE__, __LINE__,
                                      absl::StrCat("LABGRAPH_TEST_SEED=", seed_)};
  RandomExpressions expressions_{seed_};
};

// Parses a random expression; those over the limit on bytes are left out.
#define PARSE_OR_CONTINUE(lhs, text)                                            \
  const absl::StatusOr<Visibility> lhs##_or = Visibility::Parse(text);          \
  if (ReasonOf(lhs##_or.status()) == v1::ERROR_REASON_LIMIT_EXCEEDED) continue; \
  ASSERT_OK(lhs##_or) << text;                                                  \
  const Visibility& lhs = *lhs##_or

TEST_F(VisibilityPropertyTest, MeansWhatIsWritten) {
  for (int i = 0; i < kExpressions; ++i) {
    const Expression expression = expressions_.Next();
    PARSE_OR_CONTINUE(visibility, expression.Text());
    for (int assignment = 0; assignment < kAssignments; ++assignment) {
      ASSERT_EQ(visibility.VisibleTo(Holding(assignment)),
                expression.Evaluate(assignment))
          << expression.Text() << " as " << visibility.canonical();
    }
  }
}

TEST_F(VisibilityPropertyTest, CanonicalFormReadsBackAsItself) {
  for (int i = 0; i < kExpressions; ++i) {
    PARSE_OR_CONTINUE(visibility, expressions_.Next().Text());
    ASSERT_OK_AND_ASSIGN(const Visibility again,
                         Visibility::Parse(visibility.canonical()));
    ASSERT_EQ(again.canonical(), visibility.canonical());
    for (int assignment = 0; assignment < kAssignments; ++assignment) {
      ASSERT_EQ(again.VisibleTo(Holding(assignment)),
                visibility.VisibleTo(Holding(assignment)))
          << visibility.canonical();
    }
  }
}

TEST_F(VisibilityPropertyTest, CanonicalFormIsTheSameForEveryOrderAndRepetition) {
  for (int i = 0; i < kExpressions; ++i) {
    const Expression expression = expressions_.Next();
    const Expression rewritten = expressions_.Rewritten(expression);
    PARSE_OR_CONTINUE(visibility, expression.Text());
    PARSE_OR_CONTINUE(other, rewritten.Text());
    ASSERT_EQ(other.canonical(), visibility.canonical());
  }
}

TEST_F(VisibilityPropertyTest, HoldingMoreNeverShowsLess) {
  for (int i = 0; i < kExpressions; ++i) {
    PARSE_OR_CONTINUE(visibility, expressions_.Next().Text());
    for (int fewer = 0; fewer < kAssignments; ++fewer) {
      if (!visibility.VisibleTo(Holding(fewer))) continue;
      for (int name = 0; name < 4; ++name) {
        ASSERT_TRUE(visibility.VisibleTo(Holding(fewer | 1 << name)))
            << visibility.canonical();
      }
    }
    ASSERT_TRUE(visibility.VisibleTo(Authorizations::All()));
  }
}

}  // namespace
}  // namespace labgraph::schema
