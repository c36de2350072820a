// The rules of the page that need no browser: words to highlight, answers of a form, decision files, links. Run by
// logic.sh.
import {decisionFile, type Row} from "../../host/screen/page/data/csv";
import {faultOf, isAsked, joinQuotation, splitQuotation} from "../../host/screen/page/data/form";
import {emptyDecision, type Item, type Step} from "../../host/screen/page/data/types";
import {doiAddress, safeAddress} from "../../host/screen/page/parts/dom";
import {choiceKeys} from "../../host/screen/page/parts/keys";
import {disjoint, matcher, spansOf} from "../../host/screen/page/parts/words";

let failed = 0;

function equal(found: unknown, expected: unknown, about: string): void {
  if (JSON.stringify(found) === JSON.stringify(expected)) return;
  ++failed;
  console.log(`FAILED  ${about}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
}

const found = (text: string, ...terms: string[]) =>
    spansOf(text, matcher(terms), "include").map(({begin, end}) => text.slice(begin, end));

equal(found("Lonely people, loneliness, alone", "lonel*"), ["Lonely", "loneliness"], "any letters");
equal(found("colour and color", "colo?r"), ["colour", "color"], "one letter or none");
equal(found("woman women wmn", "wom#n"), ["woman", "women"], "one letter");
equal(found("trial trials retrial", "trial"), ["trial"], "whole words");
equal(found("peer\u2013support, peer  support", "peer support"), ["peer\u2013support", "peer  support"], "a phrase");
equal(found("Ångström, ÅNGSTRÖM", "ångström"), ["Ångström", "ÅNGSTRÖM"], "letters beyond ASCII");
equal(found("図書館と孤独感", "孤独"), ["孤独"], "a script without spaces");
equal(
    found("a+b (c) [d] $1 .", "a+b", "(c)", "[d]", "$1", ".", "*"), ["a+b", "(c)", "[d]", "$1"],
    "signs are no patterns");
equal(matcher([]), null, "no words");
const spans = [
  {begin: 4, end: 9, kind: "include"},
  {begin: 0, end: 5, kind: "exclude"},
  {begin: 0, end: 3, kind: "include"},
  {begin: 9, end: 9, kind: "include"},
] as const;
equal(disjoint([...spans]), [{begin: 0, end: 5, kind: "exclude"}], "no mark within another");

const item = (type: string, more: Partial<Item> = {}): Item => ({id: "1", name: "Item", type, ...more});
const wrong = (type: string, values: string[], more: Partial<Item> = {}) =>
    values.filter((value) => faultOf(item(type, more), value) !== null);
const good = (type: string, values: string[], more: Partial<Item> = {}) =>
    equal(wrong(type, values, more), [], `${type}: good values`);
const bad = (type: string, values: string[], more: Partial<Item> = {}) =>
    equal(wrong(type, values, more), values, `${type}: bad values`);

good("whole", ["0", "12", "NR", "not reported"]);
bad("whole", ["1.5", "-1", "about 40", "1 000", "12345678901"]);
good("decimal", ["71.5", "71,5", "-3", "71.5 years", "nr"], {unit: "years"});
bad("decimal", [".5", "5.", "1.2.3", "years"], {unit: "years"});
good("range", ["18-65", "18\u201365", "18 to 65", "-5-5", "1,5-2.5", "18-65 years"], {unit: "years"});
bad("range", ["65-18", "18", "18-", "a-b"], {unit: "years"});
good("date", ["2026", "2026-11", "2026-11-28", "2024-02-29", "2026-11-28 10:15", "NR"]);
bad("date", ["2026-13", "2026-02-30", "2025-02-29", "28.11.2026", "26"]);
good("link", ["https://example.org/x", "HTTP://example.org", "doi:10.5555/x"]);
bad("link", ["example.org", "javascript:alert(1)", "https://example.org/a b"]);
good("quotation", ["x (p. 12)", "x (pp. 3-4)", "x (table 2)", "x (abstract)", "x (12)", "x (page 4)"]);
bad("quotation", ["x", "x (see above)", "(p. 12) x", "x (p. 3 (b))"]);
good("text", ["anything"]);
bad("text", [""], {required: true});
good("text", ["2019", "NR"], {from: "year"});
bad("text", ["2019a"], {from: "year"});

const conditional = item("text", {
  if: {item: "4", is: ["RCT", "quasi-experiment"]}
});
equal(isAsked(conditional, {}), false, "a condition without an answer");
equal(isAsked(conditional, {"4": "rct"}), true, "a condition that holds");
equal(isAsked(conditional, {"4": ["survey", "RCT"]}), true, "one of several answers");
equal(isAsked(conditional, {"4": "survey"}), false, "a condition that does not hold");

for (const whole of ["Steady hosts matter. (p. 12)", "x (pp. 3-4)", "x (table 2)", "no place yet"]) {
  const {text, page} = splitQuotation(whole);
  equal(joinQuotation(text, page), whole, "a quotation taken apart and put together");
}
equal(joinQuotation("x", "12, 14"), "x (pp. 12, 14)", "several pages");

equal(choiceKeys(12, ["a"]).join(""), "1234567890bc", "keys of choices");
equal(safeAddress("javascript:alert(1)"), null, "a script is no link");
equal(safeAddress("//example.org"), null, "an address without protocol is no link");
equal(doiAddress("https://doi.org/10.1000/a<b>#c"), "https://doi.org/10.1000/a%3Cb%3E%23c", "a DOI is escaped");
equal(doiAddress("doi: 10.1000/x"), "https://doi.org/10.1000/x", "a DOI as people write it");
equal(doiAddress("javascript:alert(1)"), null, "no DOI");

const progress = {
  total: 0,
  open: 0,
  include: 0,
  exclude: 0,
  undecided: 0
};
const step: Step = {
  id: "s",
  name: "s",
  kind: "screen",
  progress
};
const said = (decision: Row["decision"]): Row =>
    ({step: "s", record: "r:1", decision, time: "2026-01-01T00:00:00Z", change: "c".repeat(32)});
const lines =
    decisionFile(
        step, "ON",
        [said({...emptyDecision(), decision: "undecided", note: "@home\n\"x\"", labels: ["a", "b"]}), said(null)],
        new Map())
        .split("\r\n");
equal(lines[0]!.startsWith("\ufeffrecord,reviewer,decision,category,reason,note,labels,number,"), true, "headings");
equal(lines[1], `r:1,ON,maybe,,,"'@home\n""x""",a; b,,,,,,,2026-01-01T00:00:00Z,${"c".repeat(32)}`, "a row");
equal(lines[2], `r:1,ON,taken back,,,,,,,,,,,2026-01-01T00:00:00Z,${"c".repeat(32)}`, "a row that takes back");

console.log(failed === 0 ? "ok" : `${failed} failed`);
if (failed > 0) throw new Error("see above");
