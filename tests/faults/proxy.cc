#include "tests/faults/proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"

namespace labgraph::faults {
namespace {

constexpr char kHost[] = "127.0.0.1:";
constexpr int kPieceBytes = 16384;
constexpr int kMostDelayMs = 5;

uint16_t PortOf(absl::string_view address) {
  uint32_t port = 0;
  EXPECT_TRUE(absl::ConsumePrefix(&address, kHost) && absl::SimpleAtoi(address, &port))
      << address;
  return static_cast<uint16_t>(port);
}

sockaddr_in Local(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int NewSocket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

int Listen() {
  const int listener = NewSocket();
  const sockaddr_in any = Local(0);
  EXPECT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&any), sizeof(any)), 0);
  EXPECT_EQ(::listen(listener, SOMAXCONN), 0);
  return listener;
}

// A connection to the server, or -1.
int Dial(uint16_t port) {
  const int server = NewSocket();
  const sockaddr_in address = Local(port);
  if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) ==
      0) {
    return server;
  }
  ::close(server);
  return -1;
}

void SendAtOnce(int socket) {
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
}

bool SendAll(int socket, const char* bytes, ssize_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(socket, bytes, static_cast<size_t>(size), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes += sent;
    size -= sent;
  }
  return true;
}

}  // namespace

Proxy::Proxy(const std::string& server, const ProxyFaults& faults, uint64_t seed)
    : server_port_(PortOf(server)),
      faults_(faults),
      listener_(Listen()),
      stop_(::eventfd(0, EFD_CLOEXEC)),
      random_(seed),
      accepting_([this] { Accept(); }) {}

Proxy::~Proxy() {
  const uint64_t one = 1;
  EXPECT_EQ(::write(stop_, &one, sizeof(one)), sizeof(one));
  accepting_.join();
  for (std::thread& connection : connections_) connection.join();
  ::close(listener_);
  ::close(stop_);
}

std::string Proxy::address() const {
  sockaddr_in bound{};
  socklen_t size = sizeof(bound);
  EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&bound), &size), 0);
  return absl::StrCat(kHost, ntohs(bound.sin_port));
}

ProxyCounts Proxy::counts() const {
  absl::MutexLock lock(&mu_);
  return counts_;
}

void Proxy::Accept() {
  pollfd waits[] = {{listener_, POLLIN, 0}, {stop_, POLLIN, 0}};
  while (::poll(waits, 2, -1) > 0 && waits[1].revents == 0) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    absl::MutexLock lock(&mu_);
    const bool is_bad = counts_.connections++ < faults_.bad_connections;
    connections_.emplace_back([this, client, is_bad] { Serve(client, is_bad); });
  }
}

void Proxy::Serve(int client, bool is_bad) {
  const int server = Dial(server_port_);
  if (server >= 0) {
    SendAtOnce(client);
    SendAtOnce(server);
    pollfd waits[] = {{client, POLLIN, 0}, {server, POLLIN, 0}, {stop_, POLLIN, 0}};
    bool open = true;
    while (open && ::poll(waits, 3, -1) > 0 && waits[2].revents == 0) {
      if (waits[0].revents != 0) open = Pass(client, server, /*is_request=*/true);
      if (open && waits[1].revents != 0) {
        open = !is_bad && Pass(server, client, /*is_request=*/false);
      }
    }
    ::close(server);
  }
  ::close(client);
}

bool Proxy::Pass(int from, int to, bool is_request) {
  char bytes[kPieceBytes];
  const ssize_t size = ::recv(from, bytes, sizeof(bytes), 0);
  if (size <= 0) return false;
  const Fate fate = Draw(is_request);
  return fate != Fate::kCutBefore && SendAll(to, bytes, size) && fate == Fate::kPass;
}

Proxy::Fate Proxy::Draw(bool is_request) {
  int delay_ms = 0;
  Fate fate = Fate::kPass;
  {
    absl::MutexLock lock(&mu_);
    if (OneIn(faults_.delay)) {
      ++counts_.delays;
      delay_ms = 1 + static_cast<int>(random_() % kMostDelayMs);
    }
    if (is_request && OneIn(faults_.lose_request)) {
      ++counts_.requests_lost;
      fate = Fate::kCutBefore;
    } else if (is_request && OneIn(faults_.after_request)) {
      ++counts_.cut_after_request;
      fate = Fate::kCutAfter;
    } else if (!is_request && OneIn(faults_.lose_reply)) {
      ++counts_.replies_lost;
      fate = Fate::kCutBefore;
    }
  }
  // Until then, or until all ends.
  pollfd stop = {stop_, POLLIN, 0};
  if (delay_ms > 0) ::poll(&stop, 1, delay_ms);
  return fate;
}

bool Proxy::OneIn(uint64_t n) { return n > 0 && random_() % n == 0; }

}  // namespace labgraph::faults
