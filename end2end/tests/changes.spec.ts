// What the founder changes is shown at once, and confirmed or rolled back: saved views, products, decisions, settings.

import type { Page, Route } from "@playwright/test";
import { startServer, type Server } from "./support/server";
import { checkAccessible, checkWidth, expect, hydrated, open, test } from "./support/page";
import { now, recording } from "./support/truth";

let server: Server;

test.beforeEach(async () => {
  server = await startServer({ args: ["--no-hermes-home"], env: { MISSION_CONTROL_NOW: now.toISOString() } });
  const { code, stderr } = await server.run(["ingest", recording]);
  expect(code, stderr).toBe(0);
});
test.afterEach(() => server?.stop());

/** Holds every request to that address until it is let go. */
async function hold(page: Page, url: string | RegExp): Promise<{ letGo: () => Promise<void>; seen: () => number }> {
  const held: Route[] = [];
  let open = false;
  let count = 0;
  await page.route(url, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    count += 1;
    if (open) await route.continue();
    else held.push(route);
  });
  return {
    seen: () => count,
    letGo: async () => {
      open = true;
      // What its page took with it when it was left needs no answer.
      for (const route of held.splice(0)) await route.continue().catch(() => {});
    },
  };
}

async function views(): Promise<string[]> {
  const answer = await fetch(`${server.url}/api/v1/views`);
  return ((await answer.json()) as { name: string }[]).map((view) => view.name);
}

/** Writes the name of a view into the form that saves what is shown. */
async function nameView(page: Page, name: string): Promise<void> {
  await page.locator("summary", { hasText: "Save this view" }).click();
  await page.getByRole("textbox", { name: "Name of the view" }).fill(name);
}

const tabs = (page: Page) => page.getByRole("navigation", { name: "Views" });

test("a view is shown as saving until the server has it, and sent once however often it is pressed", async ({ page }) => {
  await open(page, `${server.url}/hermes/tasks?q=deploy`);
  const held = await hold(page, /views\/save$/);
  await nameView(page, "Deploys");
  const save = page.getByRole("button", { name: "Save", exact: true });
  await save.click();
  const tab = tabs(page).getByRole("link", { name: /Deploys/ });
  await expect(tab).toContainText("saving");
  await expect(save).toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("status").filter({ hasText: "Saving: Save a view" })).toHaveCount(1);
  await save.click();
  await page.getByRole("textbox", { name: "Name of the view" }).press("Enter");
  await checkAccessible(page);
  expect(held.seen()).toBe(1);
  expect(await views()).toEqual([]);
  await held.letGo();
  await expect(tab).not.toContainText("saving");
  await expect(tab).toHaveAttribute("aria-current", "page");
  expect(await views()).toEqual(["Deploys"]);
});

test.describe("where answers fail", () => {
  // The browser's own notes of what failed.
  test.use({ expectedMessages: [/Failed to load resource|ERR_/] });

  test("a view is rolled back with a message, and what was typed stays @phone", async ({ page }) => {
    await open(page, `${server.url}/hermes/tasks?q=deploy`);
    await page.route(/views\/save$/, (route) => route.fulfill({ status: 500, body: "no" }));
    await nameView(page, "Deploys");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const told = page.getByRole("alert");
    await expect(told).toContainText("No answer: the server answered with 500. Whether it was saved can't be told");
    await expect(tabs(page).getByRole("link", { name: /Deploys/ })).toHaveCount(0);
    await expect(page.getByRole("textbox", { name: "Name of the view" })).toHaveValue("Deploys");
    await checkAccessible(page);
    await checkWidth(page);
    await page.unroute(/views\/save$/);
    await told.getByRole("button", { name: "Try again" }).click();
    await expect(tabs(page).getByRole("link", { name: "Deploys" })).toBeVisible();
    await expect(told).toHaveCount(0);
    expect(await views()).toEqual(["Deploys"]);
  });

  test("an answer that was lost on its way does nothing twice", async ({ page }) => {
    await open(page, `${server.url}/hermes/tasks?q=deploy`);
    let lost = false;
    await page.route(/views\/save$/, async (route) => {
      if (lost) return route.fallback();
      lost = true;
      // The server has done it; its answer does not arrive.
      await route.fetch();
      await route.abort("connectionreset");
    });
    await nameView(page, "Deploys");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("the server could not be reached");
    // Meanwhile it is deleted in another browser: done again, it would come back.
    const headers = { "sec-fetch-site": "same-origin" };
    await page.request.delete(`${server.url}/api/v1/views/1`, { headers });
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect.poll(views).toEqual([]);
  });

  test("a failed decision leaves its item, and says so there", async ({ page }) => {
    await open(page, `${server.url}/hermes`);
    const queue = page.getByRole("region", { name: "Founder attention" });
    const count = await queue.locator(".q-item").count();
    await page.route(/api\/ui\/decide$/, (route) => route.abort("connectionreset"));
    await queue.getByRole("button", { name: /^Acknowledge/ }).first().click();
    await expect(queue.getByRole("alert")).toContainText("No answer: the server could not be reached");
    await expect(queue.locator(".q-item")).toHaveCount(count);
    await checkAccessible(page);
    await checkWidth(page);
  });

  test("what fails after its page was left is told on the next one", async ({ page }) => {
    await open(page, `${server.url}/hermes/tasks?q=deploy`);
    let fail = (): void => {};
    const failed = new Promise<void>((done) => (fail = done));
    await page.route(/views\/save$/, async (route) => {
      await failed;
      await route.abort("connectionreset");
    });
    await nameView(page, "Deploys");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("link", { name: "History", exact: true }).first().click();
    await expect(page).toHaveURL(/\/hermes\/history/);
    fail();
    const told = page.getByRole("alert");
    await expect(told).toContainText("Save a view: Deploys");
    await checkAccessible(page);
    await page.unroute(/views\/save$/);
    await told.getByRole("button", { name: "Try again" }).click();
    await expect(told).toHaveCount(0);
    await expect.poll(views).toEqual(["Deploys"]);
    await expect(page, "who went on is not called back").toHaveURL(/\/hermes\/history/);
  });
});

test("a reload in the middle loses nothing and does nothing twice", async ({ page }) => {
  page.removeAllListeners("dialog");
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await open(page, `${server.url}/hermes/tasks?q=deploy`);
  const held = await hold(page, /views\/save$/);
  await nameView(page, "Deploys");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(tabs(page)).toContainText("saving");
  await page.reload();
  expect(asked, "the browser asks before the page is left").toEqual(["beforeunload"]);
  await hydrated(page);
  await expect(tabs(page)).toContainText("saving");
  await held.letGo();
  await expect(tabs(page).getByRole("link", { name: "Deploys" })).toBeVisible();
  await expect(tabs(page)).not.toContainText("saving");
  expect(await views()).toEqual(["Deploys"]);
});

test("a name that is taken is refused at its place, by keyboard alone", async ({ page }) => {
  const headers = { "sec-fetch-site": "same-origin" };
  await page.request.post(`${server.url}/api/v1/views`, { headers, data: { name: "Deploys", query: "q=x" } });
  await open(page, `${server.url}/hermes/tasks?q=deploy`);
  await page.locator("summary", { hasText: "Save this view" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Deploys");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Another view has that name");
  await expect(page.getByRole("textbox", { name: "Name of the view" })).toHaveValue("Deploys");
  await page.getByRole("textbox", { name: "Name of the view" }).press("End");
  await page.keyboard.type(" of mine");
  await page.keyboard.press("Enter");
  await expect(tabs(page).getByRole("link", { name: "Deploys of mine" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a view is renamed and deleted at once, and the other tab follows", async ({ page, context }) => {
  const headers = { "sec-fetch-site": "same-origin" };
  await page.request.post(`${server.url}/api/v1/views`, { headers, data: { name: "Deploys", query: "q=deploy" } });
  await open(page, `${server.url}/hermes/tasks?q=deploy`);
  const other = await context.newPage();
  await open(other, `${server.url}/hermes/tasks`);
  await expect(tabs(other).getByRole("link", { name: "Deploys" })).toBeVisible();
  await page.bringToFront();
  const renaming = await hold(page, /views\/rename$/);
  await page.locator("summary", { hasText: "This view" }).click();
  await page.getByRole("textbox", { name: "Name of the view" }).fill("Releases");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(tabs(page).getByRole("link", { name: /Releases/ })).toContainText("saving");
  await renaming.letGo();
  await expect(tabs(page).getByRole("link", { name: "Releases" })).not.toContainText("saving");
  await expect(tabs(other).getByRole("link", { name: "Releases" })).toBeVisible();
  const deleting = await hold(page, /views\/delete$/);
  await page.locator("summary", { hasText: "This view" }).click();
  await page.getByRole("button", { name: /^Delete this view/ }).click();
  await expect(tabs(page).getByRole("link", { name: /Releases/ })).toHaveCount(0);
  await deleting.letGo();
  await expect(tabs(other).getByRole("link", { name: "Releases" })).toHaveCount(0);
  expect(await views()).toEqual([]);
});

test("a product is shown as it was said, and as it was where that is refused", async ({ page }) => {
  await open(page, `${server.url}/hermes/products`);
  await page.locator(".p-name").first().click();
  const name = page.locator(".ps-name");
  const before = await name.innerText();
  // Its label says more once it is the founder's word.
  const field = page.getByRole("textbox", { name: /^Name/ });
  await page.getByText("Edit this product").click();
  const held = await hold(page, /edit-product$/);
  await field.fill("Named by me");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(name).toHaveText("Named by me");
  await expect(page.getByText("Saving what you said of it")).toBeVisible();
  await checkAccessible(page);
  await held.letGo();
  await expect(page).toHaveURL(/changed=1/);
  await expect(page.getByText("Saving what you said of it")).toHaveCount(0);
  await expect(name).toHaveText("Named by me");

  // What the form said is so: it is folded away.
  await expect(field).toBeHidden();
  await page.getByText("Edit this product").click();
  await field.fill("Never so");
  await page.getByLabel("Repository").fill("ftp://nowhere.example");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "A link begins with" })).toBeVisible();
  await expect(name).toHaveText("Named by me");
  await expect(field).toHaveValue("Never so");
  await page.getByRole("button", { name: /^Undo no\. 1/ }).first().click();
  await expect(name).toHaveText(before);
});

test("what happens elsewhere leaves a form that is being written in alone", async ({ page }) => {
  await open(page, `${server.url}/hermes/products`);
  await page.locator(".p-name").first().click();
  await page.getByText("Edit this product").click();
  await page.getByLabel("Owner").fill("Me, soon");
  await page.getByRole("heading", { level: 2, name: "Edit this product" }).hover();
  const slug = new URL(page.url()).pathname.split("/").pop();
  const headers = { "sec-fetch-site": "same-origin" };
  const said = await page.request.patch(`${server.url}/api/v1/products/${slug}`, { headers, data: { name: "Named elsewhere" } });
  expect(said.status(), await said.text()).toBeLessThan(300);
  await page.locator("main").click({ position: { x: 2, y: 2 } });
  await expect(page.locator(".ps-name")).toHaveText("Named elsewhere");
  await expect(page.getByLabel("Owner")).toHaveValue("Me, soon");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/changed=/);
  await expect(page.locator(".ps-name"), "what others changed meanwhile is not taken back").toHaveText("Named elsewhere");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`what is under way and what failed is accessible in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open(page, `${server.url}/hermes`);
    const held = await hold(page, /api\/ui\/decide$/);
    const queue = page.getByRole("region", { name: "Founder attention" });
    await queue.getByRole("button", { name: /^Acknowledge/ }).first().click();
    await expect(queue.locator("[aria-busy=true]")).toHaveCount(1);
    await checkAccessible(page);
    await held.letGo();
    await expect(queue.getByRole("status")).toContainText("Acknowledged");
  });
}
