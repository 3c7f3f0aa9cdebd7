#ifndef LABGRAPH_SERVER_QUERY_GROUP_YEAR_H_
#define LABGRAPH_SERVER_QUERY_GROUP_YEAR_H_

#include <string>

#include "server/schema/edtf.h"

namespace labgraph::query {

// The year of a day, "2021"; before 0 and after 9999 with sign; "" where nothing bounds
// it.
inline std::string YearText(schema::Day day) {
  const std::string text = schema::FormatDay(day);
  constexpr size_t kMonthAndDay = 6;  // "-07-14"
  return text.empty() ? text : text.substr(0, text.size() - kMonthAndDay);
}

}  // namespace labgraph::query

#endif  // LABGRAPH_SERVER_QUERY_GROUP_YEAR_H_
