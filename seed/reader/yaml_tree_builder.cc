#include "seed/reader/yaml_tree_builder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "seed/reader/yaml_loader.h"

namespace labgraph::seed {
namespace {

constexpr char kPlainTag[] = "?";
constexpr char kQuotedTag[] = "!";
constexpr char kStringTag[] = "tag:yaml.org,2002:str";

Position At(const YAML::Mark& mark) { return Position{mark.line + 1, mark.column + 1}; }

size_t CountNodes(const YamlNode& node) {
  size_t count = 1;
  for (const YamlNode& item : node.items) count += CountNodes(item);
  return count;
}

size_t DepthOf(const YamlNode& node) {
  size_t depth = 0;
  for (const YamlNode& item : node.items) depth = std::max(depth, DepthOf(item));
  return depth + 1;
}

}  // namespace

void YamlTreeBuilder::OnDocumentStart(const YAML::Mark& mark) { start_ = At(mark); }

void YamlTreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  YamlNode node;
  node.position = At(mark);
  // The parser gives the place of what follows; the key is where the value is missing.
  if (!open_.empty() && open_.back().has_key) node.position = open_.back().key.position;
  Add(std::move(node), anchor);
}

void YamlTreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (gave_up_) return;
  auto it = anchored_.find(anchor);
  if (it == anchored_.end()) {
    Complain(At(mark), "an alias within the very node it stands for; write the node out");
    gave_up_ = true;
    return;
  }
  YamlNode node = it->second;
  node.position = At(mark);
  if (!Spend(CountNodes(node), node.position)) return;
  if (open_.size() + DepthOf(node) > kMaxYamlDepth) {
    Complain(node.position, absl::StrCat("more than ", kMaxYamlDepth,
                                         " maps and lists within one another"));
    gave_up_ = true;
    return;
  }
  Add(std::move(node), 0);
}

void YamlTreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag,
                               YAML::anchor_t anchor, const std::string& value) {
  YamlNode node;
  node.kind = YamlNode::Kind::kScalar;
  node.position = At(mark);
  node.text = value;
  node.plain = tag == kPlainTag || tag.empty();
  if (tag == kQuotedTag) last_quoted_ = node.position;
  if (!node.plain && tag != kQuotedTag && tag != kStringTag) {
    Complain(node.position,
             absl::StrCat("the tag ", tag, "; no tag but !!str is used, leave it out"));
  }
  Add(std::move(node), anchor);
}

void YamlTreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                      YAML::anchor_t anchor, YAML::EmitterStyle::value) {
  Push(YamlNode::Kind::kSequence, mark, tag, anchor);
}

void YamlTreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag,
                                 YAML::anchor_t anchor, YAML::EmitterStyle::value) {
  Push(YamlNode::Kind::kMap, mark, tag, anchor);
}

void YamlTreeBuilder::Push(YamlNode::Kind kind, const YAML::Mark& mark,
                           const std::string& tag, YAML::anchor_t anchor) {
  if (gave_up_) return;
  if (open_.size() >= kMaxYamlDepth) {
    Complain(At(mark), absl::StrCat("more than ", kMaxYamlDepth,
                                    " maps and lists within one another"));
    gave_up_ = true;
    return;
  }
  if (tag != kPlainTag && !tag.empty()) {
    Complain(At(mark),
             absl::StrCat("the tag ", tag, "; no tag is used here, leave it out"));
  }
  Open open;
  open.node.kind = kind;
  open.node.position = At(mark);
  open.anchor = anchor;
  open_.push_back(std::move(open));
}

void YamlTreeBuilder::Close() {
  if (gave_up_) return;
  Open closed = std::move(open_.back());
  open_.pop_back();
  Add(std::move(closed.node), closed.anchor);
}

void YamlTreeBuilder::Add(YamlNode node, YAML::anchor_t anchor) {
  if (gave_up_ || !Spend(1, node.position)) return;
  if (anchor != 0) anchored_[anchor] = node;
  if (open_.empty()) {
    root_ = std::move(node);
  } else if (open_.back().node.kind == YamlNode::Kind::kSequence) {
    open_.back().node.items.push_back(std::move(node));
  } else {
    AddToMap(&open_.back(), std::move(node));
  }
}

void YamlTreeBuilder::AddToMap(Open* map, YamlNode node) {
  if (!map->has_key) {
    TakeKey(map, node);
    return;
  }
  map->has_key = false;
  if (map->drop_value) return;
  map->node.keys.push_back(std::move(map->key));
  map->node.items.push_back(std::move(node));
}

void YamlTreeBuilder::TakeKey(Open* map, const YamlNode& node) {
  map->has_key = true;
  map->key = YamlKey{node.text, node.position};
  map->drop_value = true;
  if (node.kind != YamlNode::Kind::kScalar) {
    Complain(node.position,
             "a key that is no word; a key is one word followed by a colon");
    return;
  }
  auto [first, is_new] = map->line_of_key.emplace(node.text, node.position.line);
  if (!is_new) {
    Complain(node.position,
             absl::StrCat("the key \"", node.text, "\" again, first on line ",
                          first->second, "; keep one of them"));
    return;
  }
  map->drop_value = false;
}

bool YamlTreeBuilder::Spend(size_t nodes, Position position) {
  nodes_ += nodes;
  if (nodes_ <= kMaxYamlNodes) return true;
  Complain(position, absl::StrCat("more than ", kMaxYamlNodes,
                                  " values in one file; split it or write JSON lines"));
  gave_up_ = true;
  return false;
}

void YamlTreeBuilder::Complain(Position position, absl::string_view message) {
  problems_->push_back(Problem{file_, position, std::string(message)});
}

}  // namespace labgraph::seed
