// Opens a page before anything happens and loads it again each second. Each line of standard output is one look:
// when, and the titles under "Active missions". Ends when standard input does.

import { chromium } from "playwright";

const [url] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH || undefined,
  chromiumSandbox: false,
  args: ["--disable-background-networking", "--disable-component-update", "--no-first-run"],
});
const page = await browser.newPage();
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

let ended = false;
process.stdin.on("end", () => (ended = true)).resume();

await page.goto(url);
say({ browser: `Chromium ${browser.version()}` });
while (!ended) {
  await page.reload();
  const active = await page.getByRole("region", { name: "Active missions" }).getByRole("link").allInnerTexts();
  say({ at: Date.now() / 1000, active: active.map((title) => title.trim()) });
  await page.waitForTimeout(1000);
}
await browser.close();
