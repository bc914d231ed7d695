// A server of the test's own: another port, an empty data folder, gone afterwards.
//
//   const server = await startServer();
//   await server.run(["ingest", "mock-data/native/events-S.jsonl.gz"]);
//   await page.goto(`${server.url}/hermes`);
//   await server.stop();

import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The workspace: the server runs there, so paths in arguments start there. */
export const root = resolve(import.meta.dirname, "../../..");

const binary = process.env.MISSION_CONTROL_BIN ?? join(root, "target/release/mission-control");
const startLimit = 60_000;
const stopLimit = 10_000;

/** The servers that their tests have ended: what an open page still asks of them fails, and is no fault of the page. */
export const ended = new Set<string>();

export interface ServerOptions {
  /** The data folder; without it, a new one that `stop` removes. */
  data?: string;
  /** Where it listens, if not at any free port. */
  listen?: string;
  /** More arguments of `mission-control serve`. */
  args?: string[];
  /** More environment variables, for the server and for `run`. */
  env?: Record<string, string>;
}

export interface Output {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Server {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  data: string;
  readonly process: ChildProcess;
  /** Everything that the server has printed. */
  log(): string;
  /** Runs another command of the binary on the same data folder. It does not throw: look at `code`. */
  run(args: string[], input?: string): Promise<Output>;
  /** Asks the server to finish and waits until it has. */
  stop(): Promise<void>;
  /** The same, and leaves its data: `resume` starts it again, at the same address. */
  halt(): Promise<void>;
  /** Starts the server again after `halt`, with other arguments of `mission-control serve` if any are given. */
  resume(args?: string[]): Promise<void>;
}

export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "mission-control-")));
  // No test reads an agent's home that it did not name: the founder's own is out of sight.
  const { HERMES_HOME: _, MISSION_CONTROL_HERMES_HOME: __, ...around } = process.env;
  const env = { ...around, HOME: data, MISSION_CONTROL_DATA: data, ...options.env };
  const log = { text: "" };
  const start = (listen: string, more: string[]) => {
    const args = ["serve", "--listen", listen, "--data", data, ...more];
    return spawn(binary, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  };
  let child = start(options.listen ?? "127.0.0.1:0", options.args ?? []);
  const halt = () => end(child);
  let url = "";
  const stop = async () => {
    ended.add(url);
    await halt();
    if (options.data === undefined) await rm(data, { recursive: true, force: true });
  };

  try {
    url = await listening(child, log);
    return {
      url,
      data,
      get process() {
        return child;
      },
      log: () => log.text,
      run: (args, input) => run(args, env, input),
      stop,
      halt,
      resume: async (args) => {
        child = start(new URL(url).host, args ?? options.args ?? []);
        await listening(child, log);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that a server tells when it listens. */
function listening(child: ChildProcess, log: { text: string }): Promise<string> {
  const before = log.text.length;
  return new Promise<string>((found, failed) => {
    const told = (why: string) => failed(new Error(`${why}\n${log.text || "(it printed nothing)"}`));
    const late = setTimeout(() => told(`the server told no address within ${startLimit / 1000} s`), startLimit);
    const read = (chunk: Buffer) => {
      log.text += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+(?=\D)/.exec(log.text.slice(before));
      if (address) {
        clearTimeout(late);
        found(address[0]);
      }
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", (error) => told(`${binary}: ${error.message}; \`cargo xtask build\` makes it`));
    child.once("exit", (code, signal) => told(`the server ended with ${code ?? signal}`));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), stopLimit);
  await exited;
  clearTimeout(late);
}

function run(args: string[], env: NodeJS.ProcessEnv, input?: string): Promise<Output> {
  return new Promise((done) => {
    const child = execFile(binary, args, { cwd: root, env, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      done({ code, stdout, stderr });
    });
    // A command that reads nothing may close its input first; its exit code tells what matters.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input ?? "");
  });
}
