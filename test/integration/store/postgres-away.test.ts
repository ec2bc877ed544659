/** A team's database that goes away under a console, by every way in which one can: what was read stays, and it comes back by itself. */
import { once } from "node:events";
import net from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createIdentityStores } from "../../../main/store/identity-stores.ts";
import { createChangesOf } from "../../../main/store/changes.ts";
import { openPostgres, type PostgresEngine } from "../../../main/store/postgres/engine.ts";
import { addressOf } from "../../../main/store/postgres/session.ts";
import type { IdentityStores } from "../../../main/store/types.ts";
import { fail } from "../../../shared/fault.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { findPostgres, startPostgres, type Account, type PostgresServer } from "../../lab/postgres-server.ts";
import { documentNamed, noteBy, systemClock, take } from "../../unit/main/store/support.ts";

const bin = findPostgres();
const unreachable = fail({ kind: "not-stored", why: "unreachable" });

interface Console {
  readonly engine: PostgresEngine;
  readonly stores: IdentityStores;
}

describe.runIf(bin !== null)("a team's database", () => {
  let server: PostgresServer;
  let database: string;
  let opened: PostgresEngine[] = [];
  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    ({ database } = await server.create());
  });
  afterEach(async () => {
    for (const engine of opened) await engine.close();
    opened = [];
  });

  async function consoleOf(account: Account, port = server.port): Promise<Console> {
    const { place, signIn } = server.settings(database, account);
    const engine = take(await openPostgres({ address: addressOf({ place: { ...place, port }, signIn }), clock: systemClock, logger: silentLogger, known: () => 0, start: () => Promise.resolve(null) }));
    opened.push(engine);
    return { engine, stores: createIdentityStores({ engine, changes: createChangesOf(engine, silentLogger), logger: silentLogger, seals: null }) };
  }
  const namesOf = ({ stores }: Console) => stores.list().map(({ document }) => document.name);

  test("that stops can be read on, takes nothing, and is back by itself", { timeout: 60_000 }, async () => {
    const [bob, ben] = [await consoleOf("bob"), await consoleOf("ben")];
    const { id } = take(await bob.stores.create(documentNamed("Contoso"), noteBy("bob")));
    await expect.poll(() => namesOf(ben)).toEqual(["Contoso"]);
    const heard = bob.engine.heardAt();
    await server.stop();
    expect(await bob.stores.save(id, documentNamed("Fabrikam"), 1, noteBy("bob"), "kept")).toEqual(unreachable);
    const away = bob.engine.away();
    expect(away).toMatchObject({ since: expect.any(Number), fault: { kind: "unreachable" } });
    expect(bob.engine.heardAt()).toBe(heard);
    expect(namesOf(bob)).toEqual(["Contoso"]);
    await expect(bob.stores.revisions(id)).rejects.toThrow(/ECONNREFUSED|terminat/);
    await server.start();
    await expect.poll(async () => (await bob.stores.save(id, documentNamed("Fabrikam"), 1, noteBy("bob"), "kept")).ok).toBe(true);
    expect(bob.engine.away()).toBeNull();
    await expect.poll(() => namesOf(ben)).toEqual(["Fabrikam"]);
  });

  test("is heard again after the server ended every connection", async () => {
    const [bob, ben] = [await consoleOf("bob"), await consoleOf("ben")];
    await expect.poll(() => server.ask({ database }, "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")).toHaveLength(2);
    await server.ask({ database }, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('bob', 'ben')");
    await expect.poll(async () => (await bob.stores.create(documentNamed("Contoso"), noteBy("bob"))).ok).toBe(true);
    await expect.poll(() => namesOf(ben)).toEqual(["Contoso"]);
  });

  test("behind a wire that goes silent is given up in time, and is back when it speaks", { timeout: 90_000 }, async () => {
    const sockets = new Set<net.Socket>();
    let silent = false;
    const wire = net.createServer((near) => {
      const far = net.connect(server.port, "127.0.0.1");
      for (const [from, to] of [[near, far], [far, near]] as const) {
        sockets.add(from);
        from.on("error", () => undefined).on("close", () => to.destroy()).on("data", (chunk) => {
          if (!silent) to.write(chunk);
        });
      }
    });
    wire.listen(0, "127.0.0.1");
    await once(wire, "listening");
    const address = wire.address();
    const bob = await consoleOf("bob", address === null || typeof address === "string" ? 0 : address.port);
    const { id } = take(await bob.stores.create(documentNamed("Contoso"), noteBy("bob")));
    silent = true;
    const began = performance.now();
    expect(await bob.stores.save(id, documentNamed("Fabrikam"), 1, noteBy("bob"), "kept")).toEqual(unreachable);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(bob.engine.away()).not.toBeNull();
    expect(namesOf(bob)).toEqual(["Contoso"]);
    silent = false;
    await expect.poll(async () => (await bob.stores.save(id, documentNamed("Fabrikam"), 1, noteBy("bob"), "kept")).ok).toBe(true);
    expect(bob.engine.away()).toBeNull();
    for (const engine of opened.splice(0)) await engine.close();
    for (const socket of sockets) socket.destroy();
    wire.close();
  });

  test("that lets an account in no more is away for it, and says that it has no rights", { timeout: 30_000 }, async () => {
    const bob = await consoleOf("bob");
    const { id } = take(await bob.stores.create(documentNamed("Contoso"), noteBy("bob")));
    await server.ask({ database }, "ALTER ROLE bob NOLOGIN");
    await server.ask({ database }, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'bob'");
    await expect.poll(() => bob.stores.save(id, documentNamed("Fabrikam"), 1, noteBy("bob"), "kept")).toEqual(fail({ kind: "not-stored", why: "no-rights" }));
    expect(bob.engine.away()).not.toBeNull();
    expect(namesOf(bob)).toEqual(["Contoso"]);
    await server.ask({ database }, "ALTER ROLE bob LOGIN");
    await expect.poll(async () => (await bob.stores.save(id, documentNamed("Fabrikam"), 1, noteBy("bob"), "kept")).ok).toBe(true);
  });
});
