"use strict";
// Numbers open the records that they count. Reads the data block of the page, makes no request.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dialog = document.getElementById("records");
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const page = 200;

  const cellText = (value) => {
    const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
    return /[",\r\n]|^ | $/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  };
  const save = (list) => {
    const lines = [["record", "reference", "link", "fate"], ...list.r.map((i) => [data.records[i].k, data.records[i].r, data.records[i].l, data.records[i].f])];
    const text = "\uFEFF" + lines.map((line) => line.map(cellText).join(",") + "\r\n").join("");
    const link = make("a", { download: list.t.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80) + ".csv",
      href: URL.createObjectURL(new Blob([text], { type: "text/csv" })) });
    document.body.append(link);
    link.click();
    link.remove();
  };
  const entry = (i) => {
    const record = data.records[i];
    const name = record.l ? make("a", { href: record.l }, record.r || record.k) : record.r || record.k;
    return make("li", {}, name, make("br"), make("span", { class: "muted note" }, record.k + " · " + record.f));
  };
  const show = (list) => {
    const items = make("ol"), more = make("button", { type: "button" }, "Show more");
    let shown = 0;
    const add = () => {
      items.append(...list.r.slice(shown, shown + page).map(entry));
      shown = Math.min(shown + page, list.r.length);
      more.hidden = shown >= list.r.length;
    };
    more.addEventListener("click", add);
    const close = make("button", { type: "button" }, "Close"), csv = make("button", { type: "button" }, "Save as CSV");
    close.addEventListener("click", () => dialog.close());
    csv.addEventListener("click", () => save(list));
    dialog.replaceChildren(make("h2", { id: "records-head", tabindex: "-1" }, list.t + " (n = " + list.r.length + ")"),
      make("div", { class: "doing" }, csv, close), items, more);
    add();
    dialog.showModal();
    document.getElementById("records-head").focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const target = link && link.getAttribute("href");
    if (!target || !target.startsWith("#list-")) return;
    event.preventDefault();
    const list = data.lists[target.slice(1)];
    if (list) show(list);
  });
})();
