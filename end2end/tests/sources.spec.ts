// `/hermes/sources`: what is read of an agent's home, and what never is.

import { homeIs, startWithHome, type Homed } from "./support/home";
import { startServer, type Server } from "./support/server";
import { checkAccessible, checkWidth, expect, hydrated, open, test } from "./support/page";

test.describe("without a home", () => {
  let server: Server;
  test.beforeAll(async () => {
    server = await startServer({ args: ["--no-hermes-home"] });
  });
  test.afterAll(() => server?.stop());

  test("it says where one is looked for and what is never read @phone", async ({ page }) => {
    await open(page, `${server.url}/hermes/sources`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sources");
    await expect(page).toHaveTitle("Sources · Hermes Mission Control");
    const ways = page.getByRole("region", { name: "No Hermes home is read" });
    await expect(ways).toContainText("$HERMES_HOME");
    await expect(ways).toContainText("~/.hermes");
    await expect(ways).toContainText("--no-hermes-home");
    await expect(ways).toContainText(`mission-control serve --data ${server.data} --hermes-home DIR`);
    const never = page.getByRole("region", { name: "Never read" });
    await expect(never).toContainText("keys and passwords");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await checkWidth(page);
    await checkAccessible(page);
  });

  test("a command is copied", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
    await open(page, `${server.url}/hermes/sources`);
    await page.getByRole("button", { name: "Copy the command" }).first().click();
    await expect(page.getByRole("status").filter({ hasText: "Copied" })).toHaveCount(1);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`mission-control serve --data ${server.data} --hermes-home DIR`);
  });

  test("hard reload and a visit from another page show the same", async ({ page }) => {
    await open(page, `${server.url}/hermes/sources`);
    const main = page.getByRole("main");
    const first = await main.innerText();
    await page.reload();
    await hydrated(page);
    expect(await main.innerText()).toBe(first);
    await open(page, `${server.url}/hermes/settings`);
    await page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Sources" }).click();
    await expect(page.getByRole("region", { name: "Never read" })).toBeVisible();
    expect(await main.innerText()).toBe(first);
  });

  test("the same is said to programs", async ({ request }) => {
    const answer = await request.get(`${server.url}/api/v1/sources`);
    expect(answer.status()).toBe(200);
    const { neverRead } = (await answer.json()) as { neverRead: { pattern: string; reason: string }[] };
    expect(neverRead).toContainEqual({ pattern: ".env", reason: "keys and passwords" });
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`accessible and 320 px wide in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 320, height: 700 });
      await open(page, `${server.url}/hermes/sources`);
      await checkWidth(page);
      await checkAccessible(page);
    });
  }

  test.describe("when the server is gone", () => {
    test.use({ expectedMessages: [/Failed to load resource/] });
    test("the page says what failed and what to do", async ({ page }) => {
      await open(page, `${server.url}/hermes/agents`);
      await page.route("**/api/ui/**", (route) => route.abort());
      await page.getByRole("link", { name: "Sources", exact: true }).first().click();
      const alert = page.getByRole("alert");
      await expect(alert).toContainText("The account of the sources did not load");
      await expect(alert).toContainText("ERR-CONNECTION");
    });
  });
});

test.describe("with a home", () => {
  let server: Homed;
  test.beforeAll(async ({ request }) => {
    server = await startWithHome();
    await homeIs("following", server, request);
  });
  test.afterAll(() => server?.stop());

  test("it says which folder, what is read and what was learned @phone", async ({ page }) => {
    await open(page, `${server.url}/hermes/sources`);
    const card = page.getByRole("region", { name: "Hermes home" });
    await expect(card.getByRole("heading", { name: "Following" })).toBeVisible();
    await expect(card).toContainText(server.home);
    await expect(card).toContainText("named on the command line");
    const row = page.getByRole("table").getByRole("row").filter({ hasText: "Sessions and messages" });
    await expect(row).toContainText("state.db");
    await expect(row.getByRole("cell").first()).toHaveText(/^Read/);
    await expect(row).toContainText("20 sessions");
    await expect(row.locator("time")).toHaveAttribute("title", /^\d+ \w+ \d{4}, \d\d:\d\d:\d\d/);
    const learned = page.getByRole("region", { name: "What Hermes has learned" });
    await expect(learned).toContainText("invoice-release");
    await expect(learned).toContainText("totals must be rounded to 2 decimals");
    await expect(learned).toContainText("Dana prefers short status reports.");
    await expect(page.getByRole("region", { name: "Never read" })).toContainText(".env");
    await checkWidth(page);
  });

  test("what is never read is read nowhere", async ({ request }) => {
    const text = await (await request.get(`${server.url}/api/v1/sources`)).text();
    const { home } = JSON.parse(text) as { home: { files: { path: string }[] } };
    const paths = home.files.map((file) => file.path);
    expect(paths).toContain("state.db");
    for (const never of [".env", "config.yaml", "auth.json", "response_store.db"]) expect(paths).not.toContain(never);
  });

  test("the overview says nothing of a home that is read", async ({ page }) => {
    await open(page, `${server.url}/hermes`);
    await expect(page.getByRole("region", { name: "Hermes now" })).toBeVisible();
    await expect(page.locator(".notice").filter({ visible: true })).toHaveCount(0);
  });

  test("hard reload and a visit from another page show the same @phone", async ({ page }) => {
    await open(page, `${server.url}/hermes/sources`);
    const main = page.getByRole("main");
    const first = await main.innerText();
    await page.reload();
    await hydrated(page);
    expect(await main.innerText()).toBe(first);
    await open(page, `${server.url}/hermes/tasks`);
    await page.getByRole("link", { name: "Sources", exact: true }).filter({ visible: true }).click();
    await expect(page.getByRole("region", { name: "Hermes home" })).toBeVisible();
    expect(await main.innerText()).toBe(first);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`accessible in ${colorScheme} @phone`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await open(page, `${server.url}/hermes/sources`);
      for (const summary of await page.locator("main summary").all()) await summary.click();
      await checkAccessible(page);
    });
  }

  for (const width of [320, 390, 834, 1440]) {
    test(`fits ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await open(page, `${server.url}/hermes/sources`);
      await checkWidth(page);
      for (const summary of await page.locator("main summary").all()) await summary.click();
      await checkWidth(page);
    });
  }
});

test.describe("with a named home that is not there", () => {
  let server: Server;
  test.beforeAll(async ({ request }) => {
    server = await startServer({ args: ["--hermes-home", "/nowhere/<b>at all</b>"] });
    await homeIs("missing", server, request);
  });
  test.afterAll(() => server?.stop());

  test("the page and the overview warn, and name the remedy @phone", async ({ page }) => {
    await open(page, `${server.url}/hermes`);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("/nowhere/<b>at all</b>");
    await checkAccessible(page);
    await alert.getByRole("link", { name: "Sources" }).click();
    await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
    await expect(alert).toContainText("It is read as soon as it is there");
    await expect(alert).toContainText(`mission-control serve --data ${server.data} --hermes-home DIR`);
    await checkWidth(page);
    await checkAccessible(page);
  });
});

test("the usual folder that is not there is no alarm", async ({ page, request }) => {
  const server = await startServer();
  try {
    await homeIs("missing", server, request);
    await open(page, `${server.url}/hermes`);
    await expect(page.getByRole("region", { name: "Getting started" })).toContainText(
      `It looked for ${server.data}/.hermes, and there is no such folder.`,
    );
    await expect(page.getByRole("alert")).toHaveCount(0);
    await open(page, `${server.url}/hermes/sources`);
    await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
    await expect(page.getByRole("region", { name: "No Hermes home is read" })).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  } finally {
    await server.stop();
  }
});
