// winnow/formats/languages.hpp: language names and codes as exports write them, as BCP 47. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::formats {

/// "eng", "ENG", "English", "English.", "en-US", "engelsk" -> "en"; "nob" -> "nb"; empty for what is no language
/// ("mul", "und", "unknown") or not in the table (ISO 639-1, 639-2/B, 639-2/T, English and native names of about 70
/// languages).
std::string_view languageCode(std::string_view text);
/// "eng; nor", "English, French", "English and German": the codes in order, each once. `unknown` counts parts that are
/// none.
std::vector<std::string_view> languageCodes(std::string_view text, int* unknown = nullptr);
/// The English name of a code ("en" -> "English"); empty if it is not in the table.
std::string_view languageName(std::string_view code);

}  // namespace winnow::formats
