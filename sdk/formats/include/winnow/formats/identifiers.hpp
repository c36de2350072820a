// winnow/formats/identifiers.hpp: DOI, PMID, PMCID, ISSN, ISBN in all the forms exports give them. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::formats {

/// The DOI in a text that is one: "doi:10...", "https://doi.org/10...", "dx.doi.org/...", bare; %2F decoded, trailing
/// ". , ; ) ]" dropped unless the brackets balance, in an address also "?query", "#place", "/pdf" and the like; case as
/// found. Empty if there is none (DOI Handbook 2.2: "10." + 4 to 9 digits).
std::string normaliseDoi(std::string_view text);
/// The DOI in running text or a URL, only where "doi" or a doi.org address stands before it; empty if there is none.
std::string findLabelledDoi(std::string_view text);
/// "10.1000/ABC" and "10.1000/abc" are the same DOI: the form to compare by.
std::string comparableDoi(std::string_view doi);

/// Digits alone ("PMID: 123" -> "123"); empty if the text holds anything else.
std::string normalisePmid(std::string_view text);
/// "PMC123"; empty if it is none.
std::string normalisePmcid(std::string_view text);

/// "0000-0002-1825-0097" from "ORCID: https://orcid.org/0000-0002-1825-0097", with or without hyphens; empty if there
/// is none.
std::string normaliseOrcid(std::string_view text);

/// Numbers of one sort in a messy field ("1532-1827 (Electronic) 0007-0920"), normalised, in order, each once. ISSN
/// "1234-567X" (ISO 3297), ISBN digits and X (ISO 2108), 13 digits or 10. Those with a wrong check digit
/// too: databases copy what is misprinted.
struct SerialNumbers {
  std::vector<std::string> issn, isbn;
};
SerialNumbers findSerialNumbers(std::string_view text);
/// True if the check digit of a number of that form is the one that ISO 3297 or ISO 2108 asks for.
bool hasRightCheckDigit(std::string_view serialNumber);

}  // namespace winnow::formats
