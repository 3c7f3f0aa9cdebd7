#ifndef LABGRAPH_SEED_CSV_FIELD_COMPILER_H_
#define LABGRAPH_SEED_CSV_FIELD_COMPILER_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "seed/csv/columns.h"
#include "seed/csv/record_field.h"
#include "seed/csv_mapping.pb.h"
#include "seed/reader/read_context.h"

namespace labgraph::seed {

// Makes fields of a mapping's records ready for the columns of a file. What is wrong is
// complained about in the context, whose source map is the mapping's, once for each
// place. Not thread-safe.
class FieldCompiler {
 public:
  // Both must outlive it.
  FieldCompiler(const Columns& columns, const ReadContext& context)
      : columns_(columns), context_(context) {}

  const Columns& columns() const { return columns_; }

  // A field of one value. `path` is that of its template in the mapping.
  RecordField Scalar(const std::string& text, RecordField::Kind kind, int number,
                     const std::string& path,
                     const google::protobuf::EnumDescriptor* enum_type = nullptr);
  // A field of type google.protobuf.Value.
  RecordField Value(const CsvValue& value, int number, const std::string& path);
  // A field that is a message.
  RecordField Message(std::vector<RecordField> fields, int number,
                      const std::string& path);
  // The entries of a map in the order of their keys; one without its value is left out.
  // REQUIRES: each value has the number kMapValue.
  std::vector<RecordField> MapEntries(std::map<std::string, RecordField> values,
                                      int number, const std::string& path);

  // Complains where the status is an error, unless something is known to be wrong there.
  void Note(const absl::Status& status, const std::string& path);

  // The number that the values of every map have in its entries.
  static constexpr int kMapValue = 2;

 private:
  // The object of `text` or `fields`, as the content of a google.protobuf.Value.
  RecordField Object(const CsvValue& value, const std::string& path);
  // Writes a field that is the same for every row here and now.
  void MakeConstant(RecordField* field);

  const Columns& columns_;
  const ReadContext& context_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CSV_FIELD_COMPILER_H_
