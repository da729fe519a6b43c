"use strict";
// Tables and numbers behind figures are saved as CSV. Cells that a spreadsheet would take for a formula get an apostrophe.
const cell = (value) => {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = String(value);
  const safe = /^\s*[=+\-@\t\r]/.test(text) && !/^[+\-]?[\d.]+(e[+\-]?\d+)?$/i.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
};
const save = (name, rows) => {
  const text = "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = name + ".csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
const json = (id) => { const found = document.getElementById(id); return found ? JSON.parse(found.textContent) : null; };
const unpacked = (column) => (Array.isArray(column) ? column : column.times ? column.values.flatMap((value, n) => Array(column.times[n]).fill(value)) : column.at.map((n) => column.words[n]));
for (const button of document.querySelectorAll("button.numbers")) {
  button.addEventListener("click", () => {
    const table = json("numbers-" + button.dataset.of);
    const names = Object.keys(table);
    const columns = names.map((name) => unpacked(table[name]));
    save(button.dataset.of, [names, ...(names.length ? columns[0].map((_, n) => columns.map((column) => column[n])) : [])]);
  });
}
for (const button of document.querySelectorAll("button.table-csv")) {
  button.addEventListener("click", () => {
    const rows = [...document.getElementById(button.dataset.of).rows];
    // A minus sign of print is none to a spreadsheet.
    save(button.dataset.of, rows.map((row) => [...row.cells].map((each) => each.textContent.trim().replace(/^\u2212(?=[\d.,]+$)/, "-"))));
  });
}

// Values of the lines of a figure: at the pointer, and by arrow keys on a figure that has the focus.
const quarter = (year) => Math.floor(year) + "-Q" + (Math.floor((year - Math.floor(year)) * 4 + 1e-6) + 1);
const number = (value) => {
  const size = Math.abs(value);
  if (size >= 1e6) return (value / 1e6).toLocaleString("en", { maximumFractionDigits: 2 }) + " m";
  return value.toLocaleString("en", { maximumSignificantDigits: size >= 1000 ? Math.ceil(Math.log10(size + 1)) : 3 }).replace("-", "\u2212");
};
const words = (panel, n) => {
  const lines = panel.lines.map((line) => {
    const name = line.label ? line.label + ": " : "";
    if (line.middle[n] === null) return name + "no value";
    const band = line.low && line.low[n] !== line.high[n] ? ` (${number(line.low[n])} to ${number(line.high[n])})` : "";
    return name + number(line.middle[n]) + band + (line.n ? `, ${line.n[n]} runs` : "");
  });
  const unit = panel.unit && panel.unit !== "0-1" ? ", " + panel.unit : "";
  return [(panel.dates ? quarter(panel.places[n]) : number(panel.places[n])) + unit, ...lines].join("\n");
};
class Reader {
  constructor(holder, panels) {
    this.holder = holder; this.panels = panels; this.svg = holder.querySelector("svg"); this.panel = 0; this.place = -1;
    this.tip = document.createElement("div"); this.tip.className = "tip"; this.tip.hidden = true; this.tip.setAttribute("aria-live", "polite");
    this.line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    this.line.setAttribute("class", "guide"); this.line.setAttribute("visibility", "hidden");
    this.svg.append(this.line); holder.append(this.tip);
    holder.addEventListener("pointermove", (event) => this.point(event));
    holder.addEventListener("pointerdown", (event) => this.point(event));
    holder.addEventListener("pointerleave", () => this.hide());
    holder.addEventListener("blur", () => this.hide());
    holder.addEventListener("keydown", (event) => this.key(event));
  }
  at(panel, n) { const [left, , width] = panel.box; return left + ((panel.places[n] - panel.x[0]) / (panel.x[1] - panel.x[0])) * width; }
  point(event) {
    const where = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    const found = this.panels.findIndex(({ box: [left, top, width, height] }) => where.x >= left - 6 && where.x <= left + width + 6 && where.y >= top - 6 && where.y <= top + height + 6);
    if (found < 0) return this.hide();
    const distances = this.panels[found].places.map((_, n) => Math.abs(this.at(this.panels[found], n) - where.x));
    this.show(found, distances.indexOf(Math.min(...distances)));
  }
  key(event) {
    const count = this.panels[this.panel].places.length;
    const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -count, End: count, PageDown: 0, PageUp: 0, ArrowDown: 0, ArrowUp: 0 };
    if (event.key === "Escape") return this.hide();
    if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const turn = { PageDown: 1, ArrowDown: 1, PageUp: -1, ArrowUp: -1 }[event.key] || 0;
    const panel = (this.panel + turn + this.panels.length) % this.panels.length;
    const last = this.panels[panel].places.length - 1;
    this.show(panel, Math.max(0, Math.min(last, this.place < 0 ? (event.key === "End" ? last : 0) : this.place + steps[event.key])));
  }
  show(panel, n) {
    this.panel = panel; this.place = n;
    const shown = this.panels[panel], [, top, , height] = shown.box, x = this.at(shown, n);
    for (const [name, value] of Object.entries({ x1: x, x2: x, y1: top, y2: top + height, visibility: "visible" })) this.line.setAttribute(name, value);
    this.tip.textContent = words(shown, n); this.tip.hidden = false;
    const to = this.svg.getScreenCTM(), base = this.holder.getBoundingClientRect();
    const left = to.a * x + to.e - base.left + this.holder.scrollLeft, y = to.d * top + to.f - base.top;
    const most = this.holder.scrollLeft + this.holder.clientWidth - this.tip.offsetWidth - 4;
    this.tip.style.left = Math.max(this.holder.scrollLeft, left + 12 > most ? Math.min(left - this.tip.offsetWidth - 12, most) : left + 12) + "px";
    this.tip.style.top = Math.max(0, y) + "px";
  }
  hide() { this.tip.hidden = true; this.line.setAttribute("visibility", "hidden"); }
}
for (const holder of document.querySelectorAll("figure .image")) {
  const panels = json("hover-" + holder.dataset.of);
  if (panels && panels.length) new Reader(holder, panels);
}

// A link to what is folded opens it; folded parts are printed, too.
const unfold = () => { const to = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1))); for (let part = to; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true; };
addEventListener("hashchange", unfold); unfold();
addEventListener("beforeprint", () => document.querySelectorAll("details:not([open])").forEach((part) => { part.open = true; part.dataset.folded = ""; }));
addEventListener("afterprint", () => document.querySelectorAll("details[data-folded]").forEach((part) => { part.open = false; delete part.dataset.folded; }));
