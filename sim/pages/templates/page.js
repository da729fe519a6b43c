"use strict";
// Saves the numbers behind a figure as CSV. Cells that a spreadsheet would take for a formula get an apostrophe.
for (const button of document.querySelectorAll("button.numbers")) {
  button.addEventListener("click", () => {
    const table = JSON.parse(document.getElementById("numbers-" + button.dataset.of).textContent);
    const names = Object.keys(table);
    const cell = (value) => {
      if (value === null || value === undefined) return "";
      if (typeof value !== "string") return String(value);
      const safe = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
      return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
    };
    const rows = names.length ? table[names[0]].map((_, n) => names.map((name) => cell(table[name][n])).join(",")) : [];
    const text = "\ufeff" + [names.map(cell).join(","), ...rows].join("\r\n") + "\r\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = button.dataset.of + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}
// Folded parts are printed, too.
addEventListener("beforeprint", () => document.querySelectorAll("details:not([open])").forEach((part) => { part.open = true; part.dataset.folded = ""; }));
addEventListener("afterprint", () => document.querySelectorAll("details[data-folded]").forEach((part) => { part.open = false; delete part.dataset.folded; }));
