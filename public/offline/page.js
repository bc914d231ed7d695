// The stand-in for a page that is not kept: which one it is, what else is kept and since when, and on by itself when the server
// answers again.

const FORM = "mission-control-1-";

try {
  // As everywhere: the theme that was chosen, before the first paint.
  const theme = localStorage.getItem("hermes-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // The system's theme, then.
}

/** How long ago, in words: `3 hours ago`. */
function ago(ms) {
  const units = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]];
  const words = new Intl.RelativeTimeFormat("en-GB", { numeric: "always" });
  for (const [unit, length] of units) {
    if (ms >= length) return words.format(-Math.floor(ms / length), unit);
  }
  return "less than a minute ago";
}

/** The pages that are kept, the newest first. */
async function kept() {
  const pages = [];
  for (const name of (await caches.keys()).filter((name) => name.startsWith(FORM))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      const at = Date.parse(answer?.headers.get("x-kept-at") ?? "");
      // What is older is not shown any more (`LONGEST_MS` in `/sw.js`).
      if (!at || Date.now() - at > 30 * 86_400_000) continue;
      const { pathname, search } = new URL(request.url);
      // The title alone: the whole page has styles that this one's policy would refuse.
      const [title = ""] = /<title>[^<]*<\/title>/.exec(await answer.text()) ?? [];
      const words = new DOMParser().parseFromString(title, "text/html").title.replace(/ · Hermes Mission Control$/, "");
      pages.push({ at, href: pathname + search, title: words || pathname });
    }
  }
  return pages.sort((a, b) => b.at - a.at);
}

function entry({ at, href, title }) {
  const link = Object.assign(document.createElement("a"), { className: "link", href, textContent: title });
  const path = Object.assign(document.createElement("code"), { className: "t3 path", textContent: href });
  const time = Object.assign(document.createElement("time"), { dateTime: new Date(at).toISOString() });
  const day = new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const tell = () => (time.textContent = `as it was ${ago(Date.now() - at)}, ${day}`);
  tell();
  setInterval(tell, 10_000);
  time.className = "t2";
  const line = Object.assign(document.createElement("p"), { className: "panel-line" });
  line.append(link, " ", path, " ", time);
  const item = document.createElement("li");
  item.append(line);
  return item;
}

async function show() {
  document.getElementById("address").textContent = location.pathname + location.search;
  const pages = await kept().catch(() => []);
  document.getElementById("count").textContent = String(pages.length);
  document.getElementById("none").hidden = pages.length > 0;
  document.getElementById("kept").append(...pages.map(entry));
  const { whenServerAnswers } = await import("./back.js");
  whenServerAnswers(() => location.reload());
}

addEventListener("DOMContentLoaded", show);
