// Asks a server with the NSOC data a few questions.
//   ask_questions [target]
#include <functional>
#include <iostream>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "labgraph/client.h"

namespace {

namespace client = labgraph::client;
namespace v1 = labgraph::v1;

using ConnectionPtr = std::shared_ptr<client::Connection>;

// " (document/nsoc-labs-page P1.5)", or nothing.
std::string SourceOf(const v1::Statement& statement) {
  if (statement.sources().empty()) return "";
  const v1::Source& source = statement.sources(0);
  const std::string place = source.locator().empty() ? "" : " " + source.locator();
  return " (" + source.document() + place + ")";
}

absl::Status WhoDevelopedTheFieldlabMethod(const ConnectionPtr& connection) {
  for (auto& hit :
       client::From("method/fieldlab-method").Out("developed_by").Run(connection)) {
    if (!hit.ok()) return hit.status();
    std::cout << "  " << hit->entity().label().text() << SourceOf(hit->statement())
              << "\n";
  }
  return absl::OkStatus();
}

// The source says only "by now", so the server answers with the days between which it
// happened.
absl::Status IntoWhatWasCaterpillarMerged(const ConnectionPtr& connection) {
  for (auto& hit : client::From("lab/caterpillar").Out("merged_into").Run(connection)) {
    if (!hit.ok()) return hit.status();
    const v1::ValidTime& valid = hit->statement().valid();
    std::cout << "  " << hit->entity().label().text() << ", between "
              << valid.earliest_start() << " and " << valid.latest_start()
              << SourceOf(hit->statement()) << "\n";
  }
  return absl::OkStatus();
}

// A lab targets a form of crime, or a wider one, that involves drugs.
absl::Status WhichLabsTouchDrugs(const ConnectionPtr& connection) {
  auto range = client::From("commodity/drugs")
                   .In("involves")
                   .In("broader")
                   .Hops(0, 3)
                   .In("targets")
                   .Kinds("lab")
                   .WithPaths()
                   .Run(connection);
  for (auto& hit : range) {
    if (!hit.ok()) return hit.status();
    std::cout << "  " << hit->entity().label().text() << "\n";
    for (const v1::Statement& statement : hit->path()) {
      std::cout << "      " << statement.subject() << " " << statement.predicate() << " "
                << statement.object() << SourceOf(statement) << "\n";
    }
  }
  absl::StatusOr<v1::TraverseSummary> summary = range.Finish();
  if (!summary.ok()) return summary.status();
  std::cout << "  " << summary->visited_statements() << " statements looked at\n";
  return absl::OkStatus();
}

absl::Status WhichLabsExisted(const ConnectionPtr& connection, const std::string& day) {
  v1::ListStatementsRequest request;
  request.add_predicates("existed");
  request.mutable_read()->set_valid_at(day);
  for (auto& statement : client::ListStatements(connection, request)) {
    if (!statement.ok()) return statement.status();
    std::cout << "  " << statement->subject() << " "
              << (statement->certainty() == v1::CERTAINTY_CERTAIN ? "certainly"
                                                                  : "possibly")
              << SourceOf(*statement) << "\n";
  }
  return absl::OkStatus();
}

absl::Status WhatAreTheLabsOf2022About(const ConnectionPtr& connection) {
  auto range = client::From("lab_cohort/cohort-2022")
                   .Out("in_sector", "in_domain")
                   .Run(connection);
  for (auto& hit : range) {
    if (!hit.ok()) return hit.status();
    std::cout << "  " << hit->entity().label().text() << SourceOf(hit->statement())
              << "\n";
  }
  return absl::OkStatus();
}

// They do not agree: both statements stand, and one says that it contradicts the other.
absl::Status WhatDoTwoSourcesSayOfTheStart(const ConnectionPtr& connection) {
  v1::ListStatementsRequest request;
  request.set_subject("lab_cohort/cohort-2021");
  request.add_predicates("active_since");
  for (auto& statement : client::ListStatements(connection, request)) {
    if (!statement.ok()) return statement.status();
    std::cout << "  " << statement->value().string_value() << SourceOf(*statement);
    const auto contradicted = statement->qualifiers().find("contradicts");
    if (contradicted != statement->qualifiers().end()) {
      std::cout << ", contradicts " << contradicted->second.string_value();
    }
    std::cout << "\n";
  }
  return absl::OkStatus();
}

absl::Status HowIsExitConnectedWithSwitchOff(const ConnectionPtr& connection) {
  auto range = client::PathsBetween("lab/exit", "lab/switch-off")
                   .Avoid("collaboration/nsoc")
                   .Run(connection);
  for (auto& path : range) {
    if (!path.ok()) return path.status();
    std::cout << "  " << path->entities(0).label().text() << "\n";
    for (int i = 0; i < path->statements_size(); ++i) {
      const v1::Statement& statement = path->statements(i);
      std::cout << "  " << path->entities(i + 1).label().text() << ", as "
                << statement.subject() << " " << statement.predicate() << " "
                << statement.object() << SourceOf(statement) << "\n";
    }
  }
  return range.Finish().status();
}

// Three relations that must hold at once: no walk asks that.
absl::Status WhichLabsTargetWhereTheirCrimeLeads(const ConnectionPtr& connection) {
  const auto pattern = client::Pattern("lab")
                           .Kinds("lab")
                           .Out("targets")
                           .To("crime")
                           .Out("has_destination")
                           .To("place")
                           .And("lab")
                           .Out("targets_place")
                           .To("place");
  auto range = client::Match(pattern).WithStatements().Run(connection);
  for (auto& row : range) {
    if (!row.ok()) return row.status();
    std::cout << "  " << row->entities(0).label().text() << ": "
              << row->entities(1).label().text() << " to "
              << row->entities(2).label().text() << SourceOf(row->statements(1)) << "\n";
  }
  return range.Finish().status();
}

absl::Status WhichGoodsDoTargetsInvolve(const ConnectionPtr& connection) {
  auto answer = client::CountMatches(client::Pattern("lab")
                                         .Kinds("lab")
                                         .Out("targets")
                                         .To("crime")
                                         .Out("involves")
                                         .To("goods"))
                    .ById("goods")
                    .Run(*connection);
  if (!answer.ok()) return answer.status();
  for (const v1::AggregateGroup& group : answer->groups()) {
    std::cout << "  " << group.keys(0) << ": " << group.count() << "\n";
  }
  return absl::OkStatus();
}

absl::Status WhatWasThereAtRevision1(const ConnectionPtr& connection) {
  v1::ListEntitiesRequest request;
  request.set_view(v1::ENTITY_VIEW_IDS);
  auto now = client::ListEntities(connection, request).Collect();
  if (!now.ok()) return now.status();
  request.mutable_read()->set_revision(1);
  auto then = client::ListEntities(connection, request).Collect();
  if (!then.ok()) return then.status();
  std::cout << "  " << then->size() << " entities; now there are " << now->size() << "\n";
  return absl::OkStatus();
}

struct Question {
  std::string text;
  std::function<absl::Status(const ConnectionPtr&)> ask;
};

const Question kQuestions[] = {
    {"Who developed the fieldlab method?", WhoDevelopedTheFieldlabMethod},
    {"Into what was Caterpillar merged, and when?", IntoWhatWasCaterpillarMerged},
    {"Which labs touch drugs, and along which path?", WhichLabsTouchDrugs},
    {"Which labs existed on 1 January 2022?",
     [](const ConnectionPtr& connection) {
       return WhichLabsExisted(connection, "2022-01-01");
     }},
    {"Which labs existed on 1 June 2023?",
     [](const ConnectionPtr& connection) {
       return WhichLabsExisted(connection, "2023-06-01");
     }},
    {"What are the five labs of November 2022 about?", WhatAreTheLabsOf2022About},
    {"What do two sources say about the start of the labs of 2021?",
     WhatDoTwoSourcesSayOfTheStart},
    {"How is Exit connected with Switch-off?", HowIsExitConnectedWithSwitchOff},
    {"Which labs target a crime and the very place that it leads to?",
     WhichLabsTargetWhereTheirCrimeLeads},
    {"Which goods do the crimes that labs target involve, and how often?",
     WhichGoodsDoTargetsInvolve},
    {"What was there at revision 1?", WhatWasThereAtRevision1},
};

}  // namespace

int main(int argc, char** argv) {
  const ConnectionPtr connection =
      client::Connect(argc > 1 ? argv[1] : "localhost:50051");
  for (const Question& question : kQuestions) {
    std::cout << question.text << "\n";
    const absl::Status status = question.ask(connection);
    if (!status.ok()) {
      std::cerr << client::Describe(status) << "\n";
      return 1;
    }
  }
}
