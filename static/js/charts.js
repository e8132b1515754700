// Charts drawn from tables that stand in the page. Loaded only by pages that have one:
//   {% from 'layout/_charts.html' import chart, chart_script with context %}
//   {% call chart('rows', _('Reasons')) %}<table class="table">…</table>{% endcall %}
//   {% block scripts %}{{ chart_script() }}{% endblock %}
// The numbers exist once, in the table: it works without scripts, is read aloud, and prints.
//
// <figure data-chart="…">: "bar" columns over time, "rows" bars beside long words, "line".
//   Options: data-stacked, data-unit="%". A heat map needs no drawing: it is a table with colours,
//   <td data-heat="0…8"> (charts.css).
// <thead>: the first cell names the rows, every other one a series:
//   <th data-tone="green|red|blue|amber|grey" data-as="bar|line|none" data-unit="%">;
//   a series with a unit of its own gets the axis on the right; "none" is not drawn.
// <tbody>: <th> names the row; <td data-value="12.5"> is a value, or its text is; empty draws
//   nothing. A link in a cell opens when its bar is clicked. <tr data-sum> is not drawn.
// Colours come from the style sheet. Strict CSP: a canvas, and tooltips drawn in it as well.
import { use, init } from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import {
  AriaComponent, GridSimpleComponent, LegendPlainComponent, TooltipComponent,
} from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { optionsFor } from "./charts/options.js";
import { palette } from "./charts/palette.js";
import { heightOf, readTable } from "./charts/table.js";

use([
  BarChart, LineChart, GridSimpleComponent, TooltipComponent, LegendPlainComponent, AriaComponent,
  CanvasRenderer,
]);

const PAPER_WIDTH = 680;
const drawn = new Map();

// A drawing of its own for paper and pictures: always light, always the same width.
function onPaper(figure) {
  const data = readTable(figure);
  const chart = init(document.createElement("div"), null, {
    width: PAPER_WIDTH, height: heightOf(data), devicePixelRatio: 1,
  });
  chart.setOption(optionsFor(data, palette(figure, "light"), PAPER_WIDTH, true));
  const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: "#fff" });
  chart.dispose();
  return canvas;
}

function draw(figure) {
  const { chart, place } = drawn.get(figure);
  const data = readTable(figure);
  place.style.height = `${heightOf(data)}px`;
  chart.resize();
  chart.setOption(optionsFor(data, palette(figure), place.clientWidth, false), true);
}

function openLink(figure, event) {
  const link = readTable(figure).linkOf(event);
  if (link) location.assign(link);
}

function save(figure) {
  const name = figure.querySelector("figcaption")?.textContent.trim() || "chart";
  const link = document.createElement("a");
  link.download = `${name.replace(/[\\/:*?"<>|\s]+/g, " ")}.png`;
  link.href = onPaper(figure).toDataURL("image/png");
  link.click();
}

function setUp(figure) {
  const place = figure.querySelector("[data-chart-place]");
  if (drawn.has(figure) || !place || readTable(figure).isEmpty) return;
  place.hidden = false;
  const chart = init(place, null, { renderer: "canvas" });
  drawn.set(figure, { chart, place });
  draw(figure);
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth && place.clientWidth !== width) draw(figure);
    width = place.clientWidth || width;
  }).observe(place);
  chart.on("click", (event) => openLink(figure, event));
  chart.on("mousemove", (event) => {
    chart.getZr().setCursorStyle(readTable(figure).linkOf(event) ? "pointer" : "default");
  });
  const button = figure.querySelector("[data-chart-png]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => save(figure));
  }
}

function setUpAll(root) {
  for (const [figure, { chart }] of drawn) {
    if (figure.isConnected) continue;
    chart.dispose();
    drawn.delete(figure);
  }
  if (root.matches?.("[data-chart]")) setUp(root);
  root.querySelectorAll("[data-chart]").forEach(setUp);
}

function toPaper() {
  for (const figure of drawn.keys()) {
    const paper = figure.querySelector("[data-chart-paper]");
    paper?.replaceChildren(onPaper(figure));
  }
}

setUpAll(document);
window.htmx?.onLoad(setUpAll);
new MutationObserver(() => [...drawn.keys()].forEach(draw))
  .observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
addEventListener("beforeprint", toPaper);
matchMedia("print").addEventListener("change", (print) => { if (print.matches) toPaper(); });
