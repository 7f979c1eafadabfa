/* Asked of a page by tests/support/looking.py; each answers with lines that name what is wrong. */
window.looking = {
  /* What axe-core finds, one line a rule; only in these elements, and without some rules. */
  barriers: (runOnly, without = [], within = document) => axe.run(within, {
    runOnly,
    rules: runOnly.type === "tag" ? Object.fromEntries(without.map((rule) => [rule, { enabled: false }])) : {},
    resultTypes: ["violations"],
    preload: false,
  }).then((found) => found.violations.map((rule) => {
    const places = rule.nodes.map((node) => node.target.join(" "));
    return `${rule.id} at ${places.slice(0, 3).join(" | ")} (${places.length})`;
  })),

  /* Of what no page has shown before in this dress, one of each kind; nothing new, nothing to ask. */
  colors: (runOnly, dress) => {
    const include = looking.kinds(dress);
    return include.length ? looking.barriers(runOnly, [], { include }) : [];
  },

  /* One element of each kind that shows words: the same nest of elements, classes and colors. */
  kinds: (dress) => {
    const nests = new Map([[null, 0]]);
    const nest = (e) => {
      if (!nests.has(e)) {
        const { color, backgroundColor, backgroundImage, fontSize, fontWeight, opacity } = getComputedStyle(e);
        const told = [e.tagName, e.getAttribute("class"), color, backgroundColor, backgroundImage,
          fontSize, fontWeight, opacity].join(" ");
        nests.set(e, [...told].reduce((sum, c) => (sum * 33 + c.codePointAt(0)) % 2 ** 47, nest(e.parentElement)));
      }
      return nests.get(e);
    };
    const worded = (e) => e.matches("a, button, input, select, textarea")
      || [...e.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    const known = new Set(JSON.parse(sessionStorage.getItem(dress) || "[]"));
    const fresh = [...document.querySelectorAll("body *")].filter((e) => e.getClientRects().length
      && worded(e) && known.size < known.add(nest(e)).size);
    sessionStorage.setItem(dress, JSON.stringify([...known]));
    return fresh;
  },

  /* A box that hides what runs out of it: something cannot be read. */
  cut: () => [...document.querySelectorAll("body *")].filter((e) => e.scrollWidth > e.clientWidth + 1
    && e.clientWidth > 2 && ["hidden", "clip"].includes(getComputedStyle(e).overflowX)
    && !e.closest("svg, .hidden, iframe, textarea, select, input")).map(looking.name),

  /* How far the page scrolls sideways, and the innermost box that makes it. */
  over: () => {
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over <= 0) return [];
    const out = [...document.querySelectorAll("body *")].filter((e) => e.getClientRects().length
      && !e.closest(".scroll, .hidden, svg") && e.getBoundingClientRect().right > innerWidth + 1);
    return [`${over} px over: ${out.slice(-1).map(looking.name)}`];
  },

  /* Where the focus is: which element, whether its ring shows, whether a bar lies over it. */
  ring: () => {
    const e = document.activeElement;
    if (e === document.body) return { mark: -1, told: "body", fault: "" };
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    const mark = [...document.querySelectorAll("*")].indexOf(e);
    const rung = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const x = Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width / 2, 12)));
    const y = Math.min(innerHeight - 1, Math.max(0, box.top + box.height / 2));
    const seen = document.elementFromPoint(x, y);
    const over = seen && !e.contains(seen) && seen.closest(".top, nav.places");
    const covered = over && !over.contains(e) && getComputedStyle(over).position !== "static";
    const away = box.bottom < 0 || box.top > innerHeight;
    const fault = !rung ? "no ring" : covered ? "under a bar" : away ? "out of sight" : "";
    return { mark, told: looking.name(e), fault };
  },

  dress: (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  },

  name: (e) => `${e.tagName.toLowerCase()}${e.id && `#${e.id}`} ${e.getAttribute("class") || ""}`
    + ` "${(e.textContent || e.value || "").trim().slice(0, 24)}"`,
};
