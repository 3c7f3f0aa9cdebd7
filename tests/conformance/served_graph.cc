#include "tests/conformance/served_graph.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "server/base/status_macros.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_name.h"

namespace labgraph::conformance {
namespace {

constexpr char kSchema[] = R"pb(
  schema {
    kinds { name: "thing" abstract: true }
    kinds { name: "lab" parent: "thing" }
    kinds { name: "topic" parent: "thing" }
    kinds { name: "doc" parent: "thing" }
    predicates { name: "targets" domain: "lab" range: "topic" inverse: "targeted_by" }
    predicates { name: "narrower_than" domain: "topic" range: "topic" acyclic: true }
    predicates {
      name: "merged_into"
      domain: "lab"
      range: "lab"
      functional: true
      asymmetric: true
      source_required: true
      qualifiers: "note"
    }
    predicates { name: "works_with" domain: "lab" range: "lab" symmetric: true }
    predicates { name: "size" domain: "lab" value_type: VALUE_TYPE_INTEGER }
    qualifiers { name: "note" value_type: VALUE_TYPE_STRING }
    qualifiers { name: "unused" value_type: VALUE_TYPE_STRING }
  })pb";

constexpr char kFacts[] = R"pb(
  mutations {
    put_entity {
      id: "doc/d"
      names { key: "en" value: "the page" }
    }
  }
  mutations {
    put_entity {
      id: "lab/a"
      names { key: "nl" value: "Heet ijzer" }
      aliases { text: "hot iron" lang: "en" }
    }
  }
  mutations {
    put_entity {
      id: "lab/b"
      names { key: "en" value: "Exit" }
    }
  }
  mutations {
    put_entity {
      id: "topic/t1"
      names { key: "en" value: "arms trade" }
    }
  }
  mutations {
    put_entity {
      id: "topic/t2"
      names { key: "en" value: "trade" }
    }
  }
  mutations { put_statement { subject: "lab/a" predicate: "targets" object: "topic/t1" } }
  mutations { put_statement { subject: "lab/b" predicate: "targets" object: "topic/t1" } }
  mutations {
    put_statement { subject: "topic/t1" predicate: "narrower_than" object: "topic/t2" }
  }
  mutations {
    put_statement {
      id: "merger"
      subject: "lab/a"
      predicate: "merged_into"
      object: "lab/b"
      valid { start: "2023" end: ".." text: "in 2023" }
      sources { document: "doc/d" locator: "p. 1" }
    }
  }
  mutations {
    put_statement {
      subject: "lab/a"
      predicate: "size"
      value { number_value: 6 }
    }
  })pb";

}  // namespace

void ServedGraph::SetUp() {
  app::Options options;
  options.in_memory = GetParam();
  options.listen = "127.0.0.1:0";
  if (!options.in_memory) {
    temporary_ = testing::TemporaryName("labgraph-conformance");
    ASSERT_NE(mkdtemp(temporary_.data()), nullptr);
    options.data_dir = directory_ = temporary_ + "/data";
    options.backup_dir = backup_directory_ = temporary_ + "/backups";
  }
  ASSERT_OK_AND_ASSIGN(server_, app::Server::Start(options));
  connection_ = client::Connect(server_->address());
  ASSERT_OK(connection_->ApplySchema(Parse<v1::ApplySchemaRequest>(kSchema)));
  ASSERT_OK(Commit(kFacts));
}

void ServedGraph::TearDown() {
  server_.reset();
  std::error_code ignored;
  if (!temporary_.empty()) std::filesystem::remove_all(temporary_, ignored);
}

absl::StatusOr<v1::CommitResponse> ServedGraph::Commit(const std::string& text) {
  return connection_->Commit(Parse<v1::CommitRequest>(text));
}

absl::StatusOr<v1::TraverseResponse> ServedGraph::Traverse(
    const v1::TraverseRequest& request) {
  const auto stream = connection_->Traverse(request);
  v1::TraverseResponse all;
  for (;;) {
    ASSIGN_OR_RETURN(absl::optional<v1::TraverseResponse> next, stream->Read());
    if (!next.has_value()) return all;
    all.MergeFrom(*next);
  }
}

absl::StatusOr<v1::FindPathsResponse> ServedGraph::FindPaths(
    const v1::FindPathsRequest& request) {
  const auto stream = connection_->FindPaths(request);
  v1::FindPathsResponse all;
  for (;;) {
    ASSIGN_OR_RETURN(absl::optional<v1::FindPathsResponse> next, stream->Read());
    if (!next.has_value()) return all;
    all.MergeFrom(*next);
  }
}

}  // namespace labgraph::conformance
