#include "client/cli/output/record.h"

#include <algorithm>
#include <cstddef>

#include "client/cli/output/display_width.h"

namespace labgraph::cli {

void WriteRecord(const std::vector<Item>& items, const Look& look, std::ostream& out) {
  size_t widest = 0;
  for (const Item& item : items) {
    if (!item.value.text.empty()) widest = std::max(widest, item.name.size());
  }
  for (const Item& item : items) {
    if (item.value.text.empty()) continue;
    out << Bold(item.name, look) << std::string(widest - item.name.size() + 2, ' ')
        << Colored(Printable(item.value.text), item.value.style, look) << '\n';
  }
}

std::vector<Item> ItemsOf(const std::vector<Column>& columns, const Row& row) {
  std::vector<Item> items;
  for (size_t i = 0; i < columns.size(); ++i) items.push_back({columns[i].name, row[i]});
  return items;
}

}  // namespace labgraph::cli
