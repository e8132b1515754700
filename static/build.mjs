// Fills static/vendor/ with the four files a page loads: theme.js, app.js, app.css, icons.svg;
// and charts.js, for pages with a chart.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, "..", "node_modules");
// Built beside it and put in place whole: a portal that is running never misses a file.
const place = path.join(here, "vendor");
const vendor = path.join(modules, `.portal-build-${process.pid}`);

// Browsers of the last two years; Tabler's colours (light-dark, oklch) need them anyway.
const target = ["chrome123", "safari17.5", "firefox120"];

// Lets our CSS import tabler.scss, which names only the parts of Tabler that we use.
const scss = {
  name: "scss",
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path: file }) => ({
      contents: sass.compile(file, {
        loadPaths: [path.join(modules, "@tabler/core/scss")],
        quietDeps: true,
      }).css,
      loader: "css",
    }));
  },
};

// Chinese is written without spaces, so "@" calls somebody wherever no e-mail address can be meant;
// the element itself wants a space before it, and offers no option. The server's rule is the same.
const BOUNDARY = "const boundary = /\\s|\\(|\\[/;";
const mentions = {
  name: "mentions",
  setup(build) {
    build.onLoad({ filter: /text-expander-element[\\/]dist[\\/]index\.js$/ }, async ({ path: file }) => {
      const contents = await readFile(file, "utf8");
      if (!contents.includes(BOUNDARY)) throw new Error("text-expander has changed: look at BOUNDARY");
      return { contents: contents.replace(BOUNDARY, "const boundary = /[^A-Za-z0-9._%+\\-@/\\\\]/;"), loader: "js" };
    });
  },
};

function bundle(entry, output, options = {}) {
  return esbuild.build({
    entryPoints: [path.join(here, entry)],
    outfile: path.join(vendor, output),
    bundle: true,
    minify: true,
    format: "iife",
    target,
    legalComments: "eof",
    logLevel: "warning",
    ...options,
  });
}

// "star-filled" means the filled drawing of "star"; every other name is an outline.
async function symbol(name) {
  const filled = name.endsWith("-filled");
  const file = filled ? `filled/${name.slice(0, -7)}` : `outline/${name}`;
  const svg = await readFile(path.join(modules, "@tabler/icons/icons", `${file}.svg`), "utf8");
  const shapes = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"))
    .replace(/\s*<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "")
    .replace(/>\s+</g, "><").trim();
  const paint = filled
    ? 'fill="currentColor" stroke="none"'
    : 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${shapes}</symbol>`;
}

async function sprite() {
  const names = (await readFile(path.join(here, "icons.txt"), "utf8")).split("\n").filter(Boolean);
  const symbols = await Promise.all(names.map(symbol));
  await writeFile(path.join(vendor, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

// The server sends these in place of the file itself to browsers that take them: compressed once,
// not at every visit.
async function pack() {
  await Promise.all((await readdir(vendor)).map(async (file) => {
    const bytes = await readFile(path.join(vendor, file));
    await writeFile(path.join(vendor, `${file}.gz`), gzipSync(bytes, { level: 9 }));
    await writeFile(path.join(vendor, `${file}.br`), brotliCompressSync(bytes));
  }));
}

// Says what a first visit has to fetch; the aim is to stay below 200 KB.
async function report(files) {
  let total = 0;
  for (const file of files) {
    const bytes = await readFile(path.join(place, file));
    const packed = gzipSync(bytes, { level: 9 }).length;
    total += packed;
    console.log(`${file.padEnd(10)} ${(bytes.length / 1024).toFixed(1)} KB, ${(packed / 1024).toFixed(1)} KB gzip`);
  }
  console.log(`first load ${(total / 1024).toFixed(1)} KB gzip`);
}

await rm(vendor, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });
await Promise.all([
  bundle("js/theme.js", "theme.js"),
  bundle("js/main.js", "app.js", { plugins: [mentions] }),
  bundle("js/charts.js", "charts.js"),
  bundle("js/worker.js", "worker.js"),
  bundle("css/app.css", "app.css", { plugins: [scss] }),
  sprite(),
]);
await pack();
await rm(place, { recursive: true, force: true });
await rename(vendor, place);
await report(["app.css", "app.js", "theme.js", "icons.svg"]);
