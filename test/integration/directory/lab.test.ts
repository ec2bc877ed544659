/** The lab itself: real names, port 443, verbs; starting twice, in parallel and after a crash; nothing left behind. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import { createSystemResolver } from "../../../main/network/system-resolver.ts";
import { exchange } from "../../../main/providers/exchange/index.ts";
import { succeed } from "../../../shared/fault.ts";
import type { RungResult } from "../../../shared/model/mail-server.ts";
import { startLab, type Lab } from "../../lab/lab.ts";
import { isAlive } from "../../../build/lock.ts";
import { reasonToSkip } from "../../lab/programs.ts";
import { connectionTo, contextFor, open } from "./subject.ts";

const missing = await reasonToSkip();
const because = missing === null ? "" : ` (skipped: ${missing})`;
const resolver = createSystemResolver({ clock: systemClock });
const running = path.join(import.meta.dirname, "..", "..", "..", ".cache", "lab", "running");
const foldersOf = (pid: number) => (existsSync(running) ? readdirSync(running).filter((name) => name.startsWith(`${pid}-`)) : []);

/** The failed rung and its reason, or `answers`. */
function verdict(rungs: readonly RungResult[]): string {
  for (const { rung, outcome } of rungs) {
    if (outcome.state === "failed") return `${rung}: ${outcome.fault.kind === "unreachable" ? outcome.fault.reason : outcome.fault.kind}`;
  }
  return "answers";
}

describe.skipIf(missing !== null)(`mail servers of the lab${because}`, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(async () => {
    await lab.dispose();
  });

  const check = async (server: string) => {
    const site = { domain: lab.domain, resolver, dnsServer: lab.dnsServer };
    const { context } = contextFor(site, connectionTo(site, lab.authorityPem), lab.accounts.mail.password);
    if (exchange.health === null) throw new Error("Exchange checks servers");
    return exchange.health.check({ variant: "2013", domain: lab.domain, username: lab.accounts.mail.username, authentication: "kerberos" }, server, context);
  };

  test("a server in service: every rung, the certificate's end, and what this machine cannot try", async () => {
    const { rungs, certificateExpiresAt } = await check("exb.contoso.lab");
    expect(rungs.map(({ rung, outcome }) => [rung, outcome.state])).toEqual([
      ["dns", "passed"],
      ["tcp", "passed"],
      // The site's certificate, as nearly everywhere: for mail and autodiscover, not for the servers.
      ["tls", "finding"],
      ["health-check", "passed"],
      ["sign-in", "skipped"],
      ["role", "skipped"],
    ]);
    expect(rungs[3]?.outcome).toEqual({ state: "passed", answer: "200 exb.contoso.lab" });
    expect(rungs[4]?.outcome).toEqual({ state: "skipped", why: "not-on-this-machine" });
    expect(certificateExpiresAt).toBeGreaterThan(Date.now());
  });

  test.each([
    ["down", "tcp: refused"],
    ["drain", "health-check: not-in-service"],
    ["redirect", "health-check: redirected"],
    ["proxy-page", "health-check: another-page"],
    ["other-server", "health-check: another-server"],
    ["refuse", "tls: connection-reset"],
    ["expired", "answers"],
    ["untrusted", "answers"],
    ["old-tls", "answers"],
  ])("%s shows as %s, and up ends it", async (verb, expected) => {
    expect(await lab.run(verb, "exb", null)).toEqual({ ok: true, value: null });
    expect(verdict((await check("exb.contoso.lab")).rungs)).toBe(expected);
    expect(verdict((await check("exa.contoso.lab")).rungs)).toBe("answers");
    expect(await lab.run("up", "exb", null)).toEqual({ ok: true, value: null });
    expect(verdict((await check("exb.contoso.lab")).rungs)).toBe("answers");
  });

  test("an expired certificate's date is known", async () => {
    await lab.run("expired", "exb", null);
    const { rungs, certificateExpiresAt } = await check("exb.contoso.lab");
    await lab.run("up", "exb", null);
    expect(certificateExpiresAt).toBeLessThan(Date.now());
    expect(rungs[2]?.outcome).toMatchObject({
      state: "finding",
      findings: [{ reason: "certificate-expired", detail: new Date(certificateExpiresAt ?? 0).toISOString() }],
    });
  });

  test("a name that is nobody's, and servers added and removed", async () => {
    expect(verdict((await check("exz.contoso.lab")).rungs)).toBe("dns: name-not-found");
    await lab.run("add", "exz", "2013");
    expect(verdict((await check("exz.contoso.lab")).rungs)).toBe("answers");
    await lab.run("remove", "exz", null);
    expect(verdict((await check("exz.contoso.lab")).rungs)).toBe("dns: name-not-found");
  });

  test("servers added in bulk answer behind one address, and one of them can be broken alone", async () => {
    await lab.addServers(12);
    expect(verdict((await check("ex0003.contoso.lab")).rungs)).toBe("answers");
    await lab.run("down", "ex0003", null);
    expect(verdict((await check("ex0003.contoso.lab")).rungs)).toBe("tcp: refused");
    expect(verdict((await check("ex0004.contoso.lab")).rungs)).toBe("answers");
    await lab.run("up", "ex0003", null);
    expect(verdict((await check("ex0003.contoso.lab")).rungs)).toBe("answers");
  });

  test.each([
    ["down", "tcp: refused"],
    ["expired", "tls: certificate-expired"],
    ["wrong-name", "tls: name-mismatch"],
    ["untrusted", "tls: certificate-issuer-unknown"],
  ])("a directory that is %s shows as %s, and up ends it", async (verb, expected) => {
    const site = { domain: lab.domain, resolver, dnsServer: lab.dnsServer };
    // Typed, because the lab's DNS server goes down with the directory.
    const connection = connectionTo(site, lab.authorityPem, { domainControllers: [lab.controller] });
    const reach = async () => {
      const { opened, rungs } = await open({ ...site, resolver: { ...resolver, connectTo: () => Promise.resolve(succeed([{ address: lab.address, port: 636 }])) } }, connection, lab.accounts.mail);
      if (opened.ok) await opened.value.close();
      return verdict(rungs);
    };
    await lab.run(verb, "directory", null);
    expect(await reach()).toBe(expected);
    await lab.run("up", "directory", null);
    expect(await reach()).toBe("answers");
  });

  test("Test connection climbs the directory's ladder and counts the servers that answer", async () => {
    const site = { domain: lab.domain, resolver, dnsServer: lab.dnsServer };
    const { context, events } = contextFor(site, connectionTo(site, lab.authorityPem), lab.accounts.mail.password);
    const result = await exchange.test?.run({ variant: "2013", domain: lab.domain, username: lab.accounts.mail.username, authentication: "kerberos" }, context);
    expect(result).toEqual({ ok: true, value: null });
    expect(events.flatMap(({ rung }) => (rung === null ? [] : [rung.rung]))).toEqual(["dns", "tcp", "tls", "sign-in", "directory-search"]);
    expect(events.at(-1)).toMatchObject({ step: "servers-answering", done: 2, total: 2 });
  });
});

describe.skipIf(missing !== null)(`starting and ending the lab${because}`, () => {
  test("two at once have addresses of their own and leave nothing", async () => {
    const labs = await Promise.all([startLab({ frontEnds: false }), startLab({ frontEnds: false })]);
    const pids = labs.map(({ pid }) => pid ?? 0);
    expect(new Set(labs.map(({ address }) => address)).size).toBe(2);
    expect(pids.map((pid) => path.basename(readlinkSync(`/proc/${pid}/exe`)))).toEqual(["samba", "samba"]);
    await Promise.all(labs.map((lab) => lab.dispose()));
    expect(pids.map(isAlive)).toEqual([false, false]);
    expect(foldersOf(process.pid)).toEqual([]);
  });

  test("the template is built once by whoever is first", async () => {
    const cache = path.join(running, "..", `fresh-${process.pid}`);
    try {
      const labs = await Promise.all([startLab({ cache, frontEnds: false }), startLab({ cache, frontEnds: false })]);
      expect(readdirSync(cache).filter((name) => name.startsWith("template-"))).toHaveLength(1);
      await Promise.all(labs.map((lab) => lab.dispose()));
    } finally {
      await rm(cache, { recursive: true, force: true });
    }
  });

  test("after a crash the daemon is gone, and the next start clears its folder", async () => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, "..", "..", "lab", "main.ts")], { stdio: ["pipe", "pipe", "inherit"] });
    let said = "";
    child.stdout.setEncoding("utf8");
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.includes("Verbs:")) break;
    }
    const pid = child.pid ?? 0;
    expect(foldersOf(pid)).toHaveLength(1);
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    const lab = await startLab({ frontEnds: false });
    expect(foldersOf(pid)).toEqual([]);
    const address = /on (127\.[\d.]+)\./.exec(said)?.[1] ?? "";
    const controllers = await resolver.service("_ldap._tcp.contoso.lab", { server: address, signal: AbortSignal.timeout(5000) });
    expect(controllers.ok).toBe(false);
    await lab.dispose();
  });
});
