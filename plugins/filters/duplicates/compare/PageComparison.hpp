// Whether two records stand at the same place of a volume.
#pragma once

#include "Agreement.hpp"
#include "features/Numbering.hpp"
#include "features/Pages.hpp"

namespace winnow::duplicates {

/// Equal: same first page or article number. Compatible: only the last page is the same, or a prefix letter is missing.
/// A number of the article against counted pages says nothing (Agreement::empty). Symmetric. Thread: any.
Agreement comparePages(const Pages& a, const Pages& b);

/// True for printed pages that differ as misprints do: the ranges overlap, or as many pages begin at numbers that
/// differ in one digit, the last excepted, or in digits that changed places. Works that follow each other do not
/// overlap, and stand on neighbouring pages. Symmetric. Thread: any.
bool isPageSlip(const Pages& a, const Pages& b);

/// Numbers equal or not; a supplement against none is compatible. Symmetric. Thread: any.
Agreement compareVolumes(const Numbering& a, const Numbering& b);

/// As compareVolumes(); different numbers contradict only if both can be issues of a volume: larger ones count through
/// the years, or are an index that an export put into the cell. Symmetric. Thread: any.
Agreement compareIssues(const Numbering& a, const Numbering& b);

}  // namespace winnow::duplicates
