// `cargo xtask lighthouse`: every page over a large ledger, measured with Lighthouse's desktop preset. The median of
// three runs counts, because one run measures the machine's mood.

import { createServer } from "node:net";
import { chromium, expect, test } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import { startServer, type Server } from "../tests/support/server";
import { pages } from "./pages";

const runs = 3;
/** What each category must reach, of 100. */
const least = 95;
const categories = ["performance", "accessibility", "best-practices"] as const;

let server: Server;
test.beforeAll(async () => {
  const data = process.env.LIGHTHOUSE_DATA;
  server = await startServer({
    data,
    args: ["--no-hermes-home"],
    env: process.env.LIGHTHOUSE_NOW ? { MISSION_CONTROL_NOW: process.env.LIGHTHOUSE_NOW } : {},
  });
});
test.afterAll(() => server?.stop());

test("every page reaches its scores", async ({}, info) => {
  const port = await freePort();
  const args = [...(info.project.use.launchOptions?.args ?? []), `--remote-debugging-port=${port}`];
  const browser = await chromium.launch({ ...info.project.use.launchOptions, args });
  const below: string[] = [];
  try {
    console.log(`| page | ${categories.join(" | ")} | LCP ms | TBT ms | CLS |`);
    for (const { name, path } of await pages(server)) {
      const results = [];
      for (let run = 0; run < runs; run += 1) {
        const options = { port, onlyCategories: [...categories], logLevel: "error" } as const;
        const result = await lighthouse(server.url + path, options, desktopConfig);
        if (result === undefined) throw new Error(`${path}: Lighthouse gave no result`);
        results.push(result.lhr);
      }
      const scores = categories.map((category) =>
        median(results.map((result) => Math.round((result.categories[category]?.score ?? 0) * 100))),
      );
      const figure = (audit: string, digits: number) =>
        median(results.map((result) => result.audits[audit]?.numericValue ?? Number.NaN)).toFixed(digits);
      const figures = [
        figure("largest-contentful-paint", 0),
        figure("total-blocking-time", 0),
        figure("cumulative-layout-shift", 3),
      ];
      console.log(`| ${name} | ${[...scores, ...figures].join(" | ")} |`);
      categories.forEach((category, index) => {
        if ((scores[index] ?? 0) >= least) return;
        const [last] = results.slice(-1);
        const audits = last?.categories[category]?.auditRefs ?? [];
        const failed = audits.filter(({ id, weight }) => weight > 0 && (last?.audits[id]?.score ?? 1) < 0.9);
        below.push(`${name}: ${category} ${scores[index]} (${failed.map(({ id }) => id).join(", ")})`);
      });
    }
  } finally {
    await browser.close();
  }
  expect(below).toEqual([]);
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const socket = createServer();
    socket.once("error", failed);
    socket.listen(0, "127.0.0.1", () => {
      const address = socket.address();
      socket.close(() => (typeof address === "object" && address ? found(address.port) : failed(new Error("no port"))));
    });
  });
}
