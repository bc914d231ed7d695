// What a page is measured with from within: when something was done, when what was waited for had been painted, and which
// tasks kept the main thread for longer than 50 ms.

import type { Page } from "@playwright/test";

/** What the page is to show. */
export type Wanted =
  /** Just these tasks in the ledger, of so many; the first ones are in sight then where it leads to the top of the page. */
  | { rows: Row[]; total: number; top?: boolean }
  /** The page of a task. */
  | { task: string };

/** What a row shows of its task, and where it leads. */
export interface Row {
  id: string;
  title: string;
  href: string;
}

/** What one action came to, in milliseconds of the page's clock. */
export interface Seen {
  /** From the action to the end of the frame that painted what is in sight. */
  painted: number;
  /** From the action to the end of the frame that painted the last of it. */
  whole: number;
  /** How long each long task in between was. */
  long: number[];
}

interface Probe {
  shows(wanted: Wanted, sight?: [from: number, to: number]): boolean;
  until(wanted: Wanted): Promise<Seen>;
  expected?: Promise<Seen>;
  /** When the mirror said that it is whole. */
  mirrored?: number;
  /** The memory of the page's modules, as WebAssembly has it. */
  memories: Set<WebAssembly.Memory>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/** What the page notes in the browser's record: that something was done, and that what is in sight shows it. */
export const marks = { begun: "probe-begun", shown: "probe-shown" };

/** Puts the probe into every document of the page, before the page's own scripts. */
export async function install(page: Page): Promise<void> {
  await page.addInitScript(inPage, marks);
}

/** From now on the page looks out for the first action, and then for `wanted` to be painted. */
export async function expects(page: Page, wanted: Wanted): Promise<void> {
  await page.evaluate((wanted) => void (window.probe.expected = window.probe.until(wanted)), wanted);
}

/** What came of what was expected last. */
export async function seen(page: Page): Promise<Seen> {
  const seen = await page.evaluate(() => window.probe.expected);
  if (seen === undefined) throw new Error("nothing was expected");
  return seen;
}

/** Runs in the page: it knows nothing of this module. */
function inPage(mark: typeof marks): void {
  const tasks: PerformanceEntry[] = [];
  const noted = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  noted.observe({ type: "longtask" });
  performance.setResourceTimingBufferSize(5_000);

  const names = () => [...document.querySelectorAll("tr.t-card a.cell-main")];
  /** The places of rows that are in sight, now or when it has led to the top, taken or not: from which to which. */
  const sight = (wanted: Wanted): [number, number] => {
    const scrolled = "top" in wanted && wanted.top ? scrollY : 0;
    const tops = names().map((name) => name.getBoundingClientRect().top + scrolled);
    const from = Math.max(tops.findIndex((top) => top > 0), 0);
    const pitch = tops.length > 1 ? tops[1]! - tops[0]! : 36;
    return [from, from + Math.ceil((innerHeight - (tops[from] ?? innerHeight / 2)) / pitch)];
  };

  /** Whether the row of that name is the one that is wanted: as it can be seen, and where all of it counts, also where it leads. */
  const isRow = (name: Element | undefined, wanted: Row, all: boolean): boolean =>
    name?.textContent === wanted.title &&
    name.previousElementSibling?.textContent === wanted.id &&
    (!all || name.getAttribute("href") === wanted.href);

  const shows = (wanted: Wanted, sight?: [from: number, to: number]): boolean => {
    if ("task" in wanted) {
      return location.pathname === wanted.task && document.querySelector(".task-split") !== null;
    }
    const found = document.querySelector(".f-found b")?.textContent?.replace(/\D/g, "");
    const rows = names();
    const [from, to] = sight ?? [0, Infinity];
    return (
      found === String(wanted.total) &&
      rows.length === wanted.rows.length &&
      wanted.rows.every((row, at) => at < from || at >= to || isRow(rows[at], row, sight === undefined))
    );
  };

  let began: number | undefined;
  const begin = (event: Event) => {
    if (began === undefined) performance.mark(mark.begun);
    began ??= event.timeStamp;
  };
  for (const kind of ["keydown", "click"]) addEventListener(kind, begin, { capture: true });

  /** Calls back when the frame that is being made has been handed over: its task comes after the frame's own. */
  const painted = (then: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(null);
  };

  const patience = 20_000;
  const until = (wanted: Wanted) =>
    new Promise<Seen>((done, failed) => {
      began = undefined;
      const shown = () => [location.href, ...document.querySelectorAll(".f-found, tr.t-card a.cell-main")].slice(0, 4).map(String);
      const late = setTimeout(() => {
        waits = false;
        failed(new Error(`not within ${patience} ms; begun: ${began}; shown: ${shown().join(", ")}`));
      }, patience);
      const inSight = sight(wanted);
      let waits = true;
      let stands = false;
      let seen = 0;
      // With each frame and not with each change: to look costs more than what is looked at.
      const look = () => {
        if (!waits) return;
        if (began === undefined) return void requestAnimationFrame(look);
        const from = began;
        if (!stands && shows(wanted, inSight)) {
          stands = true;
          performance.mark(mark.shown);
          painted(() => (seen = performance.now() - from));
        }
        if (!stands || !shows(wanted)) return void requestAnimationFrame(look);
        waits = false;
        clearTimeout(late);
        painted(() => {
          const to = performance.now();
          // Long tasks are told late: after the task that is waited for here.
          setTimeout(() => {
            tasks.push(...noted.takeRecords());
            const within = tasks.splice(0).filter((task) => task.startTime + task.duration > from && task.startTime < to);
            done({ painted: seen, whole: to - from, long: within.map((task) => task.duration) });
          }, 50);
        });
      };
      requestAnimationFrame(look);
    });

  const memories = new Set<WebAssembly.Memory>();
  const note = (instance: WebAssembly.Instance) => {
    const { memory } = instance.exports;
    if (memory instanceof WebAssembly.Memory) memories.add(memory);
  };
  const { instantiate, instantiateStreaming } = WebAssembly;
  const kept = <T>(made: Promise<T>): Promise<T> =>
    made.then((made) => {
      note(made instanceof WebAssembly.Instance ? made : (made as WebAssembly.WebAssemblyInstantiatedSource).instance);
      return made;
    });
  Object.assign(WebAssembly, {
    instantiate: (...args: Parameters<typeof instantiate>) => kept(instantiate(...args)),
    instantiateStreaming: (...args: Parameters<typeof instantiateStreaming>) => kept(instantiateStreaming(...args)),
  });

  window.probe = { shows, until, memories };
  new MutationObserver(() => {
    if (document.documentElement?.dataset.mirror === "ready") window.probe.mirrored ??= performance.now();
  }).observe(document, { subtree: true, attributeFilter: ["data-mirror"] });
}
