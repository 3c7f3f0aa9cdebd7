#ifndef LABGRAPH_SERVER_QUERY_TEXT_CODES_H_
#define LABGRAPH_SERVER_QUERY_TEXT_CODES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/strings/string_view.h"

namespace labgraph::query {

// Gives texts dense numbers; 0 is the empty text. Not thread-safe.
class TextCodes {
 public:
  uint32_t Code(absl::string_view text) {
    if (text.empty()) return 0;
    const auto [it, added] =
        codes_.try_emplace(std::string(text), static_cast<uint32_t>(texts_.size()));
    if (added) texts_.push_back(it->first);
    return it->second;
  }
  // REQUIRES: a number that Code gave, or 0.
  std::string Text(uint32_t code) const { return std::string(texts_[code]); }

 private:
  absl::node_hash_map<std::string, uint32_t> codes_;
  std::vector<absl::string_view> texts_ = {""};  // into codes_, whose nodes stay in place
};

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_TEXT_CODES_H_
