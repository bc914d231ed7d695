// Runs before the first paint: the chosen theme holds at once, else the system's.
(() => {
  const html = document.documentElement;
  html.dataset.scripts = "on";
  const key = "hermes-theme";
  let saved = null;
  try { saved = localStorage.getItem(key); } catch { /* storage is off: the choice lasts for this page */ }
  if (saved === "light" || saved === "dark") html.dataset.theme = saved;
  addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    const dark = html.dataset.theme ? html.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    html.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem(key, html.dataset.theme); } catch { /* as above */ }
  });
})();
