// What the worker keeps of the pages that were opened.

import { expect, type Page } from "@playwright/test";

/** The addresses of the pages that this browser keeps, and of everything else that lies beside them. */
export function keeps(page: Page): Promise<{ builds: string[]; pages: string[]; files: string[] }> {
  return page.evaluate(async () => {
    const builds = (await caches.keys()).filter((name) => name.startsWith("mission-control-"));
    const found = { builds, pages: [] as string[], files: [] as string[] };
    for (const name of builds) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const isPage = (await cache.match(request))?.headers.has("x-kept-at");
        const { pathname, search } = new URL(request.url);
        (isPage ? found.pages : found.files).push(pathname + search);
      }
    }
    return found;
  });
}

/** Waits until the page at that address is kept. */
export async function isKept(page: Page, path: string): Promise<void> {
  await expect.poll(async () => (await keeps(page)).pages, { timeout: 15_000 }).toContain(path);
}
