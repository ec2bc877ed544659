import { describe, expect, test } from "vitest";
import { exchange } from "../../../../../main/providers/exchange/index.ts";
import type { DirectoryEntry, DirectorySession } from "../../../../../main/directory/types.ts";
import type { ProviderContext } from "../../../../../main/providers/provider.ts";
import { fail, succeed, type Result } from "../../../../../shared/fault.ts";
import type { Completeness } from "../../../../../shared/model/mail-server.ts";
import type { Progress } from "../../../../../shared/contract/progress.ts";
import { silentLogger } from "../../../../lab/loggers.ts";
import { onlySearches } from "../../../../lab/only-searches.ts";

const CONFIGURATION = "CN=Configuration,DC=contoso,DC=lab";
const SERVICES = `CN=Services,${CONFIGURATION}`;
const EXCHANGE = `CN=Microsoft Exchange,${SERVICES}`;
const missing: Result<never> = fail({ kind: "not-found", what: "directory-object" });

type Search = (base: string, filter: string) => Result<readonly DirectoryEntry[]>;

function server(name: string, serialNumber: string, roles = 54): DirectoryEntry {
  return {
    dn: `CN=${name},${EXCHANGE}`,
    attributes: { cn: [name], networkaddress: [`ncacn_ip_tcp:${name}.contoso.lab`], serialnumber: [serialNumber], msexchcurrentserverroles: [String(roles)] },
  };
}

const organisation = [
  server("EX10", "Version 15.0 (Build 31497.2)"),
  server("EX2", "Version 15.0 (Build 31497.2)"),
  server("EXC", "Version 15.1 (Build 32507.6)"),
  server("EXD", "Version 15.2 (Build 31544.4)"),
  server("EXE", "Version 15.2 (Build 31544.4)"),
  server("OLD", "Version 14.3 (Build 30123.4)"),
  server("EDGE1", "Version 15.0 (Build 31497.2)", 64),
  server("ex2", "Version 15.0 (Build 31497.2)"),
];

interface Given {
  readonly complete?: Completeness;
  readonly search?: Search;
  readonly password?: string | null;
  readonly directory?: boolean;
  readonly rootDse?: DirectorySession["rootDse"];
  readonly refuse?: Result<never>;
}

async function list({ complete = true, search = () => succeed(organisation), password = "secret-password", directory = true, rootDse, refuse }: Given) {
  const events: Progress[] = [];
  const opened: string[] = [];
  let closed = 0;
  const session: DirectorySession = {
    host: "dc1.contoso.lab",
    rootDse: rootDse ?? { configurationnamingcontext: [CONFIGURATION] },
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream like a controller's, without one
    async *search({ base, filter }) {
      const found = search(base, filter);
      if (!found.ok) return found;
      if (found.value.length > 0) yield found.value;
      return succeed(complete);
    },
    ...onlySearches,
    close: () => {
      closed += 1;
      return Promise.resolve();
    },
  };
  const context: ProviderContext = {
    remoting: null,
    signal: new AbortController().signal,
    progress: (event) => events.push(event),
    logger: silentLogger,
    clock: { now: () => 1234, elapsed: () => 0, after: () => () => undefined, random: () => 0 },
    resolver: { authorities: [], service: () => Promise.resolve(succeed([])), connectTo: () => Promise.resolve(succeed([])) },
    secrets: { isSet: () => false, text: () => Promise.resolve(succeed(password)), certificate: () => Promise.resolve(succeed(null)) },
    connection: { kind: "entra-id", cloud: "worldwide", tenant: "contoso" },
    proxy: () => succeed(null),
    memory: new Map(),
    asked: false,
    directory: directory
      ? {
          open: (request) => {
            opened.push(`${request.domain} ${request.username} ${request.password}`);
            request.onTrying?.("dc1.contoso.lab");
            request.onRung?.({ rung: "tls", ms: 1, outcome: { state: "passed", answer: null } });
            return Promise.resolve(refuse ?? succeed(session));
          },
        }
      : null,
  };
  const result = await exchange.discovery?.list({ variant: "2013", domain: "contoso.lab", username: "svc", authentication: "kerberos" }, context);
  return { result, events, opened, closed };
}

describe("Sync Again", () => {
  test("lists the chosen version once each, in order, and counts the others by version", async () => {
    const { result, closed } = await list({});
    expect(result).toMatchObject({
      ok: true,
      value: {
        servers: [{ name: "ex2.contoso.lab" }, { name: "ex10.contoso.lab" }],
        notShown: [
          { version: "2016", count: 1 },
          { version: "2019", count: 2 },
          { version: "2010", count: 1 },
        ],
        source: "dc1.contoso.lab",
        at: 1234,
      },
    });
    expect(closed).toBe(1);
  });

  test.each(["before", "after"])("a conflict object that comes %s the real one does not stand for it", async (order) => {
    const real = server("EX1", "Version 15.0 (Build 31497.2)");
    const conflict = { ...server("EX1", "Version 15.0 (Build 31044.25)"), dn: `CN=EX1\\0ACNF:7d6b4e2a-1c7e-4a61-9a57-5c1a3f0f9f1e,${EXCHANGE}` };
    const { result } = await list({ search: () => succeed(order === "before" ? [conflict, real] : [real, conflict]) });
    expect(result).toMatchObject({ ok: true, value: { servers: [{ name: "ex1.contoso.lab", build: "15.0.1497.2" }] } });
  });

  test("what is listed says whether it is everything", async () => {
    expect((await list({})).result).toMatchObject({ ok: true, value: { complete: true } });
    expect((await list({ complete: "size-limit" })).result).toMatchObject({ ok: true, value: { complete: "size-limit" } });
    expect((await list({ complete: "time-limit", search: () => succeed([]) })).result).toMatchObject({ ok: true, value: { servers: [], complete: "time-limit" } });
  });

  test("an entry whose name no host can have is left out, and said to be", async () => {
    const odd = { dn: `CN=EX 3/owa,${EXCHANGE}`, attributes: { cn: ["EX 3/owa"], serialnumber: ["Version 15.0 (Build 31497.2)"] } };
    const { result } = await list({ search: () => succeed([server("EX1", "Version 15.0 (Build 31497.2)"), odd]) });
    expect(result).toMatchObject({ ok: true, value: { servers: [{ name: "ex1.contoso.lab" }], complete: "unreadable-entries" } });
  });

  test("says what it does, and never the password", async () => {
    const { events, opened } = await list({});
    expect(events.map(({ step, done }) => [step, done])).toEqual([
      ["finding-controller", null],
      ["trying-controller", null],
      ["signing-in", null],
      ["searching-servers", 0],
      ["searching-servers", 8],
    ]);
    expect(opened).toEqual(["contoso.lab svc secret-password"]);
    expect(JSON.stringify(events)).not.toContain("secret-password");
  });

  test("searches below Exchange's own container", async () => {
    const asked: string[][] = [];
    await list({
      search: (base, filter) => {
        asked.push([base, filter]);
        return succeed(organisation);
      },
    });
    expect(asked).toEqual([[EXCHANGE, "(objectCategory=msExchExchangeServer)"]]);
  });

  test.each([
    ["no Exchange in a directory one may look around in", (base: string) => (base === SERVICES ? succeed([{ dn: SERVICES, attributes: {} }]) : missing), { kind: "not-found", what: "exchange-organisation" }],
    ["nothing of the configuration to be seen", () => missing, { kind: "forbidden", needs: ["read-configuration"] }],
    ["a container for servers, but none to be seen", (_base: string, filter: string) => succeed(filter.includes("msExchServersContainer") ? [{ dn: EXCHANGE, attributes: {} }] : []), { kind: "forbidden", needs: ["read-exchange-servers"] }],
    ["a container that setup never filled", () => succeed([]), { kind: "not-found", what: "exchange-organisation" }],
    ["a search that was refused", () => fail({ kind: "forbidden", needs: ["read-directory"] }), { kind: "forbidden", needs: ["read-directory"] }],
  ] as const)("%s", async (_case, search, fault) => {
    const { result, closed } = await list({ search });
    expect(result).toEqual({ ok: false, fault });
    expect(closed).toBe(1);
  });

  test("needs a password, a directory and a way in", async () => {
    expect((await list({ password: null })).result).toEqual({ ok: false, fault: { kind: "invalid", issues: [{ path: ["password"], code: "required" }] } });
    expect((await list({ directory: false })).result).toEqual({ ok: false, fault: { kind: "unsupported", why: "needs-active-directory" } });
    const refuse = fail({ kind: "sign-in", reason: "account-locked", detail: "775" });
    expect((await list({ refuse })).result).toEqual(refuse);
    expect((await list({ rootDse: {} })).result).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "no-configuration-partition" } });
  });
});
