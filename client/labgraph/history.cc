#include "labgraph/history.h"

#include <deque>
#include <utility>

#include "labgraph/internal/pager.h"

namespace labgraph::client {
namespace {

void UnpackVersions(v1::GetHistoryResponse page, std::deque<v1::Version>& versions) {
  for (v1::Version& version : *page.mutable_versions()) {
    versions.push_back(std::move(version));
  }
}

void UnpackDifferences(v1::DiffRevisionsResponse page,
                       std::deque<v1::RecordDifference>& differences) {
  for (v1::RecordDifference& difference : *page.mutable_differences()) {
    differences.push_back(std::move(difference));
  }
}

}  // namespace

Range<v1::Version> ReadHistory(std::shared_ptr<Connection> connection,
                               v1::GetHistoryRequest request) {
  return internal::Paged<v1::Version>(std::move(connection), &Connection::GetHistory,
                                      std::move(request), UnpackVersions);
}

Range<v1::RecordDifference> DiffRevisions(std::shared_ptr<Connection> connection,
                                          v1::DiffRevisionsRequest request) {
  return internal::Paged<v1::RecordDifference>(std::move(connection),
                                               &Connection::DiffRevisions,
                                               std::move(request), UnpackDifferences);
}

}  // namespace labgraph::client
