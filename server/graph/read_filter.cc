#include "server/graph/read_filter.h"

#include "absl/strings/str_cat.h"
#include "server/base/error.h"
#include "server/base/errors.h"
#include "server/base/status_macros.h"

namespace labgraph::graph {
namespace {

constexpr uint32_t Bit(int number) { return uint32_t{1} << number; }

// The bits of `values`, UNSPECIFIED standing for `normal`; `by_default` when there are
// none.
template <typename Enum>
absl::StatusOr<uint32_t> Bits(const google::protobuf::RepeatedField<int>& values,
                              bool (*is_valid)(int), Enum normal, uint32_t by_default,
                              absl::string_view field) {
  if (values.empty()) return by_default;
  uint32_t bits = 0;
  for (int i = 0; i < values.size(); ++i) {
    if (!is_valid(values.Get(i))) {
      return errors::FieldInvalid(
          absl::StrCat(field, "[", i, "]"),
          absl::StrCat(values.Get(i), " is not a value of the enum."));
    }
    bits |= Bit(values.Get(i) == 0 ? normal : values.Get(i));
  }
  return bits;
}

}  // namespace

absl::StatusOr<ReadFilter> ReadFilter::Make(const v1::ReadOptions& options, Mode mode,
                                            schema::Authorizations authorizations) {
  ReadFilter filter(std::move(authorizations));
  if (!options.valid_at().empty()) {
    absl::StatusOr<schema::Day> day = schema::ParseDay(options.valid_at());
    if (!day.ok()) return AtField(day.status(), "valid_at");
    filter.valid_at_ = *day;
  }
  if (!v1::Certainty_IsValid(options.certainty())) {
    return errors::FieldInvalid("certainty", "This is not a value of Certainty.");
  }
  if (options.certainty() != v1::CERTAINTY_UNSPECIFIED) {
    if (!filter.valid_at_.has_value()) {
      return errors::FieldInvalid(
          "certainty",
          "Certainty is about a day: give valid_at too, for example "
          "\"2022-07-01\".");
    }
    filter.wanted_ = options.certainty();
  }
  const bool walk = mode == Mode::kWalk;
  ASSIGN_OR_RETURN(
      filter.assertions_,
      Bits(options.assertions(), v1::Assertion_IsValid, v1::ASSERTION_ASSERTED,
           walk ? ~(Bit(v1::ASSERTION_NEGATED) | Bit(v1::ASSERTION_QUESTION)) : ~0u,
           "assertions"));
  ASSIGN_OR_RETURN(filter.ranks_, Bits(options.ranks(), v1::Rank_IsValid, v1::RANK_NORMAL,
                                       walk ? ~Bit(v1::RANK_DEPRECATED) : ~0u, "ranks"));
  return filter;
}

ReadFilter::Verdict ReadFilter::Judge(const Facet& facet) const {
  Verdict verdict{true, v1::CERTAINTY_UNSPECIFIED};
  if (valid_at_.has_value()) {
    verdict.certainty = schema::HeldOn(facet.bounds, *valid_at_);
    verdict.passes =
        verdict.certainty == wanted_ ||
        (wanted_ == v1::CERTAINTY_POSSIBLE && verdict.certainty == v1::CERTAINTY_CERTAIN);
  }
  if ((assertions_ & Bit(facet.assertion)) == 0 || (ranks_ & Bit(facet.rank)) == 0) {
    verdict.passes = false;
  }
  if (verdict.passes) {
    const absl::StatusOr<schema::Visibility> visibility =
        schema::Visibility::Parse(facet.visibility);
    verdict.passes = visibility.ok() && visibility->VisibleTo(authorizations_);
  }
  return verdict;
}

uint8_t FacetVerdicts::Judge(keys::FacetNumber facet) const {
  const ReadFilter::Verdict verdict = filter_.Judge(facets_->Get(facet));
  return static_cast<uint8_t>(kJudged | (verdict.passes ? kPasses : 0) |
                              verdict.certainty << kCertaintyShift);
}

}  // namespace labgraph::graph
