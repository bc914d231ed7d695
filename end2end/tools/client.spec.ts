// `cargo xtask bench client`: what one waits for in the ledger, over a ledger of some size, with this machine's processor and
// with one that is four times slower; what the mirror costs to load, and what the tab holds then.
//
// Everything is timed in the page, by its own clock, from the event of the key or the mouse to the end of the frame that
// painted what was asked for. Clicks go to places that were looked up before: a locator's own look would be counted.

import { expect, test, type Browser, type CDPSession, type Locator, type Page } from "@playwright/test";
import { startServer, type Server } from "../tests/support/server";
import { hydrated } from "../tests/support/page";
import { actions, type Step } from "./actions";
import { head, line, median, percentile } from "./figures";
import { visit, whole } from "./mirror";
import { expects, install, seen, type Seen } from "./probe";
import { scriptBeforeShown } from "./trace";

const rounds = Number(process.env.CLIENT_ROUNDS ?? 20);
/** How often each action is done once more for the browser's record, which costs time: its figure is of these alone. */
const recorded = 6;
/** How often each action is done before it counts: the first time loads a page's own part. */
const warmUp = 2;
const slower = 4;

let server: Server;
test.beforeAll(async () => {
  const now = process.env.CLIENT_NOW;
  server = await startServer({
    data: process.env.CLIENT_DATA,
    args: ["--no-hermes-home"],
    env: now ? { MISSION_CONTROL_NOW: now } : {},
  });
});
test.afterAll(() => server?.stop());

/** One action's figures, in milliseconds. */
interface Taken extends Seen {
  /** JavaScript and WebAssembly on the main thread. */
  script: number;
}

/** All that one action came to. */
interface Figures {
  taken: Taken[];
  /** Script until the frame that shows what is in sight, each time. */
  before: number[];
}

test("the ledger in a browser", async ({ browser }) => {
  const all = (await (await fetch(`${server.url}/api/v1/tasks?perPage=1`)).json()) as { total: number };
  console.log(`\n${all.total.toLocaleString("en")} tasks, ${rounds} of each, milliseconds\n`);
  const mirrored = await visit(browser, `${server.url}/hermes/tasks`);
  const plain = await measure(browser, 1, mirrored);
  const slow = await measure(browser, slower, mirrored);
  const columns = ["painted, median, p95", "script before", "all of it", "script", "long tasks, longest"];
  head("", ...columns, ...columns.map((column) => `${column}, ${slower}× slower`));
  for (const [name, figures] of plain) line(name, ...cells(figures), ...cells(slow.get(name) ?? { taken: [], before: [] }));
});

/** Does everything on a page of its own. */
async function measure(browser: Browser, rate: number, mirrored: boolean): Promise<Map<string, Figures>> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await install(page);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  const figures = new Map<string, Figures>();
  for (const { name, start, steps } of actions(server)) {
    await page.goto(`${server.url}${start}`);
    await hydrated(page);
    if (mirrored) await page.waitForFunction(() => window.probe.mirrored, null, { timeout: whole });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate });
    const all: Taken[] = [];
    const before: number[] = [];
    for await (const step of steps(warmUp + rounds + recorded)) {
      const what = `${name}, ${rate}× slower, no. ${all.length + before.length + 1} shows ${JSON.stringify(step.wanted)}`;
      const act = await ready(page, step);
      if (all.length === warmUp + rounds) {
        before.push(await scriptBeforeShown(cdp, () => expect(once(page, cdp, act), what).resolves.toBeTruthy()));
      } else {
        const taken = once(page, cdp, act);
        await expect(taken, what).resolves.toBeTruthy();
        all.push(await taken);
      }
    }
    figures.set(name, { taken: all.slice(warmUp), before });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  }
  await page.close();
  return figures;
}

/** Brings the page to where the step begins. What is then to be done. */
async function ready(page: Page, step: Step): Promise<() => Promise<void>> {
  await step.before?.(page);
  const act = "key" in step ? () => page.keyboard.press(step.key) : await aim(page, step.on(page));
  await expects(page, step.wanted);
  return act;
}

async function once(page: Page, cdp: CDPSession, act: () => Promise<void>): Promise<Taken> {
  const before = await script(cdp);
  await act();
  const came = await seen(page);
  return { ...came, script: (await script(cdp)) - before };
}

/** Puts the mouse on something; clicks there when it is called. */
async function aim(page: Page, target: Locator): Promise<() => Promise<void>> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (box === null) throw new Error(`${target} has no place on the page`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  return () => page.mouse.click(x, y);
}

/** Milliseconds of script in the page so far. */
async function script(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "ScriptDuration")?.value ?? Number.NaN) * 1000;
}

function cells({ taken, before }: Figures): string[] {
  const middle = (figure: (one: Taken) => number) => median(taken.map(figure));
  const painted = taken.map((one) => one.painted);
  const long = taken.flatMap((one) => one.long);
  return [
    `${median(painted).toFixed(0)}, ${percentile(painted, 95).toFixed(0)}`,
    median(before).toFixed(1),
    middle((one) => one.whole).toFixed(0),
    middle((one) => one.script).toFixed(1),
    long.length === 0 ? "0" : `${long.length}, ${Math.max(...long).toFixed(0)}`,
  ];
}
