// Small words of English sentences with numbers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace winnow::facts {

/// "1 record", "12 records"; from 10,000 on in groups.
std::string counted(std::int64_t n, const char* one, const char* many);
inline std::string records(std::int64_t n) { return counted(n, "record", "records"); }
inline std::string reports(std::int64_t n) { return counted(n, "report", "reports"); }
/// "was" or "were".
const char* were(std::int64_t n);
/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& words);
/// "31 August 2020" of "2020-08-31", "August 2020" of "2020-08"; anything else as it is.
std::string day(const std::string& iso);
/// "20 %" of "0.2"; "all" as it is.
std::string share(const std::string& decimal);
/// The words between quotation marks of English print.
std::string quoted(const std::string& words);

}  // namespace winnow::facts
