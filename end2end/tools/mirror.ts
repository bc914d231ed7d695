// What loading the mirror costs a browser, and what the tab holds then.

import type { Browser, Page } from "@playwright/test";
import { hydrated } from "../tests/support/page";
import { head, line } from "./figures";
import { install } from "./probe";

/** How long a page may take to begin with a mirror. */
const patience = 10_000;
/** How long it may take until the mirror is whole. */
export const whole = 180_000;

/** Loads a page twice in a browser that has nothing of it yet, and prints what came of it; whether there is a mirror. */
export async function visit(browser: Browser, url: string): Promise<boolean> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await install(page);
  head("", "requests of the mirror", "transferred, bytes", "from the first to the last, ms", "whole after, ms", "JS heap, MB", "wasm, MB");
  await page.goto(url);
  line("first visit", ...(await loaded(page)));
  await page.reload();
  line("again", ...(await loaded(page)));
  const there = await page.evaluate(() => window.probe.mirrored !== undefined);
  await page.context().close();
  console.log("");
  return there;
}

async function loaded(page: Page): Promise<string[]> {
  await hydrated(page);
  const begun = () =>
    document.documentElement.dataset.mirror !== undefined ||
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/api/v1/mirror"));
  const there = await page.waitForFunction(begun, null, { timeout: patience }).then(() => true, () => false);
  if (!there) return ["no mirror", "", "", "", ...(await held(page))];
  const ready = () => window.probe.mirrored;
  const after = await (await page.waitForFunction(ready, null, { timeout: whole })).jsonValue();
  const { count, bytes, took } = await page.evaluate(() => {
    const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const of = entries.filter(({ name }) => name.includes("/api/v1/mirror"));
    const took = Math.max(...of.map((entry) => entry.responseEnd)) - Math.min(...of.map((entry) => entry.startTime));
    return { count: of.length, bytes: of.reduce((sum, entry) => sum + entry.transferSize, 0), took };
  });
  const figures = [String(count), bytes.toLocaleString("en"), took.toFixed(0), (after ?? Number.NaN).toFixed(0)];
  return [...figures, ...(await held(page))];
}

/** Megabytes that are in use after what is not has been thrown away: JavaScript's, and what WebAssembly has taken. */
async function held(page: Page): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("Performance.enable");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
  const wasm = await page.evaluate(() => [...window.probe.memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
  await cdp.detach();
  return [heap, wasm].map((bytes) => (bytes / 1e6).toFixed(1));
}
