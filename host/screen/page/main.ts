// Finds the page's data and starts it.
import {App} from "./app";
import {Pack, type PackData} from "./data/pack";
import {Server} from "./data/server";
import {Refused, UsedLink, type Transport} from "./data/transport";
import {fill, h} from "./parts/dom";
import {t} from "./texts/texts";

async function transport(): Promise<Transport> {
  const text = document.getElementById("pack")?.textContent?.trim() ?? "";
  return text === "" ? new Server() : Pack.open(JSON.parse(text) as PackData);
}

/** Nobody goes on as somebody else without noticing. */
const goOnAs = (reader: string) =>
    h("main", {class: "alone"}, h("h1", {}, "Winnow"), h("p", {role: "alert"}, t("usedLink", {reader})),
      h("p", {},
        h("button", {type: "button", class: "main-button", onclick: () => location.reload()}, t("goOnAs", {reader}))));

async function start(): Promise<void> {
  const root = document.getElementById("page")!;
  try {
    await new App(root, await transport()).start();
  } catch (error) {
    if (error instanceof UsedLink) return fill(root, goOnAs(error.reader));
    const why = error instanceof Error ? error.message : String(error);
    const text = error instanceof Refused && error.status === 401 ? t("startAgain") : t("cannotStart", {why});
    fill(root, h("main", {class: "alone"}, h("h1", {}, "Winnow"), h("p", {role: "alert"}, text)));
  }
}

// A start link that is opened in the window of an earlier one changes the fragment alone.
addEventListener("hashchange", () => {
  if (new URLSearchParams(location.hash.slice(1)).has("token")) location.reload();
});

void start();
