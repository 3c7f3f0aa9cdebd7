#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"
#include "server/schema/checks.h"
#include "server/schema/checks_value.h"

namespace labgraph::schema {
namespace {

constexpr char kUrl[] = "an absolute address such as \"https://example.org/page\"";

// Bytes that stand in no URL; other scripts than Latin may.
bool IsUrlByte(char c) {
  constexpr absl::string_view kRefused = "\"<>\\^`{|}";
  return c != ' ' && !absl::ascii_iscntrl(c) && !absl::StrContains(kRefused, c);
}

bool IsUrl(absl::string_view text) {
  if (!absl::c_all_of(text, IsUrlByte)) return false;
  const size_t colon = text.find("://");
  if (colon == absl::string_view::npos) return false;
  const absl::string_view scheme = text.substr(0, colon);
  if (!absl::EqualsIgnoreCase(scheme, "http") &&
      !absl::EqualsIgnoreCase(scheme, "https")) {
    return false;
  }
  absl::string_view host = text.substr(colon + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  const size_t user_end = host.rfind('@');
  if (user_end != absl::string_view::npos) host.remove_prefix(user_end + 1);
  return !host.empty() && host[0] != ':' && host[0] != '.';
}

}  // namespace

absl::Status CheckUrl(const google::protobuf::Value& value, absl::string_view field) {
  if (!value.has_string_value()) return ValueMismatch(field, kUrl, value);
  RETURN_IF_ERROR(CheckText(value.string_value(), limits::kTextBytes, field));
  if (!IsUrl(value.string_value())) return ValueMismatch(field, kUrl, value);
  return absl::OkStatus();
}

}  // namespace labgraph::schema
