// A bad network between the browser and the server: it cuts connections in the middle of a message, delays what it carries, so
// that a later question is answered before an earlier one, and says messages of the live stream twice.
//
// Within one connection nothing overtakes: that no network does.

import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Server } from "./server";

/** Chance, the same one each time. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) >>> 0;
  }

  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }
}

export interface Network {
  /** The server's address, through this network. */
  url: string;
  /** What was asked for, in its order: method and path. */
  asked: string[];
  /** The messages of live streams that went through, in their order. */
  told: string[];
  /** From now on it is bad, in the way of that chance. */
  turn(random: Random): void;
  /** Ends all connections, and takes no new ones until `heal`. */
  cut(): void;
  /** From now on it is as good as no network in between; what it had open is ended once more. */
  heal(): void;
  /** How many live streams are open. */
  streams(): number;
  stop(): Promise<void>;
}

export async function networkTo(server: Server): Promise<Network> {
  const open = new Set<ServerResponse>();
  const streams = new Set<ServerResponse>();
  const asked: string[] = [];
  const told: string[] = [];
  let chance: Random | undefined;
  let dead = false;

  const end = () => {
    for (const response of open) response.destroy();
  };
  const carry = (request: IncomingMessage, response: ServerResponse) => {
    if (dead) return void response.destroy();
    const { method = "GET", url = "/", headers } = request;
    asked.push(`${method} ${url}`);
    open.add(response);
    response.on("close", () => {
      open.delete(response);
      streams.delete(response);
      forward.destroy();
    });
    const isLive = url.startsWith("/api/v1/live");
    const forward = ask(new URL(url, server.url), { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      if (isLive && answer.statusCode === 200) streams.add(response);
      const way = new Way(response, () => (url.startsWith("/api/") ? chance : undefined));
      const messages = new Messages((message) => {
        told.push(message);
        way.send(Buffer.from(message), true);
      });
      answer.on("data", (bytes: Buffer) => (isLive ? messages.push(bytes) : way.send(bytes)));
      answer.on("end", () => way.end());
      answer.on("error", () => response.destroy());
    });
    forward.on("error", () => response.destroy());
    request.pipe(forward);
  };

  const proxy = createServer(carry);
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    asked,
    told,
    turn: (random) => {
      chance = random;
    },
    cut: () => {
      dead = true;
      end();
    },
    heal: () => {
      dead = false;
      chance = undefined;
      end();
    },
    streams: () => streams.size,
    stop: async () => {
      end();
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, "close");
    },
  };
}

/** The way of one answer to the browser: in order, and at the speed of a bad network. */
class Way {
  #last = Promise.resolve();

  constructor(
    readonly response: ServerResponse,
    readonly chance: () => Random | undefined,
  ) {}

  send(piece: Buffer, isMessage = false): void {
    this.#then(async (random) => {
      const fate = random?.below(16) ?? 15;
      if (fate < 4) await new Promise((done) => setTimeout(done, random?.below(300)));
      if (fate === 4) {
        this.response.write(piece.subarray(0, piece.length / 2));
        this.response.destroy();
      } else {
        this.response.write(piece);
        if (fate === 5 && isMessage) this.response.write(piece);
      }
    });
  }

  end(): void {
    this.#then(async () => void this.response.end());
  }

  #then(next: (random: Random | undefined) => Promise<void>): void {
    this.#last = this.#last.then(() => (this.response.destroyed ? undefined : next(this.chance())));
  }
}

/** Cuts a stream of server-sent events into its messages. */
class Messages {
  #rest = "";
  readonly #text = new TextDecoder();

  constructor(readonly each: (message: string) => void) {}

  push(bytes: Buffer): void {
    this.#rest += this.#text.decode(bytes, { stream: true });
    for (let end = this.#rest.indexOf("\n\n"); end >= 0; end = this.#rest.indexOf("\n\n")) {
      this.each(this.#rest.slice(0, end + 2));
      this.#rest = this.#rest.slice(end + 2);
    }
  }
}
