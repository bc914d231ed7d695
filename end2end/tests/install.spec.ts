// Mission Control can be installed as an app.

import { expect, open, test } from "./support/page";
import { startServer, type Server } from "./support/server";

test.use({ serviceWorkers: "allow" });

let server: Server;
test.beforeAll(async () => {
  server = await startServer({ args: ["--no-hermes-home"] });
});
test.afterAll(() => server?.stop());

interface Manifest {
  id: string;
  start_url: string;
  display: string;
  icons: { src: string; type: string; sizes: string; purpose?: string }[];
  shortcuts: { url: string }[];
}

test("the browser finds nothing that stands in the way of installing it", async ({ page, context }) => {
  await open(page, `${server.url}/hermes`);
  const browser = await context.newCDPSession(page);
  const { errors, url } = await browser.send("Page.getAppManifest");
  expect(url).toBe(`${server.url}/manifest.webmanifest`);
  expect(errors).toEqual([]);
  const { installabilityErrors } = await browser.send("Page.getInstallabilityErrors");
  // Every test has a window of its own that forgets, in which nothing can be installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
});

test("the manifest names icons and pages that there are", async ({ request }) => {
  const answer = await request.get(`${server.url}/manifest.webmanifest`);
  expect(answer.headers()["content-type"]).toBe("application/manifest+json");
  const { id, start_url, display, icons, shortcuts } = (await answer.json()) as Manifest;
  expect([id, start_url, display]).toEqual(["/hermes", "/hermes", "standalone"]);
  expect(icons.some(({ purpose }) => purpose === "maskable")).toBe(true);
  for (const { src, type, sizes } of icons) {
    const icon = await request.get(server.url + src);
    expect([icon.status(), icon.headers()["content-type"]], src).toEqual([200, type]);
    if (type !== "image/png") continue;
    // Width and height stand at the beginning of a PNG.
    const body = await icon.body();
    expect(`${body.readUInt32BE(16)}x${body.readUInt32BE(20)}`, src).toBe(sizes);
  }
  for (const url of [start_url, ...shortcuts.map((shortcut) => shortcut.url)]) {
    expect((await request.get(server.url + url)).status(), url).toBe(200);
  }
});
