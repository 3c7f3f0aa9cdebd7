#ifndef LABGRAPH_SEED_CSV_RECORD_FIELD_H_
#define LABGRAPH_SEED_CSV_RECORD_FIELD_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "seed/bulk/wire_writer.h"
#include "seed/csv/cell_template.h"

namespace labgraph::seed {

// A field of the messages that rows become: how it is written from a row. A tree of them
// is a record of a mapping, made ready. Immutable once made.
struct RecordField {
  enum class Kind {
    kConstant,  // the same bytes for every row
    kText,
    kBoolean,
    kNumber,  // a double
    kEnum,
    kMessage,
  };

  Kind kind = Kind::kMessage;
  // In the message that it is a field of.
  int number = 0;
  // That message is left out where this field is.
  bool essential = false;
  // Path in the mapping, for messages.
  std::string path;
  // Of kConstant: the field in wire format.
  std::string constant;
  // Of the kinds of one value: its text.
  CellTemplate text;
  // Of kEnum.
  const google::protobuf::EnumDescriptor* enum_type = nullptr;
  // Of kMessage.
  std::vector<RecordField> fields;
};

// What became of a field.
enum class FieldOutcome { kWritten, kLeftOut, kProblem };

// Writes fields from rows. Not thread-safe.
class FieldWriter {
 public:
  // Writes to `wire`. Both must outlive it; what is in `scratch` is of no use to others.
  FieldWriter(WireWriter* wire, std::string* scratch) : wire_(wire), scratch_(scratch) {}

  // Writes a field from a row. Nothing stays written of what is left out; after a problem
  // what was written is to be taken back.
  FieldOutcome Write(const RecordField& field, const CsvRow& row);

  // After a problem: what it is, and the column that it is in, -1 for none.
  const std::string& problem() const { return problem_; }
  int problem_column() const { return column_; }
  // After a field was left out: the innermost field for which its message was, and the
  // column that gave nothing, -1 for none.
  const RecordField& missing() const { return *missing_; }
  int missing_column() const { return missing_column_; }

 private:
  FieldOutcome WriteMessage(const RecordField& field, const CsvRow& row);
  // Each writes the value that a text stands for.
  FieldOutcome WriteBoolean(const RecordField& field, absl::string_view text);
  FieldOutcome WriteNumber(const RecordField& field, absl::string_view text);
  FieldOutcome WriteEnum(const RecordField& field, absl::string_view text);
  FieldOutcome Fail(absl::string_view text, absl::string_view what);

  WireWriter* const wire_;
  std::string* const scratch_;
  std::string problem_;
  int column_ = -1;
  const RecordField* missing_ = nullptr;
  int missing_column_ = -1;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CSV_RECORD_FIELD_H_
