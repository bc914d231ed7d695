// How much script ran between two moments of a page: what the browser itself records of its main thread.

import type { CDPSession } from "@playwright/test";
import { marks } from "./probe";

/** What the browser calls the parts of its work that are script; one may hold another. */
const ofScript = new Set(["EvaluateScript", "EventDispatch", "FireAnimationFrame", "FunctionCall", "RunMicrotasks", "TimerFire", "v8.callFunction"]);

/** An entry of the record; times in microseconds. */
interface Entry {
  name: string;
  /** `X` where it is a span. */
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
}

/** Milliseconds of script from the action to the frame that shows, in what is in sight, what was waited for meanwhile. */
export async function scriptBeforeShown(cdp: CDPSession, meanwhile: () => Promise<unknown>): Promise<number> {
  const entries: Entry[] = [];
  const note = ({ value }: { value: object[] }) => void entries.push(...(value as Entry[]));
  cdp.on("Tracing.dataCollected", note);
  const includedCategories = ["devtools.timeline", "blink.user_timing", "v8.execute"];
  await cdp.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories } });
  await meanwhile();
  const complete = new Promise((done) => cdp.once("Tracing.tracingComplete", done));
  await cdp.send("Tracing.end");
  await complete;
  cdp.off("Tracing.dataCollected", note);

  const begun = entries.find(({ name }) => name === marks.begun);
  const shown = entries.find(({ name }) => name === marks.shown);
  if (begun === undefined || shown === undefined) throw new Error("the record does not hold the page's marks");
  const here = entries.filter(({ pid, tid, ph, name }) => pid === begun.pid && tid === begun.tid && ph === "X" && ofScript.has(name));
  return within(here, begun.ts, shown.ts) / 1000;
}

/** How much of the time is covered, whatever lies within or beside what else. */
function within(spans: Entry[], from: number, to: number): number {
  let covered = 0;
  let end = from;
  for (const { ts, dur = 0 } of spans.toSorted((a, b) => a.ts - b.ts)) {
    const [begin, until] = [Math.max(ts, end), Math.min(ts + dur, to)];
    if (until > begin) {
      covered += until - begin;
      end = until;
    }
  }
  return covered;
}
