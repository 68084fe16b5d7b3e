/* On a narrow screen long detail waits behind its title. Without scripts, on a wide screen and on paper it stands open. */
(() => {
  "use strict";
  const narrow = matchMedia("(max-width: 40rem)");
  const folds = [...document.querySelectorAll("details.fold")];
  if (!folds.length) return;

  const set = (open) => folds.forEach((one) => { one.open = open; });
  // A link that leads into a fold, or to a part with folds in it, opens them
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const found = folds.filter((one) => target && (one.contains(target) || target.contains(one)));
    found.forEach((one) => { one.open = true; });
    if (found.length) target.scrollIntoView();
  };
  const fit = () => { set(!narrow.matches); reveal(); };

  fit();
  narrow.addEventListener("change", fit);
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => set(true));
})();
