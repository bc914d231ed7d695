// A recorded home of an agent, copied: reading a database may touch the files beside it.

import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type APIRequestContext } from "@playwright/test";
import { root, startServer, type Server, type ServerOptions } from "./server";

/** The morning after the home was recorded. */
export const now = "2026-11-23T09:00:00Z";

export interface Homed extends Server {
  home: string;
}

/** A server that follows a copy of the recorded home. */
export async function startWithHome(options: ServerOptions = {}): Promise<Homed> {
  const home = await mkdtemp(join(tmpdir(), "hermes-home-"));
  await cp(join(root, "crates/hermes-home/testdata/home"), home, { recursive: true });
  const args = ["--hermes-home", home, ...(options.args ?? [])];
  const server = await startServer({ ...options, args, env: { MISSION_CONTROL_NOW: now, ...options.env } });
  const stop = async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
  return { ...server, home, stop };
}

/** Waits until that is what became of the home. */
export async function homeIs(wanted: string, server: Server, request: APIRequestContext): Promise<void> {
  const state = async () => {
    const answer = await request.get(`${server.url}/api/v1/sources`);
    return ((await answer.json()) as { home: { state: string } | null }).home?.state;
  };
  await expect.poll(state).toBe(wanted);
}
