// Keeps the last state of the pages that were opened, to show it while the server cannot be reached.
//
// The server always has the first word: what is kept is looked at only where the network fails, never where the server answers,
// and be it with an error. Nothing of the API is kept, no live stream, no answer of a server function, and what changes something
// does not come by here at all: an old answer must not pass for a new one.
//
// Pages and files are kept by build, each build in a cache of its own: a page is only ever shown with the files that it was
// made for. When a page of another build has come, with all of that build's files, what was kept before is dropped.
"use strict";

/** What the names of all our caches begin with. Other programs of this machine may have used this address before. */
const FAMILY = "mission-control-";
/** The caches in the form that this worker knows; the name of the build follows. */
const FORM = `${FAMILY}1-`;

/** Names the files of the build. It is put in last: a cache without it is not whole. */
const FILES = "/offline/files.json";
/** Stands for a page that is not kept. */
const STAND_IN = "/offline/page.html";

const PAGES = "/hermes";
const MOST_PAGES = 24;
const MOST_BYTES = 12 * 1024 * 1024;
/** A page of this size would push out too many others. */
const LARGEST = MOST_BYTES / 4;
const LONGEST_MS = 30 * 24 * 60 * 60 * 1000;

/** Parameters that tell what came of a form: such a page is news once, and no state. */
const ONCE = ["decided", "saved", "deleted", "changed", "refused"];

/** The stand-in's own policy: its script and its styles are files of ours, and nothing else runs there. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// A worker of a newer server takes over at once: it agrees with the pages that are open, since nothing here depends on their build.
addEventListener("install", () => void skipWaiting());
addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(FAMILY) && !name.startsWith(FORM)) await caches.delete(name);
    }
    await clients.claim();
  };
  event.waitUntil(old());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && isPage(url)) event.respondWith(page(event, url));
  else if (request.mode !== "navigate" && isFile(url)) event.respondWith(file(request, url));
});

// A page that was reached within the app was never asked for as a page: it tells where it is.
addEventListener("message", (event) => {
  const url = typeof event.data?.keep === "string" && new URL(event.data.keep, location.origin);
  if (url && url.origin === location.origin && isPage(url)) event.waitUntil(look(url));
});

function isPage({ pathname }) {
  return pathname === PAGES || pathname.startsWith(`${PAGES}/`);
}

function isFile({ pathname }) {
  return pathname.startsWith("/pkg/") || (pathname.startsWith("/offline/") && pathname !== FILES) || pathname === "/favicon.svg";
}

/** The page as the server has it; where it cannot be reached, as it was; else the stand-in. */
async function page(event, url) {
  let answer;
  try {
    // Going back may be answered from the browser's memory, which would pass for the server's word of now.
    answer = await fetch(new Request(event.request, { cache: "no-store" }));
  } catch {
    return (await copy(url)) ?? (await standIn());
  }
  event.waitUntil(keep(url, answer.clone()));
  return answer;
}

/** Hashed files lie in the browser's own cache for ever; what is kept here is for when it has dropped them. */
async function file(request, url) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await find(url);
    if (found) return found;
    throw error;
  }
}

/** Asks for a page to keep it. Without cookies, so that it does not count as a visit of the founder's. */
async function look(url) {
  try {
    await keep(url, await fetch(url, { cache: "no-store", credentials: "omit", headers: { accept: "text/html" } }));
  } catch {
    // Not to be reached: what was kept before stays.
  }
}

let before = Promise.resolve();
/** One after the other: two pages of a new build must not fetch its files twice, and the bounds hold. */
function keep(url, answer) {
  before = before.then(() => keepNow(url, answer)).catch(() => {});
  return before;
}

async function keepNow(url, answer) {
  const key = url.pathname + url.search;
  // What is gone from the server is gone from here.
  if (answer.status === 404 || answer.status === 410) return forget(key);
  const build = answer.headers.get("x-hermes-build");
  const html = answer.headers.get("content-type")?.startsWith("text/html");
  if (answer.status !== 200 || answer.redirected || !html || !build) return;
  if (ONCE.some((name) => url.searchParams.has(name))) return;
  const bytes = await answer.arrayBuffer();
  if (bytes.byteLength > LARGEST) return;
  const cache = await cacheOf(build);
  if (!cache) return;
  const headers = new Headers(answer.headers);
  // They are about the answer on its way here.
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  headers.set("x-kept-at", new Date().toISOString());
  headers.set("x-kept-bytes", String(bytes.byteLength));
  await cache.put(key, new Response(bytes, { headers }));
  await prune(cache);
}

/** The cache of that build with all of its files, and of no other build; nothing where the server has another one by now. */
async function cacheOf(build) {
  const cache = await caches.open(FORM + build);
  if (!(await cache.match(FILES))) {
    const list = await fetch(FILES, { cache: "no-store" });
    const { build: present, files } = await list.clone().json();
    if (present !== build) {
      await caches.delete(FORM + build);
      return null;
    }
    await cache.addAll(files);
    await cache.put(FILES, list);
  }
  for (const name of await ours()) {
    if (name !== FORM + build) await caches.delete(name);
  }
  return cache;
}

/** Whether a page has been kept for as long as one may be. */
const isOld = ({ headers }) => Date.now() - Date.parse(headers.get("x-kept-at") ?? "") > LONGEST_MS;

/** Drops what is too old, and the oldest pages beyond the bounds. */
async function prune(cache) {
  const pages = [];
  // Latest first also where two were kept in one millisecond: a cache names its pages in the order of their keeping.
  for (const request of (await cache.keys()).toReversed()) {
    const { headers } = (await cache.match(request)) ?? {};
    const at = Date.parse(headers?.get("x-kept-at") ?? "");
    if (at) pages.push({ request, at, bytes: Number(headers.get("x-kept-bytes")) });
  }
  pages.sort((a, b) => b.at - a.at);
  let total = 0;
  for (const [index, { request, at, bytes }] of pages.entries()) {
    total += bytes;
    if (index >= MOST_PAGES || total > MOST_BYTES || Date.now() - at > LONGEST_MS) await cache.delete(request);
  }
}

async function forget(key) {
  for (const name of await ours()) await (await caches.open(name)).delete(key);
}

async function ours() {
  return (await caches.keys()).filter((name) => name.startsWith(FORM));
}

async function find({ pathname, search }) {
  for (const name of await ours()) {
    const cache = await caches.open(name);
    const found = await cache.match(pathname + search, { ignoreVary: true });
    if (found && !isOld(found)) return found;
    if (found) await cache.delete(pathname + search, { ignoreVary: true });
  }
  return undefined;
}

/** The page as it was kept. It says so itself: what it shows is as of then (`app/src/state/clock.rs`). */
async function copy(url) {
  const found = await find(url);
  if (!found) return undefined;
  const html = (await found.text()).replace("<html ", `<html data-kept="${found.headers.get("x-kept-at")}" `);
  return new Response(html, { headers: found.headers });
}

/** A page that says what is the case, and what is kept. */
async function standIn() {
  const [html, list] = await Promise.all([STAND_IN, FILES].map((path) => find(new URL(path, location.origin))));
  if (!html || !list) return Response.error();
  const { css } = await list.json();
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", "content-security-policy": POLICY };
  return new Response((await html.text()).replace("/pkg/hermes.css", css), { headers });
}
