/* The desk in a browser: what the keyboard and htmx add. Every page works without this file. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const seen = (element) => element.getClientRects().length > 0;
  const say = (text) => { const place = $("#said"); if (place && text) place.textContent = text; };

  /* 1 htmx: the target is busy, the focus never falls to the body, what changed is told */
  const isQuiet = (element) => Boolean(element && element.closest && element.closest("[data-quiet]"));
  const opener = (block) => block.id && $(`[aria-controls="${CSS.escape(block.id)}"]`);
  const HEADINGS = "#problems, [data-focus], h1, h2, h3, h4";
  let stepping = false;
  const FIELDS = "input:not([type=hidden]), select, textarea";

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!isQuiet(event.detail.elt)) event.detail.target.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (!isQuiet(event.detail.elt)) say(document.body.dataset.offline);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const { elt: block, requestConfig } = event.detail;
    const asked = requestConfig && requestConfig.elt;
    if (isQuiet(asked) || isQuiet(block) || !block.isConnected) return;
    const told = block.matches("[data-say]") ? block : $("[data-say]", block);
    if (told) say(told.dataset.say);
    place(block, asked);
  });

  function place(block, asked) {
    const faults = $("#problems", block);
    const opened = opener(block);
    if (opened) opened.setAttribute("aria-expanded", String(block.childElementCount > 0));
    if (faults) return focus(faults);
    if (opened && opened === asked && block.childElementCount) {
      const line = stepping && $(".diff tbody tr", block);
      stepping = false;
      return focus(line || $(FIELDS, block) || $(HEADINGS, block) || block);
    }
    if (document.activeElement !== document.body && document.activeElement.isConnected) return;
    focus(block.childElementCount ? $(HEADINGS, block) || block : opened || $("#main"));
  }
  function focus(element) {
    if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus();
  }
  const panelOf = (element) => document.getElementById(element.getAttribute("aria-controls") || "");
  function close(block) {
    const back = opener(block);
    block.replaceChildren();
    if (back) { back.setAttribute("aria-expanded", "false"); back.focus(); }
  }
  /* a row that is unfolded folds again, before its link or htmx hears of it */
  document.addEventListener("click", (event) => {
    const row = event.target.closest(".events .row[aria-expanded=true]");
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    close(panelOf(row));
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    const block = button && button.closest("[data-panel]");
    if (block) { event.preventDefault(); close(block); }
  });

  /* a link that is there to be passed on is copied; where that is not allowed it opens the view */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-copy]");
    if (!link || !navigator.clipboard) return;
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(
      () => { link.lastElementChild.textContent = link.dataset.copy; say(link.dataset.copy); },
      () => location.assign(link.href),
    );
  });

  /* 2 the pulse: unread messages, the end of the session, changes elsewhere; it rests when hidden */
  document.addEventListener("htmx:configRequest", (event) => {
    const since = event.detail.elt.id === "pulse" && $("#since");
    if (since) event.detail.parameters.since = since.value;
  });
  const beat = () => {
    if (document.visibilityState === "visible" && window.htmx && $("#pulse")) htmx.trigger("#pulse", "pulse");
  };
  setInterval(beat, 60000);
  document.addEventListener("visibilitychange", beat);

  /* 3 drafts: what is being written is kept every 30 seconds and when the page is left */
  const kept = new WeakMap();
  const text = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const isNew = (form) => kept.has(form) && kept.get(form) !== String(text(form));
  document.addEventListener("focusin", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (form && !kept.has(form)) kept.set(form, String(text(form)));
  });
  function keep(form) {
    const now = text(form);
    kept.set(form, String(now));
    fetch(form.dataset.draft, { method: "POST", body: now, headers: { "HX-Request": "true" }, redirect: "manual" })
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((words) => { const line = $("[data-saved]", form); if (line && words) line.textContent = words; })
      .catch(() => kept.set(form, ""));
  }
  setInterval(() => $$("form[data-draft]").filter(isNew).forEach(keep), 30000);
  addEventListener("pagehide", () => $$("form[data-draft]").filter(isNew).forEach((form) => navigator.sendBeacon(form.dataset.draft, text(form))));
  document.addEventListener("submit", (event) => kept.delete(event.target));

  /* what goes on paper is told first, whoever opened the dialog */
  const papers = () => $$("form[data-print]").filter((form) => !new URLSearchParams(location.search).has("printed"));
  addEventListener("beforeprint", () => papers().forEach((form) => {
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, headers: { "HX-Request": "true" } }).catch(() => {});
  }));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-print=now]")) return;
    event.preventDefault();
    print();
  });

  /* 4 the palette: a combobox over the same search */
  const palette = $("#palette");
  const options = () => $$("[role=option]", palette);
  let waiting;
  function openPalette() {
    if (!palette || palette.open) return;
    palette.showModal();
    const input = $("input", palette);
    input.select();
    seek(input);
  }
  function seek(input) {
    const query = new URLSearchParams({ q: input.value, palette: "1", case: palette.dataset.case || "" });
    htmx.ajax("GET", `${$("form", palette).action}?${query}`, { source: $("form", palette), target: "#palette-list", swap: "innerHTML" })
      .then(() => choose(0));
  }
  function choose(index) {
    const all = options();
    const input = $("input", palette);
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === index)));
    input.setAttribute("aria-expanded", String(all.length > 0));
    if (!all.length) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", all[index].id);
    all[index].scrollIntoView({ block: "nearest" });
  }
  if (palette) {
    const input = $("input", palette);
    input.addEventListener("input", (event) => {
      if (event.isComposing) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => seek(input), 150);
    });
    input.addEventListener("compositionend", () => seek(input));
    palette.addEventListener("keydown", (event) => {
      if (isComposing(event)) return;
      const all = options();
      const here = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && all.length) { event.preventDefault(); choose((here + step + all.length) % all.length); }
      if (event.key === "Enter" && here >= 0) { event.preventDefault(); palette.close(); location.assign(all[here].dataset.address); }
    });
    palette.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.address);
      else if (event.target === palette) palette.close();
    });
  }

  /* 5 the keyboard. Nothing here is the only way, and an input method is never disturbed */
  let composed = -100;
  let going = 0;
  let lastTicked = null;
  document.addEventListener("compositionend", (event) => { composed = event.timeStamp; });
  const isComposing = (event) => event.isComposing || event.keyCode === 229 || event.timeStamp - composed < 50;
  const isField = (element) => Boolean(element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog"));
  const nameOf = (event) => {
    if (/^[\x20-\x7e]$/.test(event.key) || event.key.length > 1 && event.key !== "Process") return event.key;
    return event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
  };
  const ROWS = "main [data-row], main table.cards tbody th a.name, main .events .brief";
  const rows = () => $$(ROWS).filter(seen);

  document.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.defaultPrevented) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK") {
      event.preventDefault();
      return openPalette();
    }
    if (event.key === "Escape") return escape(event);
    if (!plain || document.body.dataset.keys === "off" || isField(event.target)) return;
    const key = nameOf(event);
    if (takes(key, event)) event.preventDefault();
  });

  function takes(key, event) {
    if (going && event.timeStamp - going < 1000) { going = 0; return press(`[data-go="${CSS.escape(key)}"]`); }
    if (key === "g") { going = event.timeStamp; return true; }
    const inside = event.target.closest(".events [data-panel]");
    const row = event.target.closest(ROWS) || (inside && opener(inside));
    if (key === "j" || (key === "ArrowDown" && row)) return move(row, 1);
    if (key === "k" || (key === "ArrowUp" && row)) return move(row, -1);
    if (key === "a" && row && press(".act .button", around(row))) return true;
    if (key === "o" && row) { row.click(); return true; }
    if (key === " " && row && !row.matches("summary")) return press("[data-expand]", around(row));
    if ((key === "x" || key === "X") && row) return tick(row, event.shiftKey);
    if (key === "f") return press("form.filters select, form.filters input:not([type=hidden]), #filters input:not([type=hidden])");
    if (key === "d" && difference(event.target)) return true;
    return press(`[data-key="${CSS.escape(key)}"]`);
  }
  /* the trail: from one changed field to the next; a folded entry that has some unfolds on the way */
  const CHANGED = ".events [data-changes][aria-expanded=false]";
  function difference(here) {
    const all = $$(`.events .diff tbody tr, ${CHANGED}`);
    const next = here.matches(CHANGED) ? here : all.find((line) => here.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING && !line.contains(here));
    if (!next) return false;
    const fold = next.closest("details");
    if (fold) fold.open = true;
    stepping = next.matches(CHANGED);
    if (stepping) next.click(); else focus(next);
    return true;
  }
  const around = (row) => row.closest("tr, li") || row;
  // A link within the page scrolls; the focus has to come along, or Tab goes on from the top.
  function arrive(link) {
    const part = link.hash && link.pathname === location.pathname && document.getElementById(link.hash.slice(1));
    if (!part) return;
    const at = part.querySelector("h2") || part;
    at.tabIndex = -1;
    at.focus({ preventScroll: true });
  }

  function press(selector, root) {
    const all = $$(selector, root).filter(seen);
    const found = all.find((element) => element.closest("main")) || all[0];
    if (!found) return false;
    if (found.matches("input:not([type=checkbox], [type=radio]), select, textarea")) found.focus();
    else { found.click(); arrive(found); }
    return true;
  }
  function move(row, step) {
    const all = rows();
    if (!all.length) return false;
    const next = all[row ? all.indexOf(row) + step : 0];
    if (next) next.focus();
    return true;
  }
  function tick(row, isRange) {
    const all = rows();
    const from = isRange && lastTicked ? all.indexOf(lastTicked) : all.indexOf(row);
    const [first, last] = [from, all.indexOf(row)].sort((a, b) => a - b);
    const boxes = all.slice(Math.max(0, first), last + 1).map((r) => $("input[type=checkbox]", around(r))).filter(Boolean);
    for (const box of boxes) if (!isRange || !box.checked) box.click();
    lastTicked = row;
    return boxes.length > 0;
  }
  function escape(event) {
    const own = panelOf(event.target);
    const block = event.target.closest("[data-panel]") || (own && own.matches("[data-panel]") && own) || $$("[data-panel]").find((panel) => panel.childElementCount && seen(panel));
    const menu = event.target.closest("details.menu[open]") || $("details.menu[open]");
    const fold = event.target.closest("dialog") ? null : $("tr.inside [data-fold]");
    if (menu) { menu.open = false; $("summary", menu).focus(); }
    else if (fold) fold.click();
    else if (isField(event.target) && !event.target.closest("[data-panel], dialog")) event.target.blur();
    else if (block && block.childElementCount && !event.target.closest("dialog")) close(block);
  }
})();
