// `/hermes/products`: the portfolio of the demo data, where scripts run.

import { startServer, type Server } from "./support/server";
import { checkAccessible, checkMarked, checkWidth, expect, hydrated, markDocument, open, test } from "./support/page";

let server: Server;

test.beforeAll(async () => {
  server = await startServer({ args: ["--demo"] });
});
test.afterAll(() => server?.stop());

test("views, filters and order stand in the address and answer at once @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes/products`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Products");
  const cards = page.locator(".p-card");
  const all = await cards.count();
  expect(all).toBeGreaterThan(40);
  await markDocument(page);
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: /^High priority/ }).click();
  await expect(page).toHaveURL(/view=high-priority/);
  const high = await cards.count();
  expect(high).toBeGreaterThan(0);
  expect(high).toBeLessThan(all);
  await checkMarked(page);
  await page.goBack();
  await expect(cards).toHaveCount(all);
  await page.getByRole("searchbox", { name: "Search products" }).fill("nothing like this");
  await expect(page).toHaveURL(/q=nothing/);
  await expect(page.getByText("No product matches")).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(page.getByText("No product matches")).toBeVisible();
  await checkWidth(page);
});

test("the table sorts by its heads", async ({ page }) => {
  await open(page, `${server.url}/hermes/products?layout=table`);
  const table = page.getByRole("table", { name: "Products" });
  await table.getByRole("link", { name: "Health" }).first().click();
  await expect(page).toHaveURL(/sort=health/);
  await expect(table.getByRole("columnheader", { name: "Health" })).toHaveAttribute("aria-sort", "ascending");
});

for (const scheme of ["dark", "light"] as const) {
  for (const layout of ["grid", "table"]) {
    test(`no rule of accessibility is broken, ${layout} in ${scheme} @phone`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await open(page, `${server.url}/hermes/products?layout=${layout}`);
      await checkAccessible(page);
      await checkWidth(page);
    });
  }
}
