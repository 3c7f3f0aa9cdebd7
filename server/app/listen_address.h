#ifndef LABGRAPH_SERVER_APP_LISTEN_ADDRESS_H_
#define LABGRAPH_SERVER_APP_LISTEN_ADDRESS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace labgraph::app {

// "host:port" in its parts. gRPC takes a missing port for 443, and one too large modulo
// 65536.
struct ListenAddress {
  std::string host;  // without the brackets of "[::1]"
  std::string port;  // 0 to 65535

  // nullopt where `text` is not of that form.
  static absl::optional<ListenAddress> Parse(absl::string_view text);
};

// Why nobody can listen on the address now, as a clause: "the port is in use". Tries it,
// since gRPC does not tell.
std::string WhyNotListening(const ListenAddress& address);

}  // namespace labgraph::app

#endif  // LABGRAPH_SERVER_APP_LISTEN_ADDRESS_H_
