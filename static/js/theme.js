// Sets the colours before the first paint; loaded blocking, so it stays tiny.
// The cookie is this browser's own choice and wins over the one saved with the account.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function paint() {
  const own = /(?:^|; )theme=(light|dark|system)/.exec(document.cookie);
  const wish = own ? own[1] : root.dataset.theme;
  const system = dark.matches ? "dark" : "light";
  root.dataset.bsTheme = wish === "light" || wish === "dark" ? wish : system;
}

root.classList.add("js");
paint();
dark.addEventListener("change", paint);
addEventListener("theme", paint);
