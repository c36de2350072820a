// One record to be read.
import type {Decision, Proposal, ScreenRecord, Step} from "../data/types";
import {doiAddress, h, link, type Child} from "../parts/dom";
import {settings} from "../parts/settings";
import {disjoint, matcher, spansOf, type Span} from "../parts/words";
import {t} from "../texts/texts";
import {decisionText, reasonText} from "./wording";

interface Marks {
  include: RegExp|null;
  exclude: RegExp|null;
}

const marksOf = new WeakMap<Step, Marks>();

function marksFor(step: Step): Marks {
  let marks = marksOf.get(step);
  if (!marks)
    marksOf.set(
        step, (marks = {include: matcher(step.words?.include ?? []), exclude: matcher(step.words?.exclude ?? [])}));
  return marks;
}

/** Text with its highlighted words, and the words that a proposal goes by. */
function marked(text: string, step: Step, field: string, proposals: Proposal[]): Child[] {
  const spans: Span[] = proposals.filter((one) => one.field === field && (one.length ?? 0) > 0)
                            .map((one) => ({
                                   begin: one.begin ?? 0,
                                   end: Math.min((one.begin ?? 0) + one.length!, text.length),
                                   kind: "evidence" as const
                                 }));
  if (settings.areHighlightsOn) {
    const marks = marksFor(step);
    spans.push(...spansOf(text, marks.include, "include"), ...spansOf(text, marks.exclude, "exclude"));
  }
  const parts: Child[] = [];
  let at = 0;
  for (const {begin, end, kind} of disjoint(spans)) {
    parts.push(text.slice(at, begin), h("mark", {class: kind}, text.slice(begin, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}

/** A language that the browser knows by its code: it chooses letters and hyphens by it. */
const languageOf = (record: ScreenRecord) =>
    (/^[a-z]{2}(-[A-Za-z]+)?$/.test(record.language ?? "") ? record.language : null);

export function recordView(record: ScreenRecord, step: Step, position: string): HTMLElement {
  const proposals = record.proposals ?? [];
  const mark = (text: string, field: string) => marked(text, step, field, proposals);
  const title = record.title.trim() ? mark(record.title, "title") : t("noTitle");
  return h(
      "article",
      {class: "record"},
      h("p", {class: "position"}, position, stateChip(record.own, step)),
      h("h1", {tabindex: -1, dir: "auto", lang: languageOf(record), class: record.title.trim() ? "" : "missing"},
        title),
      record.authors.length > 0 && h("p", {class: "authors", dir: "auto"}, record.authors.join("; ")),
      sourceLine(record),
      record.why && h("p", {class: "notice"}, record.why),
      proposalsOf(record, step),
      abstractOf(record, step.kind === "chart" && record.pdf === true, mark),
      record.keywords.length > 0 &&
          h("section", {class: "keywords", "aria-label": t("keywords")},
            h("ul", {}, record.keywords.map((word) => h("li", {dir: "auto"}, mark(word, "keywords"))))),
      remarksOf(record.own),
  );
}

function abstractOf(record: ScreenRecord, isFolded: boolean, mark: (text: string, field: string) => Child[]): Child {
  if (!record.abstract.trim())
    return h(
        "div", {class: "abstract missing"}, h("p", {}, t("noAbstract")), h("p", {class: "hint"}, t("noAbstractHint")));
  // Evidence is counted in the whole text: marked first, then cut into paragraphs.
  const paragraphs: Child[][] = [[]];
  for (const part of mark(record.abstract, "abstract")) {
    if (typeof part !== "string") {
      paragraphs[paragraphs.length - 1]!.push(part);
      continue;
    }
    apart(part).forEach((piece, index) => {
      if (index > 0) paragraphs.push([]);
      paragraphs[paragraphs.length - 1]!.push(piece);
    });
  }
  const text =
      h("div", {class: "abstract", lang: languageOf(record)},
        paragraphs.map((parts) => h("p", {dir: "auto"}, withHeading(parts))));
  // Who charts from the PDF beside it wants the form at hand.
  return isFolded ? h("details", {class: "folded"}, h("summary", {}, t("abstract")), text) : text;
}

/** Paragraphs: lines, and what begins with a heading of its own ("... alone. METHODS: We asked"). */
const apart = (text: string) => text.replace(/([.!?)] )([A-Z][A-Z /&-]{3,40}: )/g, "$1\n$2").split(/(?:\r?\n)+/);

/** "METHODS: ..." with its first word set off. */
function withHeading(parts: Child[]): Child[] {
  const [first, ...rest] = parts;
  const heading = typeof first === "string" ? /^\s*[A-Z][A-Z /&-]{3,40}:/.exec(first)?.[0] : undefined;
  return heading ? [h("span", {class: "heading"}, heading), (first as string).slice(heading.length), ...rest] : parts;
}

function sourceLine(record: ScreenRecord): Child {
  const issue = record.issue ? `(${record.issue})` : "";
  const place = [[record.volume, issue].filter(Boolean).join(""), record.pages].filter(Boolean).join(": ");
  const address = record.doi ? doiAddress(record.doi) : null;
  const parts: Child[] = [
    record.journal && h("cite", {dir: "auto"}, record.journal),
    record.year !== null && record.year !== "" && h("span", {}, String(record.year)),
    place && h("span", {}, place),
    record.type && h("span", {}, typeText(record.type)),
    address ? link(address, `doi:${address.slice("https://doi.org/".length)}`) :
              record.doi && h("span", {}, `doi:${record.doi}`),
    record.pmid && link(`https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(record.pmid)}/`, `PMID ${record.pmid}`),
    !address && record.url && (link(record.url, shortAddress(record.url)) ?? h("span", {}, record.url)),
  ];
  const kept = parts.filter(Boolean);
  return kept.length > 0 && h("p", {class: "source"}, kept.map((part) => h("span", {class: "fact"}, part)));
}

/** "article-journal", as the program calls it, in the reader's words. */
const typeText = (type: string) => type === "article-journal" ? t("journalArticle") : type.replace(/-/g, " ");

const shortAddress = (address: string) => address.replace(/^https?:\/\/(www\.)?/, "").slice(0, 60);

function stateChip(own: Decision|null, step: Step): Child {
  const text = decisionText(own, step);
  if (text === null) return null;
  const reason = own!.reason ? `: ${reasonText(step, own!.reason)}` : "";
  return h(
      "span", {class: `chip ${own!.decision ?? "include"}`}, h("span", {class: "unseen"}, t("yourDecision") + " "),
      text + reason);
}

function remarksOf(own: Decision|null): Child {
  if (!own || (!own.note && own.labels.length === 0)) return null;
  return h(
      "section",
      {class: "remarks"},
      own.note && h("p", {class: "note", dir: "auto"}, h("strong", {}, t("yourNote") + " "), own.note),
      own.labels.length > 0 &&
          h("ul", {class: "labels", "aria-label": t("label")},
            own.labels.map((label) => h("li", {dir: "auto"}, label))),
  );
}

/** What filters propose, where they do: a filter that cannot tell has nothing to confirm. */
function proposalsOf(record: ScreenRecord, step: Step): Child {
  const proposals = (record.proposals ?? []).filter((one) => one.decision !== "undecided");
  if (proposals.length === 0) return null;
  const text = ({by, decision, reason}: Proposal) => {
    const values = {
      by: by.replace(/^filters\./, ""),
      decision: proposed(decision),
      reason: reason ? reasonText(step, reason) : ""
    };
    return t(reason ? "proposalReason" : "proposal", values);
  };
  const isToConfirm = record.own === null && proposals.some((one) => one.decision === "exclude");
  return h(
      "section", {class: "proposals"}, h("h2", {}, t("proposals")),
      h("ul", {}, proposals.map((one) => h("li", {}, text(one)))),
      isToConfirm && h("p", {class: "hint"}, t("proposalHint")));
}

const proposed = (decision: string) => decision === "exclude" ? t("exclude").toLowerCase() :
    decision === "include"                                    ? t("include").toLowerCase() :
                                                                decision;
