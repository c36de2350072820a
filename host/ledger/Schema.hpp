// The tables of a ledger and how older ones become today's.
#pragma once

namespace SQLite {
class Database;
}

namespace winnow::ledger {

inline constexpr int kSchemaVersion = 3;
inline constexpr int kApplicationId = 0x57494E4F;  // "WINO"

/// Creates the tables of an empty database or migrates an older one, in one transaction. Throws winnow::Error when the
/// file is no ledger or was written by a newer program.
void prepareSchema(SQLite::Database& database, const char* name);

}  // namespace winnow::ledger
