// How a record is named in a paper.
#pragma once

#include <string>

#include "bibliography/Work.hpp"

namespace winnow::studies {

/// "Berg 2019", "Berg & Moe 2019", "Berg et al. 2019"; "n.d." without a year; without an author the beginning of the
/// title.
std::string shortCitation(const bibliography::Work& work);

/// One reference as the ICMJE's examples have it (Vancouver): "Berg A, Moe B. Title. Journal. 2019;12(3):45-67.
/// doi:10.5555/x". Six authors, then "et al.". What the record does not say is left out.
std::string reference(const bibliography::Work& work);

/// Where it can be read: its DOI, PMID or web address as a link; empty if the record has none.
std::string linkOf(const bibliography::Work& work);

}  // namespace winnow::studies
