/* winnow.table/1 (instance of an importer): the importer can be extended by dialect tables.
 * An importer that declares an option named "table" takes the text of a dialect table (docs/dialect-tables.md) there.
 * The host hands over NAME.dialect.yaml from the plugin folders in that option and shows the result as a stage of its
 * own, with the id that the table gives. What is wrong with a table is diagnosed with line and column of the table, and
 * the instance is refused. */
#ifndef WINNOW_EXT_TABLE_H
#define WINNOW_EXT_TABLE_H
#include "../abi.h"
#define WINNOW_EXT_TABLE "winnow.table/1"

/* A test that stands in a table. Element. */
typedef struct winnow_table_test {
  winnow_str input;            /* a file beside the table */
  uint64_t records;            /* how many it holds */
  const winnow_setting* first; /* fields of the first record: tag name and value */
  size_t first_count;
} winnow_table_test;

/* What the table of an instance says of itself; null from extension() for an instance without a table. Owner: the
 * instance; lives as long as it. Growing. */
typedef struct winnow_table winnow_table;
struct winnow_table {
  uint32_t struct_size, reserved;
  void* impl;
  winnow_str id, version, help, name, source, license, vendor; /* source: where its rules are documented */
  size_t test_count;
  winnow_table_test(WINNOW_CALL* test)(const winnow_table*, size_t index); /* [any-thread] index < test_count */
};
#endif
