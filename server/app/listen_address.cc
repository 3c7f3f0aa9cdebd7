#include "server/app/listen_address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace labgraph::app {
namespace {

bool IsPort(absl::string_view text) {
  uint32_t port = 0;
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit) &&
         absl::SimpleAtoi(text, &port) && port <= UINT16_MAX;
}

// The error of binding a socket to the address; 0 where that goes.
int BindError(const addrinfo& address) {
  const int fd = ::socket(address.ai_family, address.ai_socktype, address.ai_protocol);
  if (fd < 0) return errno;
  const int on = 1;  // as gRPC does: connections that have just ended are no hindrance
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const bool bound =
      ::bind(fd, address.ai_addr, address.ai_addrlen) == 0 && ::listen(fd, 1) == 0;
  const int error = bound ? 0 : errno;
  ::close(fd);
  return error;
}

}  // namespace

absl::optional<ListenAddress> ListenAddress::Parse(absl::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos || !IsPort(text.substr(colon + 1))) {
    return absl::nullopt;
  }
  absl::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty() || (!bracketed && host.find(':') != absl::string_view::npos)) {
    return absl::nullopt;
  }
  return ListenAddress{std::string(host), std::string(text.substr(colon + 1))};
}

std::string WhyNotListening(const ListenAddress& address) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int unknown =
      ::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found);
  if (unknown != 0) {
    return absl::StrCat("there is no host \"", address.host, "\" (",
                        ::gai_strerror(unknown), ")");
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, ::freeaddrinfo);
  const int error = BindError(*found);
  switch (error) {
    case EADDRINUSE:
      return "the port is in use by another program";
    case EADDRNOTAVAIL:
      return "the host is not this machine";
    case EACCES:
      return "a port this low takes rights that labgraphd does not have";
    case 0:
      return "gRPC refuses it";
    default:
      return std::generic_category().message(error);
  }
}

}  // namespace labgraph::app
