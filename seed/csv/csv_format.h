#ifndef LABGRAPH_SEED_CSV_CSV_FORMAT_H_
#define LABGRAPH_SEED_CSV_CSV_FORMAT_H_

#include <memory>
#include <string>
#include <vector>

#include "seed/bulk/bulk_format.h"
#include "seed/csv/columns.h"
#include "seed/csv/record_compiler.h"

namespace labgraph::seed {

// CSV with a mapping made ready for its columns.
class CsvFormat final : public BulkFormat {
 public:
  // `file` is the name of the file without folders. The other arguments are those parts
  // of a mapping.
  CsvFormat(std::string file, char delimiter, Columns columns,
            std::vector<std::string> nulls, std::vector<CompiledRecord> records)
      : file_(std::move(file)),
        delimiter_(delimiter),
        columns_(std::move(columns)),
        nulls_(std::move(nulls)),
        records_(std::move(records)) {}

  size_t LastRecordEnd(absl::string_view text) const override;
  std::unique_ptr<RecordParser> NewParser() const override;

  const std::string& file() const { return file_; }
  char delimiter() const { return delimiter_; }
  const Columns& columns() const { return columns_; }
  const std::vector<std::string>& nulls() const { return nulls_; }
  const std::vector<CompiledRecord>& records() const { return records_; }

 private:
  const std::string file_;
  const char delimiter_;
  const Columns columns_;
  const std::vector<std::string> nulls_;
  const std::vector<CompiledRecord> records_;
};

}  // namespace labgraph::seed

#endif  // LABGRAPH_SEED_CSV_CSV_FORMAT_H_
