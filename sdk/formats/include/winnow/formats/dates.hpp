// winnow/formats/dates.hpp: dates as exports write them. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace winnow::formats {

/// What is known of a date; 0 or empty = not stated, never a guess.
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  std::string season;  ///< "spring", "summer", "autumn", "winter"
};

/// Reads "2019", "2019//", "2016/09//", "2024/04/03/", "2008/03/18/print", "2020-08-31", "2020 Jul-Aug", "2019 Jan 1",
/// "DEC 16 2020", "16 Dec 2020", "18-20 Nov. 2021", "Spring 2019", "2019b", "JUN", "20200831". A month of 00 is none;
/// of a range the first part counts. Nothing if no part can be read.
std::optional<Date> parseDate(std::string_view text);

/// A plausible year of publication (1400 to 2100) standing alone in the text; 0 if there is none or several.
int findYear(std::string_view text);

}  // namespace winnow::formats
