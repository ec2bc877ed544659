/** What a console meets at a site that is not its maker's: many controllers, few of them well, and things that are none. */
import net from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDirectoryGateway } from "../../../main/directory/index.ts";
import { gather } from "../../../main/directory/gather.ts";
import type { Clock } from "../../../main/ports.ts";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { success } from "../../../main/practice/directory/answers.ts";
import { takeMessage } from "../../../main/practice/directory/elements.ts";
import { decodeMessage, encodeEntry, encodeResult } from "../../../main/practice/directory/messages.ts";
import type { ActiveDirectoryConnection } from "../../../shared/model/identity-store.ts";
import type { RungResult } from "../../../shared/model/mail-server.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { DOMAIN, hurried, openField, type Field } from "./field-support.ts";
import { connectionTo, systemClock } from "./subject.ts";

let field: Field;
beforeEach(async () => {
  field = await openField();
});
afterEach(() => field.dispose());

interface Entering {
  readonly connection?: Partial<ActiveDirectoryConnection>;
  readonly username?: string;
  readonly password?: string;
  readonly clock?: Clock;
}

async function enter({ connection = {}, username = `svc-mail@${DOMAIN}`, password = PRACTICE_PASSWORD, clock = systemClock }: Entering = {}) {
  const rungs: RungResult[] = [];
  const tried: string[] = [];
  const site = { domain: DOMAIN, resolver: field.resolver, dnsServer: null };
  const gateway = createDirectoryGateway(connectionTo(site, field.pki.authorityPem, connection), { resolver: field.resolver, clock, logger: silentLogger });
  const opened = await gateway.open({
    domain: DOMAIN,
    username,
    password,
    signal: new AbortController().signal,
    onTrying: (host) => tried.push(host.replace(`.${DOMAIN}`, "")),
    onRung: (rung) => rungs.push(rung),
  });
  if (opened.ok) await opened.value.close();
  return { opened, rungs, tried };
}

/** Answers every search with one entry, as a directory that is no domain's. */
function directoryOf(attributes: Readonly<Record<string, string>>, heard: string[] = []) {
  return (socket: net.Socket) => {
    socket.on("data", (bytes) => {
      const cut = takeMessage(bytes, 4096);
      if (cut === null) return;
      const { id, request } = decodeMessage(cut.content);
      heard.push(request.kind);
      if (request.kind !== "search") return;
      const returned = Object.entries(attributes).map(([name, value]) => ({ name, values: [Buffer.from(value)] }));
      socket.write(Buffer.concat([encodeEntry(id, "", returned), encodeResult(id, 0x65, success)]));
    });
  };
}

describe("several controllers", () => {
  test("those of this computer's own site are tried first", async () => {
    for (const name of ["far1", "far2", "near"]) await field.controller(name);
    field.register(["far1", "far2", "near"]);
    field.register(["near"], "Default-First-Site-Name");
    const { opened, tried } = await enter();
    expect(opened).toMatchObject({ ok: true, value: { host: `near.${DOMAIN}` } });
    expect(tried).toEqual(["near"]);
  });

  test("where no site is known, they are tried as DNS lists them", async () => {
    await field.controller("one");
    await field.place("two", (socket) => socket.destroy());
    field.register(["two", "one"]);
    const { opened, tried } = await enter();
    expect(opened).toMatchObject({ ok: true, value: { host: `one.${DOMAIN}` } });
    expect(tried).toEqual(["two", "one"]);
  });

  test("one that hangs costs no more than a head start, and is left when another stands", async () => {
    const hanging: net.Socket[] = [];
    await field.place("hung", (socket) => void hanging.push(socket.resume()));
    await field.controller("well");
    const { opened, tried } = await enter({ connection: { domainControllers: ["hung", "well"] }, clock: hurried(10) });
    expect(opened).toMatchObject({ ok: true, value: { host: `well.${DOMAIN}` } });
    expect(tried).toEqual(["hung", "well"]);
    await expect.poll(() => hanging.every(({ destroyed }) => destroyed)).toBe(true);
  });

  test("all of a world's that hang end in one limit, a few at once", async () => {
    let most = 0;
    const standing = new Set<net.Socket>();
    await field.place("hung", (socket) => {
      standing.add(socket.resume());
      most = Math.max(most, standing.size);
      socket.on("close", () => standing.delete(socket));
    });
    const { opened, tried, rungs } = await enter({ connection: { domainControllers: Array.from({ length: 50 }, () => "hung") }, clock: hurried(200) });
    expect(opened).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "tls", reason: "timed-out", host: `hung.${DOMAIN}` } });
    expect(tried.length).toBeLessThan(50);
    expect(most).toBeLessThanOrEqual(4);
    expect(rungs.map(({ rung }) => rung)).toEqual(["dns", "tcp", "tls", "sign-in", "directory-search"]);
  });

  test("one that cannot check accounts is passed over, and the ladder begins again", async () => {
    await (await field.controller("cut-off")).set("no-logon-server");
    await field.controller("well");
    const { opened, rungs } = await enter({ connection: { domainControllers: ["cut-off", "well"] } });
    expect(opened).toMatchObject({ ok: true, value: { host: `well.${DOMAIN}` } });
    expect(rungs.map(({ rung, outcome }) => [rung, outcome.state]).slice(3)).toEqual([
      ["sign-in", "failed"],
      ["directory-search", "skipped"],
      ["dns", "passed"],
      ["tcp", "passed"],
      ["tls", "passed"],
      ["sign-in", "passed"],
      ["directory-search", "passed"],
    ]);
  });

  test("alone, it says what is the matter", async () => {
    await (await field.controller("cut-off")).set("no-logon-server");
    const { opened } = await enter({ connection: { domainControllers: ["cut-off"] } });
    expect(opened).toEqual({ ok: false, fault: { kind: "unreachable", rung: "sign-in", reason: "no-logon-server", host: `cut-off.${DOMAIN}`, detail: "51f" } });
  });

  test.each([
    ["a wrong password", "up", "not-the-password", "wrong-credentials", "52e"],
    ["a restricted account", "restricted", PRACTICE_PASSWORD, "account-restricted", "52f"],
  ] as const)("%s is tried once, whoever else is there", async (_what, state, password, reason, detail) => {
    for (const name of ["one", "two", "three"]) await (await field.controller(name)).set(state);
    const { opened, rungs } = await enter({ connection: { domainControllers: ["one", "two", "three"] }, password });
    expect(opened).toEqual({ ok: false, fault: { kind: "sign-in", reason, detail } });
    expect(rungs.filter(({ rung }) => rung === "sign-in")).toHaveLength(1);
  });
});

describe("a controller that takes its time over the password", () => {
  test("is the only one that has it until its time is over", async () => {
    const domain = { supportedCapabilities: "1.2.840.113556.1.4.800" };
    const heard: string[] = [];
    let firstEnded = false;
    let secondAsked: boolean | null = null;
    await field.place("slow", (socket) => {
      directoryOf(domain, heard)(socket);
      socket.on("close", () => {
        firstEnded = true;
      });
    });
    await field.place("other", (socket) => {
      const bound: string[] = [];
      directoryOf(domain, bound)(socket);
      socket.on("data", () => {
        if (bound.includes("bind")) secondAsked ??= firstEnded;
      });
    });
    await enter({ connection: { domainControllers: ["slow", "other"], security: "none" }, clock: hurried(20) });
    expect(heard).toContain("bind");
    expect(secondAsked).toBe(true);
  });
});

describe("a controller without a certificate", () => {
  test.each(["ldaps", "starttls"] as const)("says so over %s", async (security) => {
    await (await field.controller("dc1")).set("no-certificate");
    const { opened } = await enter({ connection: { domainControllers: ["dc1"], security } });
    expect(opened).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "tls", reason: "no-certificate", host: `dc1.${DOMAIN}` } });
  });

  test("is told from whoever else resets the connection at the hello", async () => {
    await field.place("wall", (socket) => void socket.once("data", () => socket.resetAndDestroy()));
    const { opened } = await enter({ connection: { domainControllers: ["wall"] } });
    expect(opened).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "tls", reason: "reset-at-hello" } });
  });
});

describe("what is no directory", () => {
  const http = (socket: net.Socket) => void socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
  const smtp = (socket: net.Socket) => {
    socket.write("220 mail.contoso.lab Microsoft ESMTP MAIL Service ready\r\n");
    socket.on("data", () => socket.write("500 5.3.3 Unrecognized command\r\n"));
  };
  const ssh = (socket: net.Socket) => void socket.write("SSH-2.0-OpenSSH_9.6\r\n");

  test.each([
    ["a web server", http, "speaks-http", "HTTP/1.1 400 Bad Request"],
    ["a mail server", smtp, "speaks-smtp", "220 mail.contoso.lab Microsoft ESMTP MAIL Service ready"],
    ["something else", ssh, "speaks-other", "SSH-2.0-OpenSSH_9.6"],
  ])("%s is called one, whatever the protection", async (_what, answer, reason, detail) => {
    await field.place("dc1", answer);
    for (const security of ["ldaps", "starttls", "none"] as const) {
      const { opened } = await enter({ connection: { domainControllers: ["dc1"], security } });
      expect(opened).toMatchObject({ ok: false, fault: { kind: "unreachable", reason, host: `dc1.${DOMAIN}`, detail } });
    }
  });

  test("LDAPS to the plain port", async () => {
    const { ports } = await field.controller("dc1");
    await field.place("plain", (socket) => forward(socket, ports.ldap));
    const { opened } = await enter({ connection: { domainControllers: ["plain"] } });
    expect(opened).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "tls", reason: "speaks-plain-ldap" } });
  });

  test.each(["starttls", "none"] as const)("%s to the port of LDAPS", async (security) => {
    const { ports } = await field.controller("dc1");
    await field.place("secure", (socket) => forward(socket, ports.ldaps));
    const { opened } = await enter({ connection: { domainControllers: ["secure"], security } });
    expect(opened).toMatchObject({ ok: false, fault: { kind: "unreachable", reason: "speaks-tls" } });
  });

  test.each([
    ["OpenLDAP", { namingContexts: "dc=contoso,dc=lab" }, { why: "other-directory", detail: "dc=contoso,dc=lab" }],
    ["389 Directory Server", { vendorName: "389 Project", namingContexts: "dc=contoso,dc=lab" }, { why: "other-directory", detail: "389 Project" }],
    ["a Lightweight Directory Services instance", { supportedCapabilities: "1.2.840.113556.1.4.1851" }, { why: "lightweight-directory" }],
  ])("%s is told apart before it hears the password", async (_what, rootDse, fault) => {
    const heard: string[] = [];
    await field.place("dc1", directoryOf(rootDse, heard));
    const { opened } = await enter({ connection: { domainControllers: ["dc1"], security: "none" } });
    expect(opened).toEqual({ ok: false, fault: { kind: "unsupported", ...fault } });
    expect(heard).not.toContain("bind");
  });

  test("one that answers garbage in the middle is a fault, not a crash", async () => {
    await field.place("dc1", (socket) => void socket.once("data", () => socket.write(Buffer.from("30840000000502010265", "hex"))));
    const { opened } = await enter({ connection: { domainControllers: ["dc1"], security: "none" } });
    expect(opened.ok).toBe(false);
  });
});

describe("a page that is empty because nothing of it may be seen", () => {
  test("does not end the search", async () => {
    field.organisation.fill(1002);
    await field.controller("dc1");
    const site = { domain: DOMAIN, resolver: field.resolver, dnsServer: null };
    const gateway = createDirectoryGateway(connectionTo(site, field.pki.authorityPem, { domainControllers: ["dc1"] }), { resolver: field.resolver, clock: systemClock, logger: silentLogger });
    const opened = await gateway.open({ domain: DOMAIN, username: `svc-unprivileged@${DOMAIN}`, password: PRACTICE_PASSWORD, signal: new AbortController().signal });
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    const found = await gather(opened.value.search({ base: `CN=Configuration,DC=contoso,DC=lab`, filter: "(objectClass=*)", attributes: ["cn"] }));
    await opened.value.close();
    const names = found.ok ? found.value.entries.flatMap(({ attributes }) => attributes["cn"] ?? []) : [];
    // The sites come after more than a thousand servers that this account does not see.
    expect(names).toContain("Branch-Office");
    expect(names).not.toContain("EXA");
  });
});

function forward(socket: net.Socket, port: number): void {
  const onward = net.connect({ host: "127.0.0.1", port });
  socket.pipe(onward).pipe(socket);
  onward.on("error", () => socket.destroy());
  socket.on("error", () => onward.destroy());
}
