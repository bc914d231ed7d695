// `cargo xtask screenshots`: one picture of each page with demo data, for the documentation.

import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { root, startServer, type Server } from "../tests/support/server";
import { pages } from "./pages";

const folder = process.env.SCREENSHOTS ?? join(root, "docs/img");
/** What a picture may weigh in the repository, in bytes. */
const most = 300 * 1024;

const looks = [
  { name: "dark-1440", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "light-1440", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark-390", colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

let server: Server;
test.beforeAll(async () => {
  server = await startServer({ args: ["--demo", "--now", "2026-11-20T09:00:00Z"] });
  await mkdir(folder, { recursive: true });
});
test.afterAll(() => server?.stop());

/** Which looks are taken: `SCREENSHOT_LOOKS=all` for all of them, else those that the documentation shows. */
const chosen = looks.filter((look) => process.env.SCREENSHOT_LOOKS === "all" || look.name === "dark-1440");

for (const look of chosen) {
  test(look.name, async ({ browser }) => {
    const page = await browser.newPage({
      colorScheme: look.colorScheme,
      viewport: look.viewport,
      reducedMotion: "reduce",
    });
    for (const { name, path } of await pages(server)) {
      await page.goto(server.url + path);
      await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true");
      await page.evaluate(() => document.fonts.ready);
      const file = join(folder, `${name}-${look.name}.png`);
      await page.screenshot({ path: file, fullPage: process.env.SCREENSHOT_FULL === "1" });
      if (folder.startsWith(root)) {
        expect((await stat(file)).size, `${file} is small enough for the repository`).toBeLessThanOrEqual(most);
      }
    }
  });
}
