/* An option that names a file of the review (a flag of winnow_option, no table of functions): a list of retractions, a
 * vocabulary. The host checks at the line of the configuration that the file is there (relative to the review's
 * folder), reads it, and gives its text, decoded as exports are, as the document "file:" + value (documents.h), in the
 * constructor; its hash goes into the stage key and into review.lock. A host that does not know the flag gives no
 * document. */
#ifndef WINNOW_EXT_FILES_H
#define WINNOW_EXT_FILES_H
#include "../abi.h"
enum { WINNOW_OPTION_FILE = 8 }; /* with WINNOW_STRING */
#endif
