// What a page does for the worker (`/sw.js`): it installs it, and tells it where it is. Loaded by every page once it stands;
// it begins when the client is at work.

import { whenServerAnswers } from "./back.js";

const html = document.documentElement;
/** Where this browser notes that nothing is to be kept. */
const SETTING = "hermes-offline";
/** What the names of the worker's caches begin with. */
const FAMILY = "mission-control-";
/** For how long an address must stand until it is worth keeping: in fields one types. */
const SETTLED_MS = 3000;

/** Whether this page is a copy that the worker handed out. The mark goes when something was heard of the server. */
const isCopy = "kept" in html.dataset;

const wanted = () => {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true; // storage is off: the worker has none either
  }
};

/** Calls `then` when the client has taken over the page. */
function hydrated(then) {
  if (html.dataset.hydrated) return then();
  const watch = new MutationObserver(() => {
    if (!html.dataset.hydrated) return;
    watch.disconnect();
    then();
  });
  watch.observe(html, { attributeFilter: ["data-hydrated"] });
}

const isStale = () => document.querySelector(".pulse")?.dataset.state === "stale";

/** Whether something was written or chosen that a reload would lose, or told that nobody has answered to. */
const isTyped = () =>
  document.querySelector(".change-failed, .change-pending, .live-notice [role=alert]") !== null ||
  [...document.querySelectorAll("form[method=post] :is(input, textarea, option)")].some((field) =>
    field.localName === "option"
      ? field.selected !== field.defaultSelected && field.parentElement.querySelector("[selected]") !== null
      : field.value !== field.defaultValue || field.checked !== field.defaultChecked,
  );

/** Tells the worker to keep the page that one looks at, as it is now. */
async function tell() {
  if (!wanted() || isStale()) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ keep: location.pathname + location.search });
}

/** A page that was loaded by its address has come by the worker; one that was reached within the app has not. */
function tellOfPages() {
  let settling = 0;
  globalThis.navigation?.addEventListener("currententrychange", () => {
    clearTimeout(settling);
    settling = setTimeout(tell, SETTLED_MS);
  });
  // What one saw last is what one wants to find.
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void tell();
  });
}

/**
 * Without a connection a link loads its page, which the worker can answer; within the app, the page would ask the server for
 * its data, and have nothing to show.
 */
function loadPagesWhileStale() {
  const clicked = (event) => {
    const link = event.target.closest?.("a[href]");
    const elsewhere = link && link.pathname + link.search !== location.pathname + location.search;
    if (elsewhere && link.origin === location.origin && isStale() && navigator.serviceWorker.controller) {
      event.stopImmediatePropagation();
    }
  };
  addEventListener("click", clicked, true);
}

async function turn(on) {
  try {
    if (on) localStorage.removeItem(SETTING);
    else localStorage.setItem(SETTING, "off");
  } catch {
    // As above.
  }
  if (on) return install().then(tell);
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    if (new URL(registration.scope).pathname === "/hermes") await registration.unregister();
  }
  for (const name of await caches.keys()) {
    if (name.startsWith(FAMILY)) await caches.delete(name);
  }
}

const install = () => navigator.serviceWorker.register("/sw.js", { scope: "/hermes" });

/** The switch of the settings page: what it does, and what it says. */
function listenToSwitch() {
  const say = () => (html.dataset.offline = wanted() ? "on" : "off");
  say();
  addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-offline-turn]");
    if (!button) return;
    await turn(button.dataset.offlineTurn === "on");
    say();
  });
}

async function start() {
  // On plain HTTP from another machine there are no workers, and all else works without.
  if (!navigator.serviceWorker) return;
  listenToSwitch();
  loadPagesWhileStale();
  tellOfPages();
  if (!wanted()) return;
  // The page that brought the worker in has not come by it.
  const first = !navigator.serviceWorker.controller;
  try {
    await install();
    if (first) await tell();
  } catch {
    // The browser refuses: all else works without.
  }
}

// What was typed stays: such a page goes on by itself, without being loaded again.
if (isCopy) whenServerAnswers(() => isTyped() || location.reload());
hydrated(start);
