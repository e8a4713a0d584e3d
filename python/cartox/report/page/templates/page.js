(() => {
  "use strict";
  const specs = JSON.parse(document.getElementById("chart-specs").textContent);
  const tooltip = document.getElementById("tooltip");
  const announcement = document.getElementById("announcement");
  const views = new Map();

  const TRACE = "trace"; // an id, which is printed as it stands

  const written = (value) => String(value).replaceAll("_", " ");

  function showTooltip(value, x, y) {
    const list = document.createElement("dl");
    for (const [name, text] of Object.entries(value)) {
      if (text === "" || text === null || text === undefined || text === "null") continue;
      const term = document.createElement("dt");
      const definition = document.createElement("dd");
      term.textContent = name;
      definition.textContent = name === TRACE ? text : written(text);
      list.append(term, definition);
    }
    tooltip.replaceChildren(list);
    tooltip.hidden = false;
    const box = tooltip.getBoundingClientRect();
    const left = x + 14 + box.width > window.innerWidth ? x - box.width - 14 : x + 14;
    const top = y + 14 + box.height > window.innerHeight ? y - box.height - 14 : y + 14;
    tooltip.style.left = `${Math.max(4, Math.min(left, window.innerWidth - box.width - 4))}px`;
    tooltip.style.top = `${Math.max(4, top)}px`;
  }

  function hideTooltip() {
    tooltip.hidden = true;
  }

  function handleTooltip(handler, event, item, value) {
    if (value === null || value === undefined || value === "") hideTooltip();
    else showTooltip(typeof value === "object" ? value : { "": value }, event.clientX, event.clientY);
  }

  function readWithKeys(host) {
    let place = -1;
    const marks = () =>
      [...host.querySelectorAll("svg path, svg rect, svg line, svg text")].filter(
        (element) => element.__data__ && typeof element.__data__.tooltip === "object" && element.__data__.tooltip
      );
    host.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hideTooltip();
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      const found = marks();
      if (!found.length) return;
      event.preventDefault();
      place = (place + step + found.length) % found.length;
      const box = found[place].getBoundingClientRect();
      const value = found[place].__data__.tooltip;
      if (box.top < 0 || box.bottom > window.innerHeight) host.scrollIntoView({ block: "center" });
      const now = found[place].getBoundingClientRect();
      showTooltip(value, now.left + now.width / 2, now.top + now.height / 2);
      announcement.textContent = Object.entries(value).map(([name, text]) => `${name}: ${name === TRACE ? text : written(text)}`).join(", ");
    });
    host.addEventListener("blur", hideTooltip);
  }

  async function drawChart(host) {
    const name = host.dataset.chart;
    const drawing = host.querySelector(".drawing");
    const result = await window.vegaEmbed(drawing, specs[name], {
      mode: "vega",
      ast: true,
      renderer: "svg",
      actions: false,
      defaultStyle: false,
      hover: false,
      tooltip: handleTooltip,
    });
    views.set(name, result.view);
    drawing.style.minHeight = "";
    readWithKeys(host);
    host.dataset.drawn = "true";
  }

  function connectLegend(figure) {
    const buttons = [...figure.querySelectorAll(".legend button")];
    const charts = [...figure.querySelectorAll(".chart")];
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const isShown = button.getAttribute("aria-pressed") === "true";
        button.setAttribute("aria-pressed", String(!isShown));
        const hidden = buttons
          .filter((other) => other.getAttribute("aria-pressed") === "false")
          .map((other) => other.dataset.series);
        for (const chart of charts) {
          const view = views.get(chart.dataset.chart);
          if (view) view.signal("hidden", hidden).runAsync();
        }
      });
    }
  }

  function showTraces() {
    const line = document.getElementById("traced");
    document.addEventListener("click", (event) => {
      const id = event.target.closest("[data-trace]")?.dataset.trace ?? event.target.__data__?.tooltip?.[TRACE];
      if (!id || String(window.getSelection())) return;
      line.querySelector("code").textContent = `cartox trace STUDY ${id}`;
      line.hidden = false;
    });
    line.querySelector("button").addEventListener("click", () => (line.hidden = true));
  }

  function followReading() {
    const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          for (const link of links.values()) link.removeAttribute("aria-current");
          links.get(entry.target.id)?.setAttribute("aria-current", "true");
        }
      },
      { rootMargin: "-10% 0px -80% 0px" }
    );
    for (const section of document.querySelectorAll(".section")) observer.observe(section);
  }

  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      details.dataset.opened = "true";
    }
  });
  window.addEventListener("afterprint", () => {
    for (const details of document.querySelectorAll("details[data-opened]")) {
      details.open = false;
      delete details.dataset.opened;
    }
  });

  document.querySelectorAll("[data-figure]").forEach(connectLegend);
  showTraces();
  followReading();
  Promise.all([...document.querySelectorAll(".chart")].map(drawChart)).then(
    () => (document.documentElement.dataset.charts = "drawn"),
    (error) => {
      document.documentElement.dataset.charts = "failed";
      throw error;
    }
  );
})();
