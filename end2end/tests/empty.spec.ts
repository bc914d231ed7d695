// The first impression: nothing has arrived yet.

import { startServer, type Server } from "./support/server";
import { checkAccessible, checkWidth, expect, open, test } from "./support/page";

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server?.stop());

test("says where data is kept and how it gets there @phone", async ({ page }) => {
  await open(page, `${server.url}/hermes`);
  const start = page.getByRole("region", { name: "Getting started" });
  await expect(start).toContainText("Nothing has arrived yet");
  await expect(start).toContainText(server.data);
  await expect(start).toContainText(`mission-control serve --data ${server.data} --hermes-home DIR`);
  await expect(start).toContainText(`mission-control ingest --data ${server.data} FILE.jsonl`);
  await expect(start).toContainText(`mission-control token create --data ${server.data} laptop`);
  await expect(start).toContainText(`curl ${server.url}/api/v1/ingest`);
  await expect(start).toContainText(`mission-control serve --data ${server.data} --follow PATH`);
  await expect(page.getByRole("region", { name: "Hermes now" })).toHaveCount(0);
  await checkWidth(page);
  await checkAccessible(page);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`accessible and 320 px wide in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 700 });
    await open(page, `${server.url}/hermes`);
    await checkWidth(page);
    await checkAccessible(page);
  });
}

test("a command is copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
  await open(page, `${server.url}/hermes`);
  await page.getByRole("button", { name: "Copy the command" }).first().click();
  await expect(page.getByRole("status").filter({ hasText: "Copied" })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`mission-control serve --data ${server.data} --hermes-home DIR`);
});

test("the first line that arrives fills the page", async ({ page }) => {
  const own = await startServer();
  try {
    const ts = new Date().toISOString();
    const task = { id: "t1", title: "Say hello", status: "running", createdAt: ts, startedAt: ts };
    await own.run(["ingest", "-"], `${JSON.stringify({ id: "l1", ts, kind: "task", task })}\n`);
    await open(page, `${own.url}/hermes`);
    await expect(page.getByRole("region", { name: "Active missions" })).toContainText("Say hello");
    await expect(page.getByRole("link", { name: "Success rate, 30 d: unknown" })).toBeVisible();
  } finally {
    await own.stop();
  }
});
