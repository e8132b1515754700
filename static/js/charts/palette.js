// Colours from the style sheet, as a canvas understands them.

const NAMES = {
  green: "--ink-green", red: "--ink-red", blue: "--accent", amber: "--ink-amber",
  grey: "--secondary", text: "--body-color", line: "--border-color", surface: "--bg-surface",
};

// The style sheet may speak of colours in ways that ECharts cannot read: a pixel tells.
function asRgb(color) {
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  pixel.canvas.width = pixel.canvas.height = 1;
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${(alpha / 255).toFixed(3)})`;
}

export function palette(figure, scheme = "") {
  const probe = document.createElement("span");
  probe.hidden = true;
  // Paper is white, whatever the screen shows.
  if (scheme) probe.dataset.bsTheme = scheme;
  figure.append(probe);
  const colors = {};
  for (const [name, variable] of Object.entries(NAMES)) {
    probe.style.color = `var(${variable})`;
    colors[name] = asRgb(getComputedStyle(probe).color);
  }
  colors.font = getComputedStyle(figure).fontFamily;
  probe.remove();
  return colors;
}
