// `cargo xtask bench pixel`: from an event that is posted to the pixel that it changed, on a page that stands open, with so
// many live streams. The page posts the event itself: one clock tells both ends.
//
// The other streams are sockets of this process that throw away what they read. Each event is posted when the one before
// has been painted and the time is over in which a page asks only once.

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test, type Browser } from "@playwright/test";
import { startServer, type Server } from "../tests/support/server";
import { hydrated } from "../tests/support/page";
import { head, line, percentile } from "./figures";

const events = Number(process.env.PIXEL_EVENTS ?? 200);
const numbers = (process.env.PIXEL_STREAMS ?? "1,500").split(",").map(Number);
const warmUp = 10;
/** Longer than a page waits until it asks again. */
const quiet = 300;
const now = process.env.PIXEL_NOW ?? new Date().toISOString();
/** The time of the first line; each is a second later than the one before, or it would change nothing. */
const begin = Date.parse(now) - 3_600_000;

const pages = [
  { name: "a row of `/hermes/tasks`", path: "/hermes/tasks?sort=-createdAt" },
  { name: "a mission on `/hermes`", path: "/hermes" },
];

let server: Server;
let token: string;
let lines = 0;
test.beforeAll(async () => {
  const env = { MISSION_CONTROL_NOW: now };
  server = await startServer({ data: process.env.PIXEL_DATA, args: ["--no-hermes-home"], env });
  token = (await server.run(["token", "create", "pixel"])).stdout.trim();
});
test.afterAll(() => server?.stop());

test("an event reaches the pixel", async ({ browser }) => {
  console.log(`\n${events} events, posted one by one, milliseconds\n`);
  head("", "streams", "median", "p95", "p99", "most", "answer to the post, p95");
  for (const { name, path } of pages) {
    for (const streams of numbers) {
      // The page has one of its own.
      const others = await Promise.all(Array.from({ length: streams - 1 }, stream));
      const taken = (await measure(browser, path, `${streams}`)).slice(warmUp);
      others.forEach((socket) => socket.destroy());
      const painted = taken.map((one) => one.painted);
      const figures = [50, 95, 99, 100].map((percent) => percentile(painted, percent).toFixed(0));
      line(name, streams, ...figures, percentile(taken.map((one) => one.posted), 95).toFixed(0));
    }
  }
});

/** When the event was durable, and when it was painted, in milliseconds after it was sent. */
interface Taken {
  posted: number;
  painted: number;
}

async function measure(browser: Browser, path: string, run: string): Promise<Taken[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await page.goto(`${server.url}${path}`);
  await hydrated(page);
  await page.locator('.pulse[data-state="live"]').waitFor();
  const taken: Taken[] = [];
  for (let number = 0; number < warmUp + events; number += 1) {
    const title = `Pixel ${run}.${number}`;
    // The newest and the most urgent: it stands first wherever tasks do.
    const task = { id: "pixel", title, status: "running", priority: "P0", createdAt: now, startedAt: now };
    lines += 1;
    const ts = new Date(begin + lines * 1_000).toISOString();
    const body = `${JSON.stringify({ id: `pixel-${lines}`, ts, kind: "task", task })}\n`;
    taken.push(await page.evaluate(posted, { body, token, title, quiet }));
  }
  await page.close();
  return taken;
}

/** Runs in the page: it knows nothing of this module. */
async function posted(told: { body: string; token: string; title: string; quiet: number }): Promise<Taken> {
  await new Promise((then) => setTimeout(then, told.quiet));
  const main = document.querySelector("main")!;
  const painted = new Promise<number>((done) => {
    const observer = new MutationObserver(() => {
      const spot = document.evaluate(`.//a[contains(., "${told.title}")]`, main).iterateNext();
      if (spot === null) return;
      observer.disconnect();
      // The frame that is made next has it; what comes after its own task comes after the pixel.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(null);
      });
    });
    observer.observe(main, { subtree: true, childList: true, characterData: true });
  });
  const start = performance.now();
  const answer = await fetch("/api/v1/ingest", {
    method: "POST",
    headers: { authorization: `Bearer ${told.token}`, "content-type": "application/x-ndjson" },
    body: told.body,
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  const posted = performance.now() - start;
  return { posted, painted: (await painted) - start };
}

/** A live stream that nobody listens to. */
async function stream(): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.write(`GET /api/v1/live HTTP/1.0\r\nHost: ${hostname}\r\n\r\n`);
  // Its first message says that it is open.
  await once(socket, "data");
  socket.on("error", () => {});
  return socket.resume();
}
