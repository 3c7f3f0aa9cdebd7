#ifndef LABGRAPH_SERVER_APP_VERSION_H_
#define LABGRAPH_SERVER_APP_VERSION_H_

namespace labgraph::app {

// Version of the server, as CMakeLists.txt has it.
inline constexpr char kVersion[] = LABGRAPH_VERSION;

}  // namespace labgraph::app

#endif  // LABGRAPH_SERVER_APP_VERSION_H_
