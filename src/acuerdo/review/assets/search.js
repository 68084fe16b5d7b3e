/* Search across the review. The index is fetched when the search is first used; it is a script, so that pages opened
   from a disk can load it. Without scripts the form stays hidden and a list of all pages stands in its place. */
(() => {
  "use strict";
  const form = document.querySelector("form.search");
  if (!form) return;
  const input = form.querySelector("input");
  const panel = form.querySelector(".found");
  const told = panel.querySelector("p");
  const root = form.dataset.index.replace(/[^/]*$/, "");
  const SHOWN = 5;
  // What a hit is worth: a word of the title or of the id, its beginning, a word elsewhere, in a table, a state's name
  const [WHOLE, START, BELOW, ROW, STATE] = [9, 5, 2, 1, 0.5];
  // Words that stand nearly everywhere tell nothing
  const small = new Set("a an and are by did de del do does el en for from in la las los of on or por que se the to un una was with y".split(" "));

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = (text) => plain(text).match(/[\p{L}\d]+/gu) ?? [];
  const stem = (word) => (word.length > 4 ? word.replace(/([dlnr])es$|s$/, "$1") : word);
  const make = (tag, given, ...inner) => {
    const node = Object.assign(document.createElement(tag), given);
    node.append(...inner);
    return node;
  };

  let index = null;
  window.acuerdoIndex = (whole) => {
    const places = Object.fromEntries(Object.entries(whole.places).map(([key, names]) => [key, names.split(" ")]));
    const entries = whole.entries.map(([group, to, title, about = "", hidden = "", country = ""]) => ({
      group, to, title, about, country,
      name: new Set([...parts(title), ...parts(to)]),
      rest: new Set([...parts(about), ...hidden.split(" ")]),
      states: places[country] ?? [],
      rows: [],
    }));
    for (const [word, ...numbers] of whole.tables.split(";").map((one) => one.split(" "))) {
      for (const number of numbers) entries[number].rows.push(word);
    }
    const words = new Set(entries.flatMap(({ name, rest, rows }) => [...name, ...rest, ...rows]).concat(...Object.values(places)));
    index = { groups: whole.groups, entries, words };
    show();
  };

  // How well an entry answers one word
  const worth = (entry, word) => {
    const start = stem(word);
    if (entry.name.has(word)) return WHOLE;
    if ([...entry.name].some((one) => one.startsWith(start))) return START;
    if ([...entry.rest].some((one) => one.startsWith(start))) return BELOW;
    if (entry.rows.some((one) => one.startsWith(start))) return ROW;
    return entry.states.some((one) => one.startsWith(start)) ? STATE : 0;
  };

  const hits = (asked) => index.entries
    .map((entry) => ({ entry, each: asked.map((word) => worth(entry, word)) }))
    .filter(({ each }) => each.every(Boolean))
    .map(({ entry, each }) => ({ entry, least: Math.min(...each), score: each.reduce((sum, one) => sum + one, 0) }));

  // Number of letters to put in, take out or change, given up beyond two
  const apart = (one, other) => {
    if (Math.abs(one.length - other.length) > 2) return 3;
    let row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[other.length];
  };

  const nearest = (word) => {
    const near = [...index.words].map((one) => [apart(word, one), one]).filter(([far]) => far <= (word.length > 6 ? 2 : 1));
    return near.sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1))[0]?.[1];
  };

  const marked = (text, asked) => text.split(/([\p{L}\p{M}\d]+)/u).map((part, at) =>
    (at % 2 && asked.some((word) => plain(part).startsWith(stem(word))) ? make("mark", {}, part) : part));

  // Where a hit leads: to the map for a state, and for a word of a table to that word, in browsers that can
  const place = (entry, anchor, least, asked) => {
    if (least === STATE) return "#map";
    if (least > ROW) return anchor ? `#${anchor}` : "";
    const inside = asked.map((word) => entry.rows.find((one) => one.startsWith(stem(word)))).find(Boolean);
    return `#${anchor ?? ""}:~:text=${inside}`;
  };

  const item = ({ entry, least }, asked) => {
    const told = { [STATE]: [form.dataset.states], [ROW]: [form.dataset.rows] }[least] ?? marked(entry.about, asked);
    const [path, anchor] = entry.to.split("#");
    const link = make("a", { href: `${root}${path}.html${place(entry, anchor, least, asked)}` }, ...marked(entry.title, asked));
    return make("li", {}, link, make("span", { className: "sub" }, ...told));
  };

  const group = (number, found, asked) => {
    const [key, title] = index.groups[number];
    const list = make("ul", {}, ...found.slice(0, SHOWN).map((one) => item(one, asked)));
    list.setAttribute("aria-labelledby", `search-${key}`);
    const whole = [make("p", { className: "label", id: `search-${key}` }, title), list];
    if (found.length > SHOWN) {
      const more = make("button", { type: "button" }, form.dataset.more.replace("#", found.length));
      more.setAttribute("aria-describedby", `search-${key}`);
      more.addEventListener("click", () => {
        list.append(...found.slice(SHOWN).map((one) => item(one, asked)));
        more.remove();
        list.children[SHOWN].querySelector("a").focus();
      });
      whole.push(more);
    }
    return make("div", {}, ...whole);
  };

  const offer = (asked) => {
    const better = asked.map((word) => (hits([word]).length ? word : nearest(word)));
    if (better.includes(undefined) || !hits(better).length) return false;
    const button = make("button", { type: "button" }, better.join(" "));
    button.addEventListener("click", () => { input.value = better.join(" "); show(); input.focus(); });
    panel.append(button);
    return true;
  };

  const show = () => {
    const words = parts(input.value);
    const telling = words.filter((one) => !small.has(one));
    const asked = telling.length ? telling : words;
    panel.hidden = !index || !asked.join("").length;
    panel.replaceChildren(told);
    if (panel.hidden) return;
    const found = hits(asked).sort((a, b) =>
      b.score - a.score || a.entry.group - b.entry.group || a.entry.title.length - b.entry.title.length);
    const numbers = [...new Set(found.map(({ entry }) => entry.group))];
    panel.append(...numbers.map((number) => group(number, found.filter(({ entry }) => entry.group === number), asked)));
    const { none, near, one, some } = form.dataset;
    told.textContent = found.length > 1 ? some.replace("#", found.length) : found.length ? one : offer(asked) ? near : none;
  };

  const close = () => { panel.hidden = true; };
  const fetch_index = () => {
    if (document.querySelector("script[data-search]")) return;
    const script = make("script", { src: form.dataset.index });
    script.dataset.search = "";
    document.head.append(script);
  };

  form.hidden = false;
  input.addEventListener("focus", () => { fetch_index(); show(); });
  input.addEventListener("input", show);
  const first = () => panel.querySelector("a, button");
  form.addEventListener("submit", (event) => { event.preventDefault(); first()?.focus(); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { input.focus(); close(); }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || panel.hidden) return;
    event.preventDefault();
    const stops = [input, ...panel.querySelectorAll("a, button")];
    stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
  });
  document.addEventListener("pointerdown", (event) => { if (!form.contains(event.target)) close(); });
  form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });
})();
