#include "tests/fuzz/fuzz_graph.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "server/graph/verify.h"
#include "server/keys/keyspaces.h"
#include "server/kv/memory_store.h"
#include "tests/fuzz/check.h"

namespace labgraph::fuzz {
namespace {

constexpr size_t kCacheBytes = 16 << 20;

constexpr char kSchema[] = R"pb(
  schema {
    kinds { name: "thing" abstract: true }
    kinds { name: "lab" parent: "thing" }
    kinds { name: "topic" parent: "thing" }
    kinds { name: "doc" }
    predicates { name: "targets" domain: "lab" range: "topic" inverse: "targeted_by" }
    predicates { name: "part_of" inverse: "has_part" acyclic: true transitive: true }
    predicates { name: "near" symmetric: true qualifiers: "note" }
    predicates { name: "led_by" functional: true asymmetric: true }
    predicates { name: "size" value_type: VALUE_TYPE_INTEGER functional: true }
    predicates { name: "weight" value_type: VALUE_TYPE_NUMBER }
    predicates { name: "open" value_type: VALUE_TYPE_BOOLEAN }
    predicates {
      name: "status"
      value_type: VALUE_TYPE_STRING
      allowed_values: "active"
      allowed_values: "merged"
    }
    predicates { name: "motto" value_type: VALUE_TYPE_TEXT }
    predicates { name: "founded" value_type: VALUE_TYPE_DATE }
    predicates { name: "turnover" value_type: VALUE_TYPE_QUANTITY }
    predicates { name: "site" value_type: VALUE_TYPE_URL }
    predicates { name: "extra" value_type: VALUE_TYPE_JSON }
    predicates { name: "about" value_type: VALUE_TYPE_STATEMENT }
    predicates { name: "cites" source_required: true renamed_from: "quotes" }
    qualifiers { name: "note" value_type: VALUE_TYPE_STRING }
  })pb";

constexpr char kEntities[] = R"pb(
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
      names { key: "en" value: "Hot iron" }
      descriptions { key: "en" value: "A lab." }
      aliases { text: "HI" lang: "nl" }
      sources { document: "doc/d" locator: "p. 1" }
    }
  }
  mutations { put_entity { id: "lab/b" placeholder: true visibility: "a & (b | c)" } }
  mutations {
    put_entity {
      id: "lab/c"
      names { key: "en" value: "Exit" }
    }
  }
  mutations { put_entity { id: "lab/gone" } }
  mutations { put_entity { id: "lab/twin" } }
  mutations {
    put_entity {
      id: "topic/t1"
      names { key: "en" value: "arms trade" }
    }
  }
  mutations { put_entity { id: "topic/t2" } })pb";

constexpr char kStatements[] = R"pb(
  mutations {
    put_statement { id: "s1" subject: "lab/a" predicate: "targets" object: "topic/t1" }
  }
  mutations {
    put_statement { id: "s2" subject: "lab/b" predicate: "targets" object: "topic/t1" }
  }
  mutations {
    put_statement {
      id: "s3"
      subject: "topic/t1"
      predicate: "part_of"
      object: "topic/t2"
      valid { start: "2019~" end: ".." text: "since about 2019" }
      rank: RANK_PREFERRED
    }
  }
  mutations {
    put_statement {
      id: "s4"
      subject: "lab/a"
      predicate: "near"
      object: "lab/c"
      qualifiers {
        key: "note"
        value { string_value: "by train" }
      }
      assertion: ASSERTION_PRESUMED
      visibility: "a"
    }
  }
  mutations {
    put_statement {
      id: "s5"
      subject: "lab/a"
      predicate: "cites"
      object: "doc/d"
      sources { document: "doc/d" asserted_by: "lab/c" retrieved: "2021-03-04" }
    }
  }
  mutations {
    put_statement {
      id: "s6"
      subject: "lab/c"
      predicate: "led_by"
      object: "lab/a"
      valid { start: "2020-01-01" end: "2021-06" }
    }
  }
  mutations {
    put_statement {
      id: "v1"
      subject: "lab/a"
      predicate: "size"
      value { number_value: 6 }
    }
  }
  mutations {
    put_statement {
      id: "v2"
      subject: "lab/a"
      predicate: "status"
      value { string_value: "active" }
    }
  }
  mutations {
    put_statement {
      id: "v3"
      subject: "lab/c"
      predicate: "founded"
      value { string_value: "201X" }
    }
  }
  mutations {
    put_statement {
      id: "v4"
      subject: "lab/b"
      predicate: "open"
      value { bool_value: true }
    }
  })pb";

constexpr char kChanges[] = R"pb(
  mutations { retract_statement { id: "s2" } }
  mutations { delete_entity { id: "lab/gone" } }
  mutations { merge_entities { from: "lab/twin" into: "lab/b" } }
  mutations {
    put_entity {
      id: "topic/t2"
      names { key: "en" value: "trade" }
    }
  })pb";

template <typename Message>
Message Parse(const char* text) {
  Message message;
  Check(google::protobuf::TextFormat::ParseFromString(text, &message), text);
  return message;
}

}  // namespace

FuzzGraph::FuzzGraph()
    : store_(kv::NewMemoryStore(keys::Names().size())), cache_(kCacheBytes) {
  auto graph = graph::Graph::Open(store_.get(), &index_, &clock_, &cache_, &finder_);
  Check(graph.ok(), "opening the graph");
  graph_ = *std::move(graph);
  const auto schema = graph_->ApplySchema(Parse<v1::ApplySchemaRequest>(kSchema));
  Check(schema.ok(), schema.status().ToString());
  for (const char* text : {kEntities, kStatements, kChanges}) {
    const auto commit = graph_->Commit(Parse<v1::CommitRequest>(text));
    Check(commit.ok(), commit.status().ToString());
  }
}

void FuzzGraph::CheckSound() const {
  const auto findings = graph::VerifyStore(*store_->GetSnapshot(), &index_);
  Check(findings.ok(), findings.status().ToString());
  for (const graph::Finding& finding : *findings) {
    Check(false,
          absl::StrCat(finding.invariant, " ", finding.subject, ": ", finding.problem));
  }
}

}  // namespace labgraph::fuzz
