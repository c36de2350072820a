// Finds the words to be highlighted. Wildcards as in search strategies: * any number of letters, ? one or none, #
// exactly one.

export interface Span {
  begin: number;
  end: number;
  kind: "include"|"exclude"|"evidence";
}

const letter = "[\\p{L}\\p{M}\\p{N}]";
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** The pattern of one term: whole words, except in scripts that write none. */
function patternOf(term: string): string {
  const inside = term.trim()
                     .split("")
                     .map((char) => {
                       if (char === "*") return letter + "*";
                       if (char === "?") return letter + "?";
                       if (char === "#") return letter;
                       if (/[\s-]/.test(char)) return "[\\s\\u2010-\\u2015-]+";
                       return char.replace(/[.+^${}()|[\]\\/]/, "\\$&");
                     })
                     .join("");
  return cjk.test(term) ? inside : `(?<!${letter})${inside}(?!${letter})`;
}

/** One expression for a list of terms; null: nothing to look for, or a browser that cannot look behind. */
export function matcher(terms: string[]): RegExp|null {
  const used = terms.filter((term) => /[\p{L}\p{N}]/u.test(term));
  try {
    return used.length === 0 ? null : new RegExp(used.map(patternOf).join("|"), "giu");
  } catch {
    return null;  // a record without highlights can be read
  }
}

export function spansOf(text: string, expression: RegExp|null, kind: Span["kind"]): Span[] {
  if (expression === null) return [];
  return [...text.matchAll(expression)]
      .filter((match) => match[0] !== "")
      .map((match) => ({begin: match.index!, end: match.index! + match[0]!.length, kind}));
}

/** Spans in order and without overlaps: an earlier one, then a longer one, keeps its place. */
export function disjoint(spans: Span[]): Span[] {
  const ordered = [...spans].sort((a, b) => a.begin - b.begin || b.end - a.end);
  const kept: Span[] = [];
  for (const span of ordered)
    if (span.end > span.begin && span.begin >= (kept[kept.length - 1]?.end ?? 0)) kept.push(span);
  return kept;
}
