// `cargo xtask lighthouse`: every page over a large ledger, measured with Lighthouse's desktop preset. The median of
// three runs counts, because one run measures the machine's mood.
//
// Lighthouse comes by `npx` when it is asked for: two hundred packages that nothing else needs.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium, expect, test } from "@playwright/test";
import { root, startServer, type Server } from "../tests/support/server";
import { pages } from "./pages";

/** The last version that runs on Node.js 20. */
const lighthouse = "lighthouse@12.8.2";
const runs = 3;
/** What each category must reach, of 100. */
const least = 95;
const categories = ["performance", "accessibility", "best-practices"];

interface Report {
  /** Why nothing was measured. */
  runtimeError?: { code: string };
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] } | undefined>;
  audits: Record<string, { score: number | null; numericValue?: number } | undefined>;
}

let server: Server;
test.beforeAll(async () => {
  const now = process.env.LIGHTHOUSE_NOW;
  server = await startServer({
    data: process.env.LIGHTHOUSE_DATA,
    args: ["--no-hermes-home"],
    env: now ? { MISSION_CONTROL_NOW: now } : {},
  });
});
test.afterAll(() => server?.stop());

test("every page reaches its scores", async () => {
  const below: string[] = [];
  console.log(`| page | ${categories.join(" | ")} | LCP ms | TBT ms | CLS |`);
  for (const { name, path } of await pages(server)) {
    const reports: Report[] = [];
    for (let taken = 0; taken < runs; taken += 1) reports.push(await measure(server.url + path));
    const scores = categories.map((category) =>
      median(reports.map((report) => Math.round((report.categories[category]?.score ?? 0) * 100))),
    );
    const figure = (audit: string, digits: number) =>
      median(reports.map((report) => report.audits[audit]?.numericValue ?? Number.NaN)).toFixed(digits);
    const figures = [
      figure("largest-contentful-paint", 0),
      figure("total-blocking-time", 0),
      figure("cumulative-layout-shift", 3),
    ];
    console.log(`| ${name} | ${[...scores, ...figures].join(" | ")} |`);
    categories.forEach((category, index) => {
      if ((scores[index] ?? 0) >= least) return;
      const [last] = reports.slice(-1);
      const failed = (last?.categories[category]?.auditRefs ?? [])
        .filter(({ id, weight }) => weight > 0 && (last?.audits[id]?.score ?? 1) < 0.9)
        .map(({ id }) => id);
      below.push(`${name}: ${category} ${scores[index]} (${failed.join(", ")})`);
    });
  }
  expect(below).toEqual([]);
});

/** One run. Chromium now and then tells of no navigation: such a run measured nothing, and is made again, twice at most. */
async function measure(url: string): Promise<Report> {
  for (let again = 2; ; again -= 1) {
    const report = await run(url);
    const { code } = report.runtimeError ?? {};
    if (!code) return report;
    if (!again) throw new Error(`Lighthouse measured nothing at ${url}: ${code}`);
    console.log(`${url}: ${code}, once more`);
  }
}

async function run(url: string): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), "lighthouse-"));
  const report = join(folder, "report.json");
  const flags = ["--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update"];
  const args = ["--yes", lighthouse, url, "--preset=desktop", "--output=json", `--output-path=${report}`, "--quiet"];
  args.push(`--only-categories=${categories.join(",")}`, `--chrome-flags=${flags.join(" ")}`);
  const env = { ...process.env, CHROME_PATH: process.env.CHROMIUM_PATH || chromium.executablePath() };
  try {
    // It ends with an error where its report is of one.
    const ended = await promisify(execFile)("npx", args, { cwd: root, env }).catch((error: Error) => error);
    const text = await readFile(report, "utf8").catch(() => {
      throw ended instanceof Error ? ended : new Error(`Lighthouse wrote no report of ${url}`);
    });
    return JSON.parse(text) as Report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
