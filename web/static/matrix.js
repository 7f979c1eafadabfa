// A table of links as one tab stop: arrow keys, Home and End move inside it. Without script every
// link is a stop of its own.
for (const table of document.querySelectorAll("table[data-arrows]")) {
  const rows = [...table.querySelectorAll("tbody tr, tfoot tr")].map((row) => [...row.cells].map((cell) => cell.querySelector("a")));
  const links = rows.flat().filter(Boolean);
  const only = (link) => { for (const each of links) each.tabIndex = each === link ? 0 : -1; };
  if (links.length) only(links[0]);
  table.addEventListener("focusin", (event) => { if (links.includes(event.target)) only(event.target); });
  table.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const y = rows.findIndex((row) => row.includes(event.target));
    if (y < 0 || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const row = rows[y].filter(Boolean);
    let next = event.key === "Home" ? row[0] : event.key === "End" ? row.at(-1) : null;
    if (step) {
      let [r, c] = [y + step[0], rows[y].indexOf(event.target) + step[1]];
      while (rows[r] && c >= 0 && c < rows[r].length && !rows[r][c]) { r += step[0]; c += step[1]; }
      next = rows[r]?.[c];
    }
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
