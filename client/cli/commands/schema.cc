#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands/commands.h"
#include "client/cli/options.h"
#include "client/cli/output/json.h"
#include "client/cli/output/record.h"
#include "client/cli/schema_rows.h"
#include "labgraph/error.h"

namespace labgraph::cli {
namespace {

enum class Part { kAll, kKinds, kPredicates, kQualifiers };

bool IsCalled(const v1::Kind& kind, const std::string& name) {
  return kind.name() == name;
}
bool IsCalled(const v1::Predicate& predicate, const std::string& name) {
  return predicate.name() == name || predicate.inverse() == name ||
         predicate.renamed_from() == name;
}
bool IsCalled(const v1::Qualifier& qualifier, const std::string& name) {
  return qualifier.name() == name;
}

// Leaves those that are wanted.
template <typename Definition>
void Select(bool is_wanted, const std::string& name,
            google::protobuf::RepeatedPtrField<Definition>& definitions) {
  if (!is_wanted) definitions.Clear();
  if (name.empty()) return;
  for (int i = definitions.size() - 1; i >= 0; --i) {
    if (!IsCalled(definitions[i], name)) definitions.DeleteSubrange(i, 1);
  }
}

absl::Status UnknownName(Part part, const std::string& name) {
  switch (part) {
    case Part::kKinds:
      return client::MakeError(v1::ERROR_REASON_KIND_UNKNOWN, "",
                               absl::StrCat("The schema has no kind \"", name, "\"."));
    case Part::kQualifiers:
      return client::MakeError(
          v1::ERROR_REASON_QUALIFIER_UNKNOWN, "",
          absl::StrCat("The schema has no qualifier \"", name, "\"."));
    default:
      return client::MakeError(
          v1::ERROR_REASON_PREDICATE_UNKNOWN, "",
          absl::StrCat("The schema has no predicate \"", name, "\"."));
  }
}

class SchemaCommand final : public Command {
 public:
  CLI::App* Declare(CLI::App& program) override {
    CLI::App* command =
        program.add_subcommand("schema", "Kinds, predicates and qualifiers there are");
    AddChoice<Part>(
        *command, "part",
        {{"kinds", Part::kKinds},
         {"predicates", Part::kPredicates},
         {"qualifiers", Part::kQualifiers}},
        [this](const Part& part) { part_ = part; }, "Which of them; none: all");
    command->add_option("name", name_, "Only the one of this name")->type_name("NAME");
    return command;
  }

  std::vector<Format> Formats() const override {
    if (part_ == Part::kAll) return {Format::kTable, Format::kJson};
    return {Format::kTable, Format::kJson, Format::kJsonl, Format::kCsv};
  }

  bool ReadsDay() const override { return false; }

  absl::Status Run(const Call& call) override {
    v1::GetSchemaRequest request;
    *request.mutable_read() = call.read;
    absl::StatusOr<v1::GetSchemaResponse> response = call.connection->GetSchema(request);
    if (!response.ok()) return response.status();
    v1::Schema& schema = *response->mutable_schema();
    Select(IsWanted(Part::kKinds), name_, *schema.mutable_kinds());
    Select(IsWanted(Part::kPredicates), name_, *schema.mutable_predicates());
    Select(IsWanted(Part::kQualifiers), name_, *schema.mutable_qualifiers());
    const bool is_empty = schema.kinds().empty() && schema.predicates().empty() &&
                          schema.qualifiers().empty();
    if (is_empty && !name_.empty()) return UnknownName(part_, name_);
    if (call.output.format() == Format::kJson) {
      call.output.out() << ToJsonText(*response);
      return absl::OkStatus();
    }
    WriteParts(schema, Languages(call.read.lang()), call.output);
    return absl::OkStatus();
  }

 private:
  bool IsWanted(Part part) const { return part_ == Part::kAll || part_ == part; }

  void WriteParts(const v1::Schema& schema, const Languages& languages, Output& output) {
    if (IsWanted(Part::kKinds)) {
      Write("Kinds", schema.kinds(), KindColumns(), KindRow, languages, output);
    }
    if (IsWanted(Part::kPredicates)) {
      Write("Predicates", schema.predicates(), PredicateColumns(), PredicateRow,
            languages, output);
    }
    if (IsWanted(Part::kQualifiers)) {
      Write("Qualifiers", schema.qualifiers(), QualifierColumns(), QualifierRow,
            languages, output);
    }
  }

  template <typename Definition>
  void Write(absl::string_view title,
             const google::protobuf::RepeatedPtrField<Definition>& definitions,
             const std::vector<Column>& columns,
             Row (*row_of)(const Definition&, const Languages&),
             const Languages& languages, Output& output) {
    if (output.format() == Format::kTable && !name_.empty()) {
      for (const Definition& definition : definitions) {
        WriteRecord(ItemsOf(columns, row_of(definition, languages)), output.look(),
                    output.out());
      }
      return;
    }
    if (part_ == Part::kAll) output.out() << Bold(title, output.look()) << '\n';
    const std::unique_ptr<Printer> printer = output.MakePrinter(columns);
    for (const Definition& definition : definitions) {
      printer->Add(row_of(definition, languages), definition);
    }
    printer->Finish();
    if (part_ == Part::kAll) output.out() << '\n';
  }

  Part part_ = Part::kAll;
  std::string name_;  // empty: all; never without a part
};

}  // namespace

std::unique_ptr<Command> MakeSchemaCommand() { return std::make_unique<SchemaCommand>(); }

}  // namespace labgraph::cli
