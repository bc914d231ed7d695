// `/hermes/sources` where no script runs.

import { expect, test } from "@playwright/test";
import { homeIs, startWithHome, type Homed } from "./support/home";
import { startServer } from "./support/server";

let server: Homed;

test.beforeAll(async ({ request }) => {
  server = await startWithHome();
  await homeIs("following", server, request);
});
test.afterAll(() => server?.stop());

test("the account of a home is in the HTML, and long texts open", async ({ page }) => {
  const answer = await page.goto(`${server.url}/hermes/sources`);
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("heading", { name: "Following" })).toBeVisible();
  await expect(page.getByRole("table")).toContainText("state.db");
  await expect(page.getByRole("region", { name: "Never read" })).toContainText(".env");
  const learned = page.getByRole("region", { name: "What Hermes has learned" });
  await expect(learned).toContainText("Dana prefers short status reports.");
  for (const summary of await learned.locator("summary").all()) {
    await summary.click();
    await expect(summary.locator("xpath=..").locator(".told-lines")).toBeVisible();
  }
  await expect(page.getByRole("button")).toHaveCount(0);
});

test("links lead to it and from it", async ({ page }) => {
  await page.goto(`${server.url}/hermes`);
  await page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Sources" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sources");
  await page.getByRole("link", { name: "JSON" }).click();
  await expect(page.locator("body")).toContainText('"neverRead"');
});

test("without a home it says where one is looked for", async ({ page }) => {
  const own = await startServer({ args: ["--no-hermes-home"] });
  try {
    await page.goto(`${own.url}/hermes/sources`);
    await expect(page.getByRole("region", { name: "No Hermes home is read" })).toContainText("~/.hermes");
    await expect(page.getByRole("button")).toHaveCount(0);
  } finally {
    await own.stop();
  }
});
