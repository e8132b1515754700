// The table of a chart as plain values: names of rows, series with values and links.

const ROW = 30;
const ROOM = 90;

function words(cell) {
  return cell?.textContent.replace(/\s+/g, " ").trim() ?? "";
}

function valueOf(cell) {
  const text = cell?.dataset.value ?? words(cell).replace(/[^0-9.+-]/g, "");
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

export function readTable(figure) {
  const table = figure.querySelector("table");
  const [corner, ...heads] = table?.tHead?.rows[0]?.cells ?? [];
  const rows = [...(table?.tBodies[0]?.rows ?? [])].filter((row) => !("sum" in row.dataset));
  const series = heads.map((head, index) => ({
    name: words(head),
    tone: head.dataset.tone,
    as: head.dataset.as,
    unit: head.dataset.unit ?? "",
    values: rows.map((row) => valueOf(row.cells[index + 1])),
    said: rows.map((row) => words(row.cells[index + 1])),
    links: rows.map((row) => row.cells[index + 1]?.querySelector("a")?.href),
  })).filter((one) => one.as !== "none");
  return {
    kind: figure.dataset.chart,
    corner: words(corner),
    title: words(figure.querySelector("figcaption")),
    unit: figure.dataset.unit ?? "",
    stacked: "stacked" in figure.dataset,
    names: rows.map((row) => words(row.cells[0])),
    series,
    isEmpty: !series.some((one) => one.values.some((value) => value !== null)),
    linkOf: (event) => series[event.seriesIndex]?.links[event.dataIndex],
  };
}

export function heightOf({ kind, names, series, stacked }) {
  if (kind !== "rows") return 280;
  const bars = stacked ? 1 : Math.max(1, series.length * 0.7);
  return ROOM + names.length * ROW * bars;
}
