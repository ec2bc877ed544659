/** Test connection: what a person is told when it has ended, and that nothing stays open then. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DirectorySession } from "../../../../../main/directory/types.ts";
import { connectionTest } from "../../../../../main/providers/exchange/test.ts";
import type { ProviderContext } from "../../../../../main/providers/provider.ts";
import type { Progress } from "../../../../../shared/contract/progress.ts";
import { fail, succeed, type Result } from "../../../../../shared/fault.ts";
import { onlySearches } from "../../../../lab/only-searches.ts";
import { temporaryPki, tlsServer } from "../../network/support.ts";
import { contextAsking } from "../support.ts";
import { fakeShells, transportError, type FakeServer } from "./remote.ts";

type TemporaryPki = Awaited<ReturnType<typeof temporaryPki>>;

const configuration = { variant: "2013", domain: "contoso.lab", username: "svc", authentication: "kerberos" } as const;
const refused: Result<never> = fail({ kind: "forbidden", needs: ["read-directory"] });
const named = (name: string) => ({ dn: `CN=${name}`, attributes: { cn: [name], serialnumber: ["Version 15.0 (Build 31497.2)"], msexchcurrentserverroles: ["54"] } });

/** A test in a directory that lists `servers`, of which none has a name that leads anywhere; null where the search is refused. */
async function run(servers: number | null, changes: Partial<ProviderContext> = {}) {
  const { context: bare, asked } = contextAsking();
  const context = { ...bare, ...changes };
  const events: Progress[] = [];
  let open = 0;
  const session: DirectorySession = {
    host: "dc1.contoso.lab",
    rootDse: { configurationnamingcontext: ["CN=Configuration,DC=contoso,DC=lab"] },
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream like a controller's, without one
    async *search() {
      if (servers === null) return refused;
      yield Array.from({ length: servers }, (_, index) => named(`EX${index}`));
      return succeed(true as const);
    },
    ...onlySearches,
    close: () => {
      open -= 1;
      return Promise.resolve();
    },
  };
  const directory = {
    open: () => {
      open += 1;
      return Promise.resolve(succeed(session));
    },
  };
  const secrets = { ...context.secrets, text: () => Promise.resolve(succeed("password")) };
  const result = await connectionTest.run(configuration, { ...context, secrets, directory, progress: (event) => events.push(event) });
  return { result, asked, events, open };
}

it("fails with a server's own reason where none answers, and says how many did", async () => {
  const { result, events } = await run(3);
  expect(result).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "dns", reason: "name-not-found" } });
  expect(events.at(-1)).toMatchObject({ step: "servers-answering", done: 0, total: 3 });
});

it("asks no more servers than it takes to know that they answer", async () => {
  const { asked, events } = await run(1_000);
  expect(new Set(asked).size).toBe(32);
  expect(events.at(-1)).toMatchObject({ total: 32 });
});

it("leaves no session with the directory, whatever came of it", async () => {
  expect((await run(1)).open).toBe(0);
  const { result, open } = await run(null);
  expect(result).toEqual(refused);
  expect(open).toBe(0);
});

describe("where PowerShell can reach the servers", () => {
  const page = "200 OK<br/>ex0.contoso.lab";
  let pki: TemporaryPki;
  beforeAll(async () => {
    pki = await temporaryPki();
  });
  afterAll(() => pki.remove());

  /** A test with one server that answers; `ticked` is what the account then signs in on. */
  async function signIn(servers: Readonly<Record<string, FakeServer>>, ticked: readonly string[] | undefined) {
    const front = await tlsServer(pki.pki, null, (socket) => socket.on("data", () => socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`)));
    const fake = fakeShells(servers);
    const resolver = { ...contextAsking().context.resolver, connectTo: () => Promise.resolve(succeed([{ address: "127.0.0.1", port: front.port }])) };
    const done = await run(1, { remoting: fake.shells, resolver, ...(ticked === undefined ? {} : { ticked }) });
    await front.close();
    const rungs = done.events.flatMap(({ rung }) => (rung !== null && (rung.rung === "sign-in" || rung.rung === "role") ? [`${rung.rung} ${rung.outcome.state}`] : []));
    return { ...done, rungs, opened: fake.servers("open-session"), left: fake.left() };
  }
  const away: FakeServer = { open: [{ ok: false, error: transportError(-2144108526, "CannotConnect") }] };
  const wrong: FakeServer = { open: [{ ok: false, error: transportError(1326, "LogonFailure") }] };

  it("signs in on each ticked server and asks what the account may do", async () => {
    expect(await signIn({}, ["exb", "exa"])).toMatchObject({ result: { ok: true }, opened: ["exb", "exa"], rungs: ["sign-in passed", "role passed"], left: 0 });
    expect(await signIn({}, undefined)).toMatchObject({ result: { ok: true }, opened: [], rungs: [] });
  });

  it("stops with a wrong password or a missing role", async () => {
    expect(await signIn({ exb: wrong, exa: wrong }, ["exb", "exa"])).toMatchObject({ result: { ok: false, fault: { kind: "sign-in" } }, opened: ["exb"], rungs: ["sign-in failed", "role skipped"], left: 0 });
    expect(await signIn({ exb: { offered: [{ ok: true, offered: [] }] } }, ["exb", "exa"])).toMatchObject({ result: { ok: false, fault: { kind: "forbidden" } }, opened: ["exb"], rungs: ["sign-in passed", "role failed"] });
  });

  it("goes on where a server does not open a session, and fails where none does", async () => {
    expect(await signIn({ exb: away }, ["exb", "exa"])).toMatchObject({ result: { ok: true }, opened: ["exb", "exa"], rungs: ["sign-in passed", "role passed"] });
    expect(await signIn({ exb: away, exa: away }, ["exb", "exa"])).toMatchObject({ result: { ok: false, fault: { kind: "unreachable", host: "exb" } }, rungs: ["sign-in failed", "role skipped"] });
  });
});
