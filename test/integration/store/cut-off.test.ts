/** The way to a team's database is cut while it is opened, wherever that may be: it is away, and never a bug. */
import { once } from "node:events";
import net from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres } from "../../../main/store/postgres/engine.ts";
import { addressOf } from "../../../main/store/postgres/session.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { findPostgres, startPostgres, type PostgresServer } from "../../lab/postgres-server.ts";
import { systemClock } from "../../unit/main/store/support.ts";

const bin = findPostgres();

interface Wire {
  readonly port: number;
  /** What the server has answered through it. */
  answered(): number;
  close(): void;
}

/** A way to the server that carries so many bytes of its answers and is cut then: properly, or as by a firewall that resets. */
async function wireTo(port: number, limit: number, how: "ended" | "reset"): Promise<Wire> {
  let answered = 0;
  const wire = net.createServer((near) => {
    const far = net.connect(port, "127.0.0.1");
    const cut = () => {
      far.destroy();
      if (how === "reset") near.resetAndDestroy();
      else near.end();
    };
    near.on("error", () => undefined).on("close", () => far.destroy()).on("data", (chunk) => far.write(chunk));
    far.on("error", () => undefined).on("close", () => near.destroy()).on("data", (chunk) => {
      const rest = limit - answered;
      answered += chunk.length;
      if (rest > 0) near.write(chunk.subarray(0, rest));
      if (answered >= limit) cut();
    });
    if (limit === 0) cut();
  });
  wire.listen(0, "127.0.0.1");
  await once(wire, "listening");
  const address = wire.address();
  return { port: address === null || typeof address === "string" ? 0 : address.port, answered: () => answered, close: () => wire.close() };
}

describe.runIf(bin !== null)("a team's database whose way is cut", () => {
  let server: PostgresServer;
  let database: string;
  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
    ({ database } = await server.create());
  });
  afterAll(() => server.remove());

  async function openThrough(limit: number, how: "ended" | "reset") {
    const wire = await wireTo(server.port, limit, how);
    const { place, signIn } = server.settings(database, "bob");
    const address = addressOf({ place: { ...place, port: wire.port }, signIn });
    const opened = await openPostgres({ address, clock: systemClock, logger: silentLogger, known: () => 0, start: () => Promise.resolve(null) });
    if (opened.ok) await opened.value.close();
    wire.close();
    return { opened, answered: wire.answered() };
  }

  test.each(["ended", "reset"] as const)("after any number of bytes (%s) is unreachable", { timeout: 120_000 }, async (how) => {
    const { opened: whole, answered } = await openThrough(Infinity, how);
    expect(whole.ok).toBe(true);
    const limits = [0, 1, 2, 6, ...Array.from({ length: 40 }, (_none, i) => Math.ceil(((i + 1) * answered * 0.6) / 40))];
    const seen = new Set<string>();
    for (const limit of limits) {
      const { opened } = await openThrough(limit, how);
      // What was answered before the way was cut may have been all that opening takes.
      if (opened.ok) continue;
      expect({ limit, ...opened.fault }).toMatchObject({ limit, kind: "unreachable", host: "localhost" });
      seen.add(opened.fault.kind === "unreachable" ? opened.fault.rung : "");
    }
    expect([...seen]).toEqual(expect.arrayContaining(["tls", "sign-in"]));
  });
});
