/** Who gets into a team's database, and what everybody else is told: a real server, real TLS, real accounts. */
import { once } from "node:events";
import net from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import { openPostgres } from "../../../main/store/postgres/engine.ts";
import { climbToTeam } from "../../../main/store/postgres/ladder.ts";
import { addressOf } from "../../../main/store/postgres/session.ts";
import { inTeamDatabase, setUpSchema } from "../../../main/store/postgres/setup.ts";
import { all } from "../../../main/store/steps.ts";
import type { TeamSettings } from "../../../main/store/team/types.ts";
import { fail, succeed, type Fault, type SignInReason, type UnreachableReason } from "../../../shared/fault.ts";
import type { RungResult } from "../../../shared/model/mail-server.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { findPostgres, startPostgres, type PostgresServer } from "../../lab/postgres-server.ts";
import { take } from "../../unit/main/store/support.ts";

const bin = findPostgres();
const signal = new AbortController().signal;
const outcomeOf = ({ rung, outcome }: RungResult) => `${rung} ${outcome.state === "passed" ? (outcome.answer ?? "passed") : outcome.state}`;

async function climbed(settings: TeamSettings, options: { readonly signal: AbortSignal } = { signal }) {
  const rungs: string[] = [];
  const result = await climbToTeam(settings, { ...options, clock: systemClock, onRung: (rung) => rungs.push(outcomeOf(rung)) });
  return { result, rungs };
}

async function listening(wire: net.Server): Promise<number> {
  wire.listen(0, "127.0.0.1");
  await once(wire, "listening");
  const address = wire.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const open = (settings: TeamSettings) => openPostgres({ address: addressOf(settings), clock: systemClock, logger: silentLogger, known: () => 0, start: () => Promise.resolve(null) });

describe.runIf(bin !== null)("a team's database", () => {
  let server: PostgresServer;
  let database: string;
  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
    ({ database } = await server.create());
  });
  afterAll(() => server.remove());

  /** What both say, who tests and who opens. */
  async function refusals(settings: TeamSettings): Promise<{ readonly testing: Fault | null; readonly opening: Fault | null; readonly rungs: readonly string[] }> {
    const { result, rungs } = await climbed(settings);
    const opened = await open(settings);
    if (opened.ok) await opened.value.close();
    return { testing: result.ok ? null : result.fault, opening: opened.ok ? null : opened.fault, rungs: rungs.filter((rung) => !rung.endsWith(" skipped")) };
  }
  /** Both say it, and the climb ended on this rung. */
  const both = (fault: Partial<Fault>, last: string) => ({ testing: fault, opening: fault, rungs: expect.arrayContaining([`${last} failed`]) });
  const reached = ["dns 127.0.0.1", expect.stringMatching(/^tcp 127\.0\.0\.1:\d+$/)];

  test("is climbed to rung by rung, with a password and with a certificate, by each in their role", async () => {
    for (const [account, role] of [["eva", "administrator"], ["bob", "operator"], ["rita", "reader"], ["carl", "operator"]] as const) {
      const { result, rungs } = await climbed(server.settings(database, account));
      expect(result).toEqual(succeed({ content: "team", role, maySetUp: false, version: expect.stringMatching(/^\d\d\.\d/) }));
      expect(rungs).toEqual([expect.stringMatching(/^dns .*127\.0\.0\.1/), reached[1], "tls TLSv1.3", `sign-in ${account}`, "database-rights passed", expect.stringMatching(/^database-version \d\d\.\d/)]);
    }
  });

  test("says what is in it", async () => {
    const empty = await server.createEmpty();
    expect((await climbed(server.settings(empty, "owner"))).result).toMatchObject({ ok: true, value: { content: "empty", role: "none", maySetUp: true } });
    expect((await climbed(server.settings(empty, "bob"))).result).toMatchObject({ ok: true, value: { content: "empty", role: "none", maySetUp: false } });
    expect(await refusals(server.settings(database, "nobody"))).toMatchObject(both({ kind: "not-stored", why: "no-rights" }, "database-rights"));
    await server.ask({ database: empty }, "CREATE TABLE public.accounts (id int)");
    expect((await climbed(server.settings(empty, "owner"))).result).toMatchObject({ ok: true, value: { content: "foreign" } });
    const { database: other } = await server.create();
    for (const [number, content] of [[0, "older"], [99, "newer"]] as const) {
      await server.ask({ database: other }, `UPDATE schema_version SET number = ${number}`);
      expect((await climbed(server.settings(other, "eva"))).result).toMatchObject({ ok: true, value: { content, role: "administrator" } });
    }
    expect(await open(server.settings(other, "eva"))).toEqual(fail({ kind: "unreadable", what: "database-newer" }));
    expect(await open(server.settings(empty, "owner"))).toEqual(fail({ kind: "not-found", what: "team" }));
  });

  test("a wrong password, an unknown account and an account without the certificate are refused at signing in", async () => {
    const settings = server.settings(database, "bob");
    const wrong = both({ kind: "sign-in", reason: "database-account" }, "sign-in");
    expect(await refusals({ ...settings, signIn: { by: "password", password: "Pa55word!" } })).toMatchObject(wrong);
    expect(await refusals({ ...settings, place: { ...settings.place, user: "ghost" } })).toMatchObject(wrong);
    expect(await refusals({ ...settings, place: { ...settings.place, user: "carl" } })).toMatchObject(both({ kind: "sign-in", reason: "database-rules" }, "sign-in"));
  });

  test("an empty password is refused, and a server that asks for a Kerberos ticket gets none", async () => {
    const settings = server.settings(database, "bob");
    expect(await refusals({ ...settings, signIn: { by: "password", password: "" } })).toMatchObject(both({ kind: "sign-in", reason: "database-account" }, "sign-in"));
    expect(await refusals(server.settings(database, "gus"))).toMatchObject(both({ kind: "sign-in", reason: "database-rules" }, "sign-in"));
  });

  test("a client certificate that ended, of another authority, or of somebody else is refused at signing in", async () => {
    const settings = server.settings(database, "carl");
    const withCertificate = async (flaw: "expired" | "untrusted" | null): Promise<TeamSettings> => {
      const { certificatePem, keyPem } = await server.certificate(flaw);
      return { ...settings, signIn: { by: "certificate", certificate: certificatePem, key: keyPem } };
    };
    const refused = (reason: SignInReason) => both({ kind: "sign-in", reason }, "sign-in");
    expect(await refusals(await withCertificate("expired"))).toMatchObject(refused("database-certificate-expired"));
    expect(await refusals(await withCertificate("untrusted"))).toMatchObject(refused("database-certificate"));
    const others = await withCertificate(null);
    expect(await refusals({ ...others, place: { ...others.place, user: "bob" } })).toMatchObject(refused("database-certificate"));
  });

  test("a server that the authority did not vouch for, or that has another name, gets no password", async () => {
    const settings = server.settings(database, "bob");
    const at = (reason: UnreachableReason) => both({ kind: "unreachable", rung: "tls", reason }, "tls");
    const { certificatePem } = await server.certificate("self-signed");
    expect(await refusals({ ...settings, place: { ...settings.place, authority: { name: "other", pem: certificatePem } } })).toMatchObject(at("certificate-untrusted"));
    expect(await refusals({ ...settings, place: { ...settings.place, authority: null } })).toMatchObject(at("certificate-untrusted"));
    expect(await refusals({ ...settings, place: { ...settings.place, host: "127.0.0.1" } })).toMatchObject(at("name-mismatch"));
    await server.present("expired");
    expect(await refusals(settings)).toMatchObject(at("certificate-expired"));
    await server.present(null);
  });

  test("a server that speaks no TLS, or no PostgreSQL, gets neither a name nor a password", async () => {
    const settings = server.settings(database, "bob");
    const notTls = both({ kind: "unreachable", rung: "tls", reason: "not-tls" }, "tls");
    await server.speakTls(false);
    expect(await refusals(settings)).toMatchObject(notTls);
    await server.speakTls(true);
    const said: string[] = [];
    const web = net.createServer((socket) => socket.on("error", () => undefined).on("data", (chunk) => {
      said.push(chunk.toString("latin1"));
      socket.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    }));
    const port = await listening(web);
    expect(await refusals({ ...settings, place: { ...settings.place, port } })).toMatchObject({ testing: { rung: "tls", reason: "speaks-http" }, opening: { rung: "tls", reason: "not-tls" } });
    expect(said).toHaveLength(2);
    expect(said.join("")).not.toContain("bob");
    web.close();
  });

  test("a server takes nobody over a plain connection", async () => {
    const client = new net.Socket().connect(server.port, "127.0.0.1");
    const startup = Buffer.from("\0\0\0\0\0\x03\0\0user\0bob\0\0");
    startup.writeUInt32BE(startup.length);
    client.write(startup);
    const [answer] = await once(client, "data");
    expect(String(answer)).toMatch(/28000.*no encryption/s);
    client.destroy();
  });

  test("another database, another name and another port are told apart", async () => {
    const settings = server.settings(database, "bob");
    const missing = both({ kind: "not-found", what: "database", detail: "elsewhere" }, "database-rights");
    expect(await refusals({ ...settings, place: { ...settings.place, database: "elsewhere" } })).toMatchObject(missing);
    expect(await refusals({ ...settings, place: { ...settings.place, host: "db.contoso.invalid" } })).toMatchObject(both({ kind: "unreachable", rung: "dns", host: "db.contoso.invalid" }, "dns"));
    expect(await refusals({ ...settings, place: { ...settings.place, port: 1 } })).toMatchObject(both({ kind: "unreachable", rung: "tcp", reason: "refused" }, "tcp"));
  });

  test("a wire that is silent is given up, and left at once when the person says so", { timeout: 30_000 }, async () => {
    const wire = net.createServer((socket) => socket.on("error", () => undefined));
    const port = await listening(wire);
    const settings = server.settings(database, "bob");
    const silent = { ...settings, place: { ...settings.place, port } };
    const controller = new AbortController();
    const began = performance.now();
    const climbing = climbed(silent, { signal: controller.signal });
    setTimeout(() => controller.abort(), 300);
    expect((await climbing).result).toEqual(fail({ kind: "cancelled" }));
    expect(performance.now() - began).toBeLessThan(4000);
    expect(await refusals(silent)).toMatchObject({ testing: { rung: "tls", reason: "timed-out" }, opening: { kind: "unreachable", reason: "timed-out" } });
    wire.close();
  });

  test("is set up by whoever may make tables and roles, once, and is theirs to administer", async () => {
    const empty = await server.createEmpty();
    const nothing = function* () {
      yield* [];
      return succeed(null);
    };
    expect(await setUpSchema(server.settings(empty, "bob"), nothing)).toEqual(fail({ kind: "not-stored", why: "no-rights" }));
    const twice = await Promise.all([setUpSchema(server.settings(empty, "owner"), nothing), setUpSchema(server.settings(empty, "owner"), nothing)]);
    expect(twice).toContainEqual(succeed(null));
    expect(twice).toContainEqual(fail({ kind: "unsupported", why: "database-not-empty" }));
    expect((await climbed(server.settings(empty, "owner"))).result).toMatchObject({ ok: true, value: { content: "team", role: "administrator" } });
    const opened = take(await open(server.settings(empty, "owner")));
    expect(opened.standing().role).toBe("administrator");
    await opened.close();
  });

  test("is as empty as before where the team could not be founded", async () => {
    const empty = await server.createEmpty();
    const refused = fail({ kind: "roster-refused", why: "no-key" });
    expect(await setUpSchema(server.settings(empty, "owner"), function* () {
      yield* [];
      return refused;
    })).toEqual(refused);
    expect((await climbed(server.settings(empty, "owner"))).result).toMatchObject({ ok: true, value: { content: "empty" } });
  });

  test("work that swallowed an error of the server's is not taken for done: its transaction was undone", async () => {
    const careless = inTeamDatabase(server.settings(database, "eva"), function* careless() {
      try {
        yield* all("SELECT 1 / 0");
      } catch {
        return succeed("done");
      }
      return succeed("not reached");
    });
    await expect(careless).rejects.toThrow("the transaction was undone");
  });
});
