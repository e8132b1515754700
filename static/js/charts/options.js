// What ECharts is told to draw for the values of a table.

const TONES = ["blue", "amber", "green", "red", "grey"];

function inWords(value, unit) {
  if (value === null || value === undefined) return "–";
  return `${value.toLocaleString(document.documentElement.lang)}${unit && ` ${unit}`}`;
}

function tooltip(colors, formatter) {
  return {
    // HTML would bring style attributes, which the security policy refuses.
    renderMode: "richText", confine: true, formatter,
    backgroundColor: colors.surface, borderColor: colors.line,
    textStyle: { color: colors.text, fontFamily: colors.font, fontSize: 13 },
  };
}

function common(data, colors, paper) {
  return {
    animation: false,
    textStyle: { fontFamily: colors.font },
    // Paper is often grey: there patterns tell the series apart.
    aria: {
      enabled: true, label: { description: data.title },
      decal: { show: paper && data.series.length > 1 },
    },
  };
}

function axisOf(colors, more) {
  return {
    axisLine: { lineStyle: { color: colors.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colors.line } },
    axisLabel: { color: colors.text, fontSize: 12 },
    ...more,
  };
}

function valueAxis(colors, unit, more = {}) {
  return axisOf(colors, {
    type: "value", minInterval: unit ? undefined : 1, ...more,
    axisLabel: {
      color: colors.text, fontSize: 12, hideOverlap: true,
      formatter: (value) => inWords(value, unit),
    },
  });
}

function nameAxis(data, colors, width, lying) {
  return axisOf(colors, {
    type: "category", data: data.names, inverse: lying, splitLine: { show: false },
    axisLabel: {
      color: colors.text, fontSize: 12,
      ...(lying
        ? { width: width * 0.32, overflow: "truncate" }
        : { hideOverlap: true, rotate: data.names.length * 64 > width ? 45 : 0 }),
    },
  });
}

function drawSeries(one, index, data, colors, lying) {
  const color = colors[one.tone ?? TONES[index % TONES.length]];
  const line = (one.as ?? data.kind) === "line";
  return {
    name: one.name, type: line ? "line" : "bar", data: one.values, color,
    stack: data.stacked && !line ? "all" : undefined, barMaxWidth: 28,
    [lying ? "xAxisIndex" : "yAxisIndex"]: one.unit && one.unit !== data.unit ? 1 : 0,
    symbolSize: 7, connectNulls: false, z: line ? 3 : 2,
    label: {
      show: lying && !data.stacked, position: "right", color: colors.text, fontSize: 12,
      formatter: ({ dataIndex }) => one.said[dataIndex],
    },
  };
}

export function optionsFor(data, colors, width, paper) {
  const lying = data.kind === "rows";
  const other = data.series.find((one) => one.unit && one.unit !== data.unit);
  const values = [valueAxis(colors, data.unit)];
  if (other) values.push(valueAxis(colors, other.unit, { splitLine: { show: false }, min: 0 }));
  const names = nameAxis(data, colors, width, lying);
  return {
    ...common(data, colors, paper),
    grid: {
      left: 4, right: lying ? 56 : 8, top: data.series.length > 1 ? 40 : 16, bottom: 4,
      outerBoundsMode: "same", outerBoundsContain: "axisLabel",
    },
    legend: { show: data.series.length > 1, top: 0, textStyle: { color: colors.text } },
    tooltip: { trigger: "axis", ...tooltip(colors, (points) => [
      data.names[points[0].dataIndex],
      ...points.map((point) => `${point.seriesName}: ${
        data.series[point.seriesIndex].said[point.dataIndex] || "–"}`),
    ].join("\n")) },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: data.series.map((one, index) => drawSeries(one, index, data, colors, lying)),
  };
}
