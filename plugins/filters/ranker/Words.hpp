// A text as the words that a ranking sees.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::ranker {

/// Words of two or more letters or digits, folded (case and accents do not matter). Chinese and Japanese, which write
/// no blanks, are cut into overlapping pairs of signs, as search engines do. Pure; any thread.
std::vector<std::string> wordsOf(std::string_view text);

/// True for words of English grammar, which say nothing about a topic: articles, pronouns, prepositions, conjunctions,
/// auxiliary verbs.
bool isStopWord(std::string_view word);

}  // namespace winnow::ranker
