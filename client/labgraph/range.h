#ifndef LABGRAPH_RANGE_H_
#define LABGRAPH_RANGE_H_

#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"

namespace labgraph::client {

// The elements of an answer that comes piece by piece: a C++ input range of StatusOr<T>.
// Nothing is asked of the server before the first element is wanted, and nothing
// after the range is gone. An error is the last element.
//
//   for (absl::StatusOr<v1::Entity>& entity : ListEntities(connection, request)) {
//     if (!entity.ok()) return entity.status();
//     Use(*entity);
//   }
//
// Movable, but not while an iterator is in use. Not thread-safe.
template <typename T>
class Range {
 public:
  using Element = absl::StatusOr<T>;
  // Gives the next element; absent at the end. Not called again after that or an error.
  using Source = absl::AnyInvocable<absl::optional<Element>()>;
  class Iterator;

  explicit Range(Source source) : source_(std::move(source)) {}

  // Reads the first element. To be called once.
  Iterator begin() { return ++Iterator(this); }
  std::default_sentinel_t end() const { return {}; }

  // The next element without an iterator; absent at the end.
  absl::optional<Element> Next() {
    if (source_ == nullptr) return absl::nullopt;
    absl::optional<Element> element = source_();
    if (!element.has_value() || !element->ok()) source_ = nullptr;
    return element;
  }

  // All remaining elements, or the error that came before the end.
  absl::StatusOr<std::vector<T>> Collect() {
    std::vector<T> all;
    while (absl::optional<Element> element = Next()) {
      if (!element->ok()) return std::move(*element).status();
      all.push_back(**std::move(element));
    }
    return all;
  }

 private:
  Source source_;                    // null once the end was given
  absl::optional<Element> current_;  // what the iterator stands on
};

template <typename T>
class Range<T>::Iterator {
 public:
  using iterator_concept = std::input_iterator_tag;
  using value_type = Element;
  using difference_type = std::ptrdiff_t;

  Iterator() = default;

  // The element may be moved from. Valid until the iterator is advanced.
  Element& operator*() const { return *range_->current_; }
  Element* operator->() const { return &*range_->current_; }
  Iterator& operator++() {
    range_->current_ = range_->Next();
    return *this;
  }
  void operator++(int) { ++*this; }

  bool operator==(std::default_sentinel_t) const { return !range_->current_.has_value(); }

 private:
  friend class Range;
  explicit Iterator(Range* range) : range_(range) {}

  Range* range_ = nullptr;
};

}  // namespace labgraph::client

#endif  // LABGRAPH_RANGE_H_
