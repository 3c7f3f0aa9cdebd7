#ifndef LABGRAPH_SEED_READER_YAML_NODE_H_
#define LABGRAPH_SEED_READER_YAML_NODE_H_

#include <string>
#include <vector>

#include "seed/reader/problem.h"

namespace labgraph::seed {

// The key of an entry of a YAML map.
struct YamlKey {
  std::string text;
  Position position;
};

// A YAML document as a tree that owns itself: aliases are resolved, keys are unique.
struct YamlNode {
  enum class Kind {
    kNull,  // nothing written, or a plain "null" or "~"
    kScalar,
    kSequence,
    kMap,
  };

  Kind kind = Kind::kNull;
  // Where it begins; of an alias, where the alias is. Where nothing is written: its key.
  Position position;
  // Of a scalar: its text, and whether it was written without quotes.
  std::string text;
  bool plain = false;
  // Of a sequence or map: what is in it. Of a map: keys[i] is the key of items[i].
  std::vector<YamlNode> items;
  std::vector<YamlKey> keys;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_READER_YAML_NODE_H_
