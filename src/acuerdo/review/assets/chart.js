/* Values on pointing at a chart, or on moving through it with the arrow keys. Everything also stands in the table. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";

  const nearest = (spots, x, y) => {
    let best = 0, least = Infinity;
    spots.forEach(([px, py], index) => {
      const far = (px - x) ** 2 + ((py - y) * 0.55) ** 2;
      if (far < least) { least = far; best = index; }
    });
    return best;
  };

  const enliven = (chart) => {
    const svg = chart.querySelector("svg");
    const data = chart.querySelector("script");
    if (!svg || !data) return;
    const spots = JSON.parse(data.textContent);
    if (!spots.length) return;
    const box = svg.viewBox.baseVal;
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    tip.setAttribute("role", "status");
    const ring = document.createElementNS(SVG, "circle");
    ring.setAttribute("class", "ring");
    ring.setAttribute("r", "7");
    ring.style.display = "none";
    svg.append(ring);
    chart.append(tip);
    let current = spots.length - 1;

    const show = (index) => {
      current = index;
      const [x, y, text] = spots[index];
      ring.setAttribute("cx", x);
      ring.setAttribute("cy", y);
      ring.style.display = "";
      tip.textContent = text;
      tip.hidden = false;
      const scale = svg.clientWidth / box.width;
      const half = tip.offsetWidth / 2;
      const left = Math.min(Math.max(x * scale, half), chart.clientWidth - half);
      tip.style.left = `${left}px`;
      tip.style.top = `${Math.max(y * scale, tip.offsetHeight + 12)}px`;
    };
    const hide = () => { tip.hidden = true; ring.style.display = "none"; };

    svg.addEventListener("pointermove", (event) => {
      const area = svg.getBoundingClientRect();
      const scale = box.width / area.width;
      show(nearest(spots, (event.clientX - area.left) * scale, (event.clientY - area.top) * scale));
    });
    svg.addEventListener("pointerleave", hide);
    chart.tabIndex = 0;
    chart.addEventListener("focus", () => { if (chart.matches(":focus-visible")) show(current); });
    chart.addEventListener("blur", hide);
    chart.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
      if (event.key === "Escape") hide();
      if (step === undefined) return;
      event.preventDefault();
      show(Math.min(Math.max(current + step, 0), spots.length - 1));
    });
  };

  document.querySelectorAll(".chart").forEach(enliven);
})();
