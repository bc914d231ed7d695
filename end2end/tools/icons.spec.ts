// The icons of the installed app, made of `public/favicon.svg`: browsers that install take pictures, not drawings.
// `npx playwright test --config tools.config.ts icons` in `end2end` makes them again.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "@playwright/test";
import { root } from "../tests/support/server";

const icons = [
  { file: "app-192", size: 192, whole: false },
  { file: "app-512", size: 512, whole: false },
  // What holds them cuts them to its own shape: the background goes to the edge, the drawing keeps to the middle.
  { file: "maskable-512", size: 512, whole: true },
  { file: "apple-touch", size: 180, whole: true },
];

test("icons", async ({ browser }) => {
  const svg = await readFile(join(root, "public/favicon.svg"), "utf8");
  for (const { file, size, whole } of icons) {
    const page = await browser.newPage({ colorScheme: "dark", viewport: { width: size, height: size } });
    await page.setContent(`<style>body { margin: 0 } svg { display: block; inline-size: 100vw; block-size: 100vh }</style>${svg}`);
    if (whole) {
      await page.evaluate(() => {
        document.querySelector("rect")?.removeAttribute("rx");
        // The circle that is never cut has four fifths of the width.
        document.querySelector("g")?.setAttribute("transform", "translate(5.6 5.8) scale(1.04)");
      });
    }
    await page.screenshot({ path: join(root, `public/icons/${file}.png`), omitBackground: true });
    await page.close();
  }
});
