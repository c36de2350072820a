// Dialect tables as plugins: NAME.dialect.yaml beside the libraries becomes a stage over the importer that it extends
// (winnow/ext/table.h). A table is data: it runs no code of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>
#include <variant>

#include <winnow/abi.h>

#include "Library.hpp"

namespace winnow::plugins {

/// True for the name of a table: NAME.dialect.yaml.
bool isTable(const std::filesystem::path& file);

/// The stage of an id, or null.
using FindStage = std::function<const winnow_stage*(std::string_view id)>;

/// Hands the table to the importer that it extends and gives a plugin with one stage, which works like that importer
/// with the table. What is wrong with the table is the refusal, with line and column. Lives as long as the process.
/// Thread: setup.
std::variant<const winnow_plugin*, Refusal> openTable(const PluginFile& file, const FindStage& find);

/// The importer that the stage of a table works over; null for any other stage.
const winnow_stage* parentOf(const winnow_stage* stage);

/// The same table over another instance of the importer that it extends (one in a worker process). Thread: setup.
const winnow_stage* overParent(const winnow_stage* table, const winnow_stage* parent);

}  // namespace winnow::plugins
