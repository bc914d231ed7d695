// A page that is watched: a warning or an error on its console, an uncaught exception or a violation of the
// content security policy fails the test.

import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";
import { ended } from "./server";

interface Options {
  /** Console messages that a test expects, such as the browser's own note of a 404. */
  expectedMessages: RegExp[];
}

/** What the test runner itself says where it keeps workers from being installed. */
const blocked = /Service Worker registration blocked by Playwright/;

/** What a page says that asks something, in idle time, of a server that its test has ended. */
function isOfEnded(text: string, about: string): boolean {
  const says = /Failed to load resource: net::ERR_|Failed to fetch/.test(text);
  return says && [...ended].some((url) => about.startsWith(url) || text.includes(url));
}

export const test = base.extend<Options>({
  expectedMessages: [[], { option: true }],
  page: async ({ page, expectedMessages }, use) => {
    const found: string[] = [];
    page.on("console", (message) => {
      const text = message.text();
      if (["warning", "error"].includes(message.type()) && !isOfEnded(text, message.location().url)) {
        found.push(`${message.type()}: ${text}`);
      }
    });
    page.on("pageerror", (error) => found.push(`uncaught: ${error.message}`));
    page.on("dialog", (dialog) => {
      found.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
      });
    });
    await use(page);
    const expected = [blocked, ...expectedMessages];
    const unexpected = found.filter((message) => !expected.some((pattern) => pattern.test(message)));
    expect(unexpected, "the console stays silent").toEqual([]);
  },
});

export { expect };

/** Opens a page and waits until the client has taken it over. */
export async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await hydrated(page);
}

export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true");
}

/** No rule of WCAG 2.2 A and AA is broken. */
export async function checkAccessible(page: Page): Promise<void> {
  // A link half under a bar that stays in place is scrolled free, and not too small: the bars go with the page here.
  const bars = (position: string) =>
    page.evaluate((position) => {
      for (const bar of document.querySelectorAll<HTMLElement>(".topbar, .tabbar, .savebar")) bar.style.position = position;
    }, position);
  await bars("static");
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  await bars("");
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  expect(found).toEqual([]);
}

/** The page does not scroll sideways. */
export async function checkWidth(page: Page): Promise<void> {
  const widths = await page.evaluate(() => {
    const html = document.documentElement;
    const wide = [...document.body.querySelectorAll("*")]
      // What is closed has no place on the page.
      .filter((element) => element.checkVisibility())
      // What lies in a box that scrolls or cuts by itself does not widen the page.
      .filter((element) => {
        let box = element.parentElement;
        while (box && box !== document.body && getComputedStyle(box).overflowX === "visible") box = box.parentElement;
        return box === null || box === document.body;
      })
      .filter((element) => element.getBoundingClientRect().right > html.clientWidth + 1)
      .filter((element) => !element.closest(".skip, .sr, .trunc"))
      .map((element) => `${element.tagName}.${element.getAttribute("class")}`);
    return { scroll: html.scrollWidth, client: html.clientWidth, wide: wide.slice(0, 5) };
  });
  expect(widths).toEqual({ scroll: widths.client, client: widths.client, wide: [] });
}

/** Markup with each icon's symbol alone: it is the same in the sprite's file and in the document, which it is brought into later. */
export const symbols = (markup: string): string => markup.replace(/\/pkg\/icons\.\w+\.svg#/g, "#");

/** Marks the document, to see later that it is still the same. Not with the name by which a page knows that it is a copy. */
export async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute("data-marked", ""));
}

/** The document that was marked stands: it was not loaded again. */
export async function checkMarked(page: Page): Promise<void> {
  await expect(page.locator("html"), "the page was not loaded again").toHaveAttribute("data-marked", "");
}
