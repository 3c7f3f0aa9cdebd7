#include "server/watch/hub.h"

#include <pthread.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "server/base/errors.h"
#include "server/base/limits.h"
#include "server/base/status_macros.h"

namespace labgraph::watch {
namespace {

constexpr size_t kCacheBytes = 64 << 20;

absl::Status Stopping() {
  return errors::Busy("The server is stopping; call again with the last resume_token.");
}

}  // namespace

Hub::Hub(graph::Graph* graph, const Clock* clock, Patience patience)
    : graph_(graph), clock_(clock), patience_(patience), changes_(kCacheBytes) {
  graph_->OnPublished([this] { Wake(); });
  thread_ = std::thread([this] { Run(); });
}

Hub::~Hub() {
  graph_->OnPublished(nullptr);
  Stop();
  thread_.join();
}

absl::Status Hub::Start(const v1::WatchRequest& request, Outlet* outlet) {
  ASSIGN_OR_RETURN(std::unique_ptr<Watcher> watcher, Watcher::Make(*graph_, request));
  absl::MutexLock lock(&mu_);
  if (stopping_) return Stopping();
  if (watches_.size() >= limits::kWatches.value) {
    return errors::Busy(absl::StrCat("There are ", limits::kWatches.value,
                                     " watches already; try again when one has ended."));
  }
  auto watch = std::make_unique<Watch>(outlet, std::move(watcher));
  watch->since = clock_->Now();
  SetTimer(*watch, watch->since + watch->watcher->heartbeat());
  Queue(*watch);
  watches_[outlet] = std::move(watch);
  return absl::OkStatus();
}

void Hub::Sent(Outlet* outlet, bool ok) {
  v1::WatchResponse sent;  // goes after the lock
  absl::MutexLock lock(&mu_);
  Watch& watch = *watches_.at(outlet);
  sent.Swap(&watch.message);
  const absl::Time now = clock_->Now();
  watch.sending = false;
  watch.slow = now - watch.since > patience_.stall;
  if (!ok) watch.broken = true;
  watch.since = now;
  SetTimer(watch, now + watch.watcher->heartbeat());
  Queue(watch);
}

void Hub::Cancelled(Outlet* outlet) {
  absl::MutexLock lock(&mu_);
  const auto watch = watches_.find(outlet);
  if (watch == watches_.end()) return;
  watch->second->broken = true;
  Queue(*watch->second);
}

void Hub::Wake() {
  absl::MutexLock lock(&mu_);
  woken_ = true;
  changed_.Signal();
}

void Hub::Stop() {
  absl::MutexLock lock(&mu_);
  if (!stopping_) stopping_since_ = clock_->Now();
  stopping_ = true;
  woken_ = true;
  changed_.Signal();
}

size_t Hub::watches() const {
  absl::MutexLock lock(&mu_);
  return watches_.size();
}

void Hub::Run() {
  ::pthread_setname_np(::pthread_self(), "watch");
  while (Watch* const watch = AwaitTurn()) TakeTurn(*watch);
}

Hub::Watch* Hub::AwaitTurn() {
  absl::MutexLock lock(&mu_);
  while (true) {
    QueueDue();
    if (!queue_.empty()) {
      Watch* const watch = queue_.front();
      queue_.pop_front();
      watch->queued = false;
      return watch;
    }
    if (stopping_ && watches_.empty()) return nullptr;
    const absl::Time next =
        timers_.empty() ? absl::InfiniteFuture() : timers_.begin()->first;
    changed_.WaitWithTimeout(&mu_, next - clock_->Now());
  }
}

void Hub::QueueDue() {
  if (std::exchange(woken_, false)) {
    for (const auto& [outlet, watch] : watches_) Queue(*watch);
  }
  const absl::Time now = clock_->Now();
  while (!timers_.empty() && timers_.begin()->first <= now) {
    Watch& watch = *timers_.begin()->second;
    SetTimer(watch, absl::InfiniteFuture());
    Queue(watch);
  }
}

void Hub::Queue(Watch& watch) {
  if (std::exchange(watch.queued, true)) return;
  queue_.push_back(&watch);
  changed_.Signal();
}

void Hub::SetTimer(Watch& watch, absl::Time due) {
  timers_.erase({watch.due, &watch});
  watch.due = due;
  if (due != absl::InfiniteFuture()) timers_.insert({due, &watch});
}

absl::Time Hub::PatienceEnds(const Watch& watch) const {
  const absl::Time usual = watch.since + patience_.give_up;
  return stopping_ ? std::min(usual, stopping_since_ + patience_.stop) : usual;
}

Hub::Situation Hub::Look(Watch& watch) {
  absl::MutexLock lock(&mu_);
  const absl::Time now = clock_->Now();
  Situation found{watch.sending, watch.broken, watch.slow, stopping_, false, false};
  if (!watch.sending) {
    const absl::Time heartbeat = watch.since + watch.watcher->heartbeat();
    found.heartbeat_due = now >= heartbeat;
    SetTimer(watch, found.heartbeat_due ? now + watch.watcher->heartbeat() : heartbeat);
  } else if (!watch.given_up) {
    found.give_up = watch.given_up = now >= PatienceEnds(watch);
    SetTimer(watch, watch.given_up ? absl::InfiniteFuture() : PatienceEnds(watch));
  }
  return found;
}

void Hub::TakeTurn(Watch& watch) {
  const Situation found = Look(watch);
  if (found.give_up) watch.outlet->GiveUp();
  if (found.sending) return;
  if (found.broken) return End(watch, errors::Cancelled());
  if (found.stopping) return End(watch, Stopping());
  if (found.slow) {
    return End(watch, errors::WatchTooSlow(watch.watcher->resume_token(),
                                           watch.watcher->told()));
  }
  const absl::Status status = Tell(watch, found.heartbeat_due);
  if (!status.ok()) End(watch, status);
}

absl::Status Hub::Tell(Watch& watch, bool heartbeat_due) {
  ASSIGN_OR_RETURN(const Watcher::Progress progress,
                   watch.watcher->Next(graph_->head(), &changes_, &watch.message));
  if (progress == Watcher::Progress::kMessage ||
      (heartbeat_due && watch.watcher->Heartbeat(&watch.message))) {
    Send(watch);
  } else if (progress == Watcher::Progress::kWorking) {
    absl::MutexLock lock(&mu_);
    Queue(watch);
  }
  return absl::OkStatus();
}

void Hub::Send(Watch& watch) {
  {
    absl::MutexLock lock(&mu_);
    watch.sending = true;
    watch.since = clock_->Now();
    SetTimer(watch, PatienceEnds(watch));
  }
  watch.outlet->Send(watch.message);
}

void Hub::End(Watch& watch, const absl::Status& status) {
  Outlet* const outlet = watch.outlet;
  std::unique_ptr<Watch> ended;  // goes after the lock
  bool is_last = false;
  {
    absl::MutexLock lock(&mu_);
    SetTimer(watch, absl::InfiniteFuture());
    if (watch.queued) queue_.erase(std::find(queue_.begin(), queue_.end(), &watch));
    const auto entry = watches_.find(outlet);
    ended = std::move(entry->second);
    watches_.erase(entry);
    is_last = watches_.empty();
  }
  if (is_last) changes_.Clear();
  outlet->End(status);
}

}  // namespace labgraph::watch
