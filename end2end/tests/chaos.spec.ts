// Random histories through a bad network, with a server that is started again and again: in the end two pages that stood open
// all the while show what they show when they are loaded anew.
//
// This is the page's half of the promise. That a reader of the stream has every row, whatever the network does to it, is held
// by two hundred histories in `server/tests/it/live/chaos.rs`. What is left for the page is to fold what it is told into its
// mirror, and to ask again for what it does not hold, also where asking failed, was overtaken, or came between two connections.
//
// `CHAOS_SEED=7 npx playwright test chaos` tries one history again; `CHAOS_HISTORIES=200`, which takes a quarter of an hour,
// tries as many.

import type { Page } from "@playwright/test";
import { happen } from "./support/history";
import { startLedger } from "./support/ledger";
import { networkTo, Random } from "./support/network";
import { expect, open, test } from "./support/page";
import { tellerOf } from "./support/telling";

/** What happens in each history. */
const turns = 12;
const seeds =
  process.env.CHAOS_SEED !== undefined
    ? [Number(process.env.CHAOS_SEED)]
    : Array.from({ length: Number(process.env.CHAOS_HISTORIES ?? 8) }, (_, seed) => seed);

const places = ["/hermes/tasks?sort=-createdAt&perPage=50", "/hermes"];

/** What a page shows, with moments in place of the words for how long ago they are. */
function shown(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const text = (element: Element) => {
      const copy = element.cloneNode(true) as Element;
      for (const time of copy.querySelectorAll("time")) time.textContent = time.dateTime;
      return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
    };
    const rows = [...document.querySelectorAll("tr.t-card, .tape-sum")].map(text);
    const bins = [...document.querySelectorAll(".tape .bin")].map(
      // Where it stands: server and browser do not end a style in the same way.
      (bin) => `${getComputedStyle(bin).getPropertyValue("--c")} ${bin.getAttribute("aria-label")} ${bin.getAttribute("href")}`,
    );
    return [...rows, ...bins];
  });
}

// The browser's own notes of what is cut.
test.use({ expectedMessages: [/Failed to load resource|net::ERR_|status of 50\d/] });

test("pages end with what the server has", async ({ context, page: first }) => {
  test.setTimeout(40_000 + seeds.length * 30_000);
  const server = await startLedger();
  const network = await networkTo(server);
  const tell = await tellerOf(server);
  try {
    const pages = [first, await context.newPage()];
    for (const [index, page] of pages.entries()) await open(page, network.url + places[index]);
    for (const page of pages) await expect(page.locator(".pulse")).toHaveAttribute("data-state", "live");
    const fresh = await context.newPage();
    for (const seed of seeds) {
      await test.step(`history ${seed}`, async () => {
        const random = new Random(seed);
        // Of its own: how much of it is used is a matter of timing, and what happens must not be.
        const chance = new Random(seed + 1_000_000);
        network.turn(chance);
        for (let turn = 0; turn < turns; turn += 1) {
          const what = random.below(12);
          if (what < 8) await happen(random, tell);
          else if (what < 10) network.heal();
          else if (what === 10) network.cut();
          else {
            await server.halt();
            await server.resume();
          }
          if (what >= 8) network.turn(chance);
        }
        network.heal();
        for (const [index, page] of pages.entries()) {
          await open(fresh, server.url + places[index]);
          const wanted = await shown(fresh);
          expect(wanted.length).toBeGreaterThan(5);
          // A stream that had nothing more to say says so after 15 s, and what could not be asked for is asked for then.
          await expect.poll(() => shown(page), { message: `CHAOS_SEED=${seed}`, timeout: 25_000 }).toEqual(wanted);
        }
      });
    }
  } finally {
    await network.stop();
    await server.stop();
  }
});
