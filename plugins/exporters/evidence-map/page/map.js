"use strict";
// The map in a browser: any two items against each other, a third as colour, filters; every cell opens its studies.
// Reads the data block of the page, makes no request. What it draws replaces the table that the page came with.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const state = { rows: data.rows, columns: data.columns, colour: data.colour, heat: data.heat, off: new Map(), text: "" };
  let open = null;

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const drawn = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const counted = (n) => n + (n === 1 ? " study" : " studies");

  // ---- which studies are seen

  const isSeen = (study) => {
    for (const [dimension, off] of state.off)
      if (off.size && study.v[dimension].every((value) => off.has(value))) return false;
    return !state.text || (study.r + " " + study.t + " " + study.c).toLowerCase().includes(state.text);
  };
  const seen = () => data.studies.filter(isSeen);
  const holds = (study, dimension, value) => study.v[dimension].includes(value);

  const cellsOf = (studies) => {
    const cells = data.dimensions[state.rows].v.map(() => data.dimensions[state.columns].v.map(() => []));
    for (const study of studies)
      for (const row of study.v[state.rows])
        for (const column of study.v[state.columns]) cells[row][column].push(study);
    return cells;
  };
  // A value that nobody could have charted ("not reported") is a row only where studies have it, and never a gap.
  const isShown = (dimension, value, studies) =>
    data.dimensions[dimension].v[value] !== data.notCharted || studies.some((study) => holds(study, dimension, value));

  // ---- drawing

  const sliceOf = (radius, from, to, className) => {
    const at = (turn) => [24 + radius * Math.sin(2 * Math.PI * turn), 24 - radius * Math.cos(2 * Math.PI * turn)];
    if (to - from >= 1) return drawn("circle", { cx: 24, cy: 24, r: radius, class: className });
    const [x1, y1] = at(from), [x2, y2] = at(to);
    const d = `M24 24L${x1} ${y1}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${x2} ${y2}Z`;
    return drawn("path", { d, class: className });
  };
  const splitOf = (studies) => {
    if (state.colour < 0) return [];
    const counts = data.dimensions[state.colour].v.map(() => 0);
    for (const study of studies) for (const value of study.v[state.colour]) counts[value]++;
    return counts;
  };
  const bubbleOf = (studies, most) => {
    const picture = drawn("svg", { viewBox: "0 0 48 48", width: 48, height: 48, "aria-hidden": "true" });
    const radius = Math.max(3, 23 * Math.sqrt(studies.length / most));
    const split = splitOf(studies), sum = split.reduce((a, b) => a + b, 0);
    if (!sum) {
      picture.append(drawn("circle", { cx: 24, cy: 24, r: radius, class: "bubble one" }));
      return picture;
    }
    let from = 0;
    split.forEach((n, value) => {
      if (!n) return;
      picture.append(sliceOf(radius, from / sum, (from + n) / sum, "bubble k" + Math.min(value, 7)));
      from += n;
    });
    return picture;
  };
  const nameOf = (row, column) => data.dimensions[state.rows].v[row] + " × " + data.dimensions[state.columns].v[column];
  const splitWords = (studies) =>
    splitOf(studies).map((n, value) => (n ? data.dimensions[state.colour].v[value] + " " + n : "")).filter(Boolean).join(", ");

  const cellOf = (studies, row, column, most) => {
    if (!studies.length)
      return make("td", { class: "cell gap" }, make("span", { "aria-hidden": "true" }, "–"), make("span", { class: "hidden" }, "no study"));
    const words = splitWords(studies);
    const label = nameOf(row, column) + ": " + counted(studies.length) + (words ? " (" + words + ")" : "");
    const button = make("button", { type: "button", "aria-label": label, title: label, "aria-pressed": "false" });
    if (!state.heat) button.append(bubbleOf(studies, most));
    button.append(make("span", {}, String(studies.length)));
    button.dataset.row = row;
    button.dataset.column = column;
    button.addEventListener("click", () => show(row, column, true));
    return make("td", { class: "cell" + (state.heat ? " h" + Math.ceil((7 * studies.length) / most) : "") }, button);
  };

  const draw = () => {
    const studies = seen(), cells = cellsOf(studies);
    const rows = data.dimensions[state.rows], columns = data.dimensions[state.columns];
    const shownColumns = columns.v.map((_, i) => i).filter((i) => isShown(state.columns, i, studies));
    const shownRows = rows.v.map((_, i) => i).filter((i) => isShown(state.rows, i, studies));
    const most = Math.max(1, ...cells.flat().map((cell) => cell.length));
    const table = make("table", { class: "map", id: "map" });
    table.append(make("caption", {}, rows.n + " by " + columns.n + ": " + counted(studies.length) +
      (studies.length < data.studies.length ? " of " + data.studies.length : "")));
    const head = make("tr", {}, make("td", {}));
    for (const column of shownColumns) head.append(make("th", { scope: "col" }, columns.v[column]));
    head.append(make("th", { scope: "col", class: "sum" }, "Studies"));
    table.append(make("thead", {}, head));
    const body = make("tbody");
    for (const row of shownRows) {
      const line = make("tr", {}, make("th", { scope: "row" }, rows.v[row]));
      for (const column of shownColumns) line.append(cellOf(cells[row][column], row, column, most));
      line.append(make("td", { class: "sum" }, String(studies.filter((study) => holds(study, state.rows, row)).length)));
      body.append(line);
    }
    const foot = make("tr", {}, make("th", { scope: "row", class: "sum" }, "Studies"));
    for (const column of shownColumns)
      foot.append(make("td", { class: "sum" }, String(studies.filter((study) => holds(study, state.columns, column)).length)));
    foot.append(make("td", { class: "sum" }, String(studies.length)));
    body.append(foot);
    table.append(body);
    byId("map").replaceWith(table);
    drawLegend();
    drawGaps(cells, shownRows, shownColumns);
    if (open) show(open.row, open.column, false);
    byId("status").textContent = counted(studies.length) + " shown";
  };

  const drawLegend = () => {
    const list = byId("legend");
    list.replaceChildren();
    if (state.colour < 0 || state.heat) return;
    const values = data.dimensions[state.colour].v;
    values.slice(0, 8).forEach((value, i) => {
      const words = i === 7 && values.length > 8 ? values.slice(7).join(", ") : value;
      list.append(make("li", {}, make("span", { class: "k" + i, "aria-hidden": "true" }), words));
    });
  };

  const drawGaps = (cells, shownRows, shownColumns) => {
    const rows = data.dimensions[state.rows].v, columns = data.dimensions[state.columns].v, list = byId("gaps");
    const gaps = [];
    for (const row of shownRows)
      for (const column of shownColumns)
        if (!cells[row][column].length && rows[row] !== data.notCharted && columns[column] !== data.notCharted)
          gaps.push(make("li", {}, nameOf(row, column)));
    list.replaceChildren(...gaps);
    byId("gap-count").textContent = gaps.length;
  };

  // ---- the studies of a cell

  const show = (row, column, moves) => {
    const studies = seen().filter((study) => holds(study, state.rows, row) && holds(study, state.columns, column));
    open = { row, column };
    for (const button of document.querySelectorAll("#map button"))
      button.setAttribute("aria-pressed", String(button.dataset.row == row && button.dataset.column == column));
    const panel = byId("panel"), heading = make("h2", { tabindex: "-1" }, nameOf(row, column) + ": " + counted(studies.length));
    const doing = make("div", { class: "doing screen" });
    const name = slug(nameOf(row, column));
    for (const [label, file, type, text] of [
      ["Save as RIS", name + ".ris", "application/x-research-info-systems", () => studies.map((study) => study.ris).join("\n")],
      ["Save as CSV", name + ".csv", "text/csv", () => csvOf(studies)],
      ["Begin a review with these", name + ".review.yaml", "application/yaml", () => reviewOf(name, row, column, studies)]]) {
      const button = make("button", { type: "button" }, label);
      button.addEventListener("click", () => save(file, type, text()));
      doing.append(button);
    }
    const back = make("button", { type: "button" }, "Back to the map");
    back.addEventListener("click", () => (document.querySelector("#map button[aria-pressed=true]") || byId("rows")).focus());
    doing.append(back);
    const list = make("ol");
    for (const study of studies) {
      const title = study.l ? make("a", { href: study.l }, study.c) : make("b", {}, study.c);
      list.append(make("li", {}, title, " " + study.r, make("br"), make("span", { class: "muted note" }, chartedOf(study))));
    }
    panel.replaceChildren(heading, doing, list);
    panel.hidden = false;
    if (moves) heading.focus();
  };

  const chartedOf = (study) =>
    study.v.map((values, i) => [data.dimensions[i].n, values.map((value) => data.dimensions[i].v[value]).join(", ")])
      .filter(([, words]) => words !== data.notCharted).map(([name, words]) => name + ": " + words).join("; ");
  const slug = (words) => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80) || "cell";
  // A spreadsheet must not take a cell for a formula.
  const cellText = (value) => {
    const text = /^[=+\-@\t\r]/.test(value) && !/^[+-]?\d+([.,]\d+)?$/.test(value) ? "'" + value : value;
    return /[",\r\n]|^ | $/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  };
  const csvOf = (studies) => {
    const lines = [["record", "study", "title", "reference", "link", ...data.dimensions.map((one) => one.n)]];
    for (const study of studies)
      lines.push([study.k, study.c, study.t, study.r, study.l,
        ...study.v.map((values, i) => values.map((value) => data.dimensions[i].v[value]).join("; "))]);
    return "\uFEFF" + lines.map((line) => line.map(cellText).join(",") + "\r\n").join("");
  };
  // The configuration comes with the page; what the cell is stands where it has marks.
  const quoted = (text) => "'" + text.replaceAll("'", "''") + "'";
  const reviewOf = (name, row, column, studies) =>
    data.review.replaceAll("{title}", () => quoted(nameOf(row, column))).replaceAll("{file}", () => quoted(name + ".ris"))
      .replaceAll("{n}", () => String(studies.length));
  const save = (name, type, text) => {
    const link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // ---- controls

  const choose = (id, current, withNone) => {
    const select = byId(id);
    if (withNone) select.append(make("option", { value: -1 }, "none"));
    data.dimensions.forEach((one, i) => select.append(make("option", { value: i }, one.n)));
    select.value = current;
    select.addEventListener("change", () => {
      state[id] = Number(select.value);
      open = null;
      byId("panel").hidden = true;
      draw();
    });
  };
  const filters = () => {
    const room = byId("filters");
    data.dimensions.forEach((one, dimension) => {
      const field = make("fieldset", {}, make("legend", {}, one.n));
      one.v.forEach((value, i) => {
        const box = make("input", { type: "checkbox" });
        box.checked = true;
        box.addEventListener("change", () => {
          if (!state.off.has(dimension)) state.off.set(dimension, new Set());
          state.off.get(dimension)[box.checked ? "delete" : "add"](i);
          draw();
        });
        field.append(make("label", {}, box, " " + value));
      });
      room.append(field);
    });
  };
  const arrows = (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const button = event.target.closest("#map button");
    if (!step || !button) return;
    event.preventDefault();
    let line = button.closest("tr"), at = button.closest("td").cellIndex;
    while (line) {
      if (step[0]) line = step[0] > 0 ? line.nextElementSibling : line.previousElementSibling;
      at += step[1];
      if (!line || at < 1 || at >= line.cells.length) return;
      const next = line.cells[at].querySelector("button");
      if (next) return next.focus();
    }
  };

  choose("rows", state.rows, false);
  choose("columns", state.columns, false);
  choose("colour", state.colour, true);
  filters();
  byId("heat").checked = state.heat;
  byId("heat").addEventListener("change", (event) => {
    state.heat = event.target.checked;
    draw();
  });
  byId("words").addEventListener("input", (event) => {
    state.text = event.target.value.trim().toLowerCase();
    draw();
  });
  byId("reset").addEventListener("click", () => {
    state.off.clear();
    state.text = byId("words").value = "";
    for (const box of document.querySelectorAll("#filters input")) box.checked = true;
    draw();
  });
  byId("map-room").addEventListener("keydown", arrows);
  byId("controls").hidden = false;
  draw();
})();
