/* Finds claims by words and by verdict. Without scripts the form stays hidden, and every claim stands on the page. */
(() => {
  "use strict";
  const form = document.querySelector("form.find");
  if (!form) return;
  const words = form.querySelector("input");
  const verdict = form.querySelector("select");
  const told = form.querySelector("output");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = (text) => plain(text).match(/\d[\d.,]*\d|[\p{L}\d]+/gu) ?? [];
  // Words that stand in nearly every quotation tell nothing
  const small = new Set("the and that have has had been was were for from with los las del que han una uno por con".split(" "));
  const items = [...document.querySelectorAll("[data-verdict]")].map((node) => ({ node, text: plain(node.textContent) }));
  const folds = [...document.querySelectorAll("details.fold")];
  const sections = [...document.querySelectorAll("section[id]")];

  const show = () => {
    const asked = parts(words.value).filter((one) => one.length > 1 && !small.has(one));
    const scores = items.map(({ text }) => asked.filter((one) => text.includes(one)).length);
    // A whole quotation pasted in need not agree in every word; two in three will do, and the best alone if they all do
    const best = Math.max(0, ...scores);
    const least = best === asked.length ? best : Math.ceil((asked.length * 2) / 3);
    let found = 0;
    items.forEach(({ node }, index) => {
      const fits = scores[index] >= least && (!verdict.value || node.dataset.verdict === verdict.value);
      node.hidden = !fits;
      found += fits ? 1 : 0;
    });
    if (asked.length || verdict.value) folds.forEach((one) => { one.open = true; });
    sections.forEach((one) => { one.hidden = !one.querySelector("[data-verdict]:not([hidden])"); });
    const words_of = { 0: form.dataset.none, 1: form.dataset.one };
    told.textContent = words_of[found] ?? form.dataset.some.replace("#", found);
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", show);
  verdict.addEventListener("change", show);
  show();
})();
