// Names that people chose, as names of files.
#pragma once

#include <string>
#include <string_view>

namespace winnow::io {

/// One component of a path that stands for `name` and can lie nowhere but in the folder it is put into: never "", "."
/// or
/// "..", without separators, control characters and characters that Windows forbids (a review is shared between
/// machines), not hidden, no option of a program, at most 200 bytes. Different names give different components: what
/// cannot stand is written as %XX, '%' itself too; a name that is too long ends in "%~" and the beginning of its
/// SHA-256. Ordinary names ("KBAA", "Anna Berg", "Åse") stay as they are.
std::string safeFileName(std::string_view name);

}  // namespace winnow::io
