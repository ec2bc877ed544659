/** The clouds through a web proxy that speaks real CONNECT: one seam for both vendors' libraries, each failure on its own rung. */
import tls from "node:tls";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createProxyFinder, readProxy } from "../../../main/network/web-proxy.ts";
import { exchange } from "../../../main/providers/exchange/index.ts";
import { testTenant } from "../../../main/directory/index.ts";
import type { NameResolver } from "../../../main/ports.ts";
import { openPki } from "../../../main/practice/pki.ts";
import { explain } from "../../../renderer/text/fault.ts";
import { defaultPreferences } from "../../../shared/contract/default-preferences.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import { openLabProxy, type LabProxy, type ProxyState } from "../../lab/web-proxy.ts";
import { clock, noSignal, temporaryFolder } from "../practice/support.ts";
import { adConnection, checkGoogle, checkOffice365, faultOf, FORM, ladderOf, openClouds, type Clouds } from "./support.ts";

const PASSWORD = "Pr0xy~planted/0123456789";
const PROXY_HOST = "proxy.contoso.lab";

let clouds: Clouds;
let proxy: LabProxy;
let plain: NameResolver;
beforeAll(async () => {
  clouds = await openClouds();
  plain = { ...clouds.resolver };
  proxy = await openLabProxy(async (host, port) => {
    const found = await plain.connectTo(host, port, { server: null, signal: noSignal });
    return found.ok ? (found.value[0] ?? null) : null;
  });
});
afterAll(async () => {
  await proxy.stop();
  await clouds.stop();
});
beforeEach(() => {
  proxy.state = "up";
  proxy.credentials = null;
  proxy.asked.length = 0;
  clouds.hosts.length = 0;
  clouds.lines.length = 0;
  const direct = plain.connectTo.bind(plain);
  vi.spyOn(clouds.resolver, "connectTo").mockImplementation((host, port, options) =>
    host === PROXY_HOST ? Promise.resolve(succeed([{ address: "127.0.0.1", port: proxy.port }])) : direct(host, port, options),
  );
  clouds.proxy = () => succeed(readProxy(`http://${PROXY_HOST}:8080`));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await clouds.reset();
});

const office365 = () => checkOffice365(clouds, {});
const google = () => checkGoogle(clouds, {});
/** Through a proxy: its rung first, the name and the connection left to it. */
const way = ["proxy: passed", "dns: skipped", "tcp: skipped", "tls: passed"];

describe("through the proxy", () => {
  it("climbs Office 365's whole ladder: the proxy looks the names up, and is asked for the cloud's hosts alone", async () => {
    const result = await office365();
    expect(ladderOf(result)).toEqual([...way, "certificate-sign-in: passed", "secret-sign-in: passed", "permissions: passed", "domain: passed"]);
    expect(result.rungs[0]?.outcome).toEqual({ state: "passed", answer: `${PROXY_HOST}:8080, 200 Connection established` });
    expect(result.rungs[1]?.outcome).toEqual({ state: "skipped", why: "by-proxy" });
    expect(result.certificateExpiresAt).toBeGreaterThan(Date.now());
    expect([...new Set(proxy.asked)].toSorted()).toEqual(["graph.microsoft.com:443", "login.microsoftonline.com:443", "outlook.office365.com:443"]);
  });

  it("climbs Google's whole ladder", async () => {
    expect(ladderOf(await google())).toEqual([...way, "certificate: passed", "sign-in: passed", "directory-search: passed", "domain: passed"]);
    expect([...new Set(proxy.asked)].toSorted()).toEqual(["admin.googleapis.com:443", "oauth2.googleapis.com:443"]);
  });

  it("tests a tenant", async () => {
    const { resolver, logger, proxy: finder } = clouds.context({});
    expect(await testTenant({ kind: "entra-id", cloud: "worldwide", tenant: FORM.domain }, { resolver, logger, clock, proxy: finder }, { signal: noSignal })).toEqual(succeed(null));
    expect(proxy.asked).toEqual(["login.microsoftonline.com:443"]);
  });

  it("signs in to the proxy, and shows the password nowhere", async () => {
    proxy.credentials = `svc:${PASSWORD}`;
    clouds.proxy = () => succeed(readProxy(`http://svc:${encodeURIComponent(PASSWORD)}@${PROXY_HOST}:8080`));
    const right = await office365();
    expect(ladderOf(right)[0]).toBe("proxy: passed");
    proxy.credentials = "svc:another";
    const wrong = await office365();
    expect(faultOf(wrong)).toMatchObject({ reason: "proxy-sign-in" });
    const said = [...clouds.lines, JSON.stringify([right, wrong, explain(faultOf(wrong)), clouds.proxy("outlook.office365.com")])].join("\n");
    for (const form of [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(`svc:${PASSWORD}`).toString("base64")]) expect(said).not.toContain(form);
  });
});

describe("what goes wrong at the proxy", () => {
  it.each([
    ["refuses", { reason: "proxy-refused", detail: "403 Forbidden" }],
    ["cannot-reach", { reason: "proxy-no-way", detail: "503 Service Unavailable" }],
  ] as const satisfies readonly (readonly [ProxyState, object])[])("%s: its own fault on its own rung", async (state, fault) => {
    proxy.state = state;
    const result = await office365();
    expect(faultOf(result)).toEqual({ kind: "unreachable", rung: "proxy", host: PROXY_HOST, ...fault });
    expect(ladderOf(result).slice(1).every((rung) => rung.endsWith(": skipped"))).toBe(true);
  });

  it("asks for a sign-in (407), and says which kinds it takes", async () => {
    proxy.credentials = "svc:secret";
    expect(faultOf(await google())).toEqual({ kind: "unreachable", rung: "proxy", reason: "proxy-sign-in", host: PROXY_HOST, detail: "407 Proxy Authentication Required: Negotiate, Basic" });
  });

  it("is no proxy at all", async () => {
    proxy.state = "not-http";
    expect(faultOf(await google())).toMatchObject({ kind: "unreachable", rung: "proxy", host: PROXY_HOST });
  });

  it("is away, or its name is unknown: advice about the setting", async () => {
    for (const [host, reason] of [["gone.contoso.lab", "refused"], ["unknown.contoso.lab", "name-not-found"]] as const) {
      clouds.proxy = () => succeed(readProxy(`${host}:8080`));
      vi.spyOn(clouds.resolver, "connectTo").mockImplementation(() =>
        Promise.resolve(reason === "refused" ? succeed([{ address: "127.0.0.1", port: 1 }]) : fail({ kind: "unreachable", rung: "dns", reason, host })),
      );
      const fault = faultOf(await office365());
      expect(fault).toMatchObject({ kind: "unreachable", rung: "proxy", reason, host });
      expect(explain(fault).nextStep).toContain("Settings");
    }
  });

  it("hangs: a time-out on its rung when the check's time is over, and a cancelled check ends at once", async () => {
    proxy.state = "hangs";
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    expect(faultOf(await checkGoogle(clouds, { signal: controller.signal }))).toEqual({ kind: "cancelled" });
  });

  it.each([
    ["untrusted", "certificate-issuer-unknown", /^Unknown Authority [0-9a-f]{6}$/],
    ["self-signed", "certificate-self-signed", /^outlook\.office365\.com$/],
  ] as const)("breaks TLS open with a certificate that is %s: whose it is at the far side's rung, and nothing is sent", async (flaw, reason, issuer) => {
    const { folder, remove } = temporaryFolder();
    const inspection = await openPki(folder);
    const { certificatePem, keyPem } = await inspection.issue({ names: ["outlook.office365.com"], flaw });
    const received: Buffer[] = [];
    const impostor = tls.createServer({ cert: certificatePem, key: keyPem }, (socket) => socket.on("data", (chunk) => received.push(chunk)));
    impostor.on("tlsClientError", () => {});
    impostor.listen(0, "127.0.0.1");
    await once(impostor, "listening");
    const address = impostor.address();
    proxy.impostorPort = typeof address === "object" ? (address?.port ?? 0) : 0;
    proxy.state = "breaks-tls";
    const fault = faultOf(await office365());
    impostor.close();
    remove();
    expect(fault).toEqual({ kind: "unreachable", rung: "tls", host: "outlook.office365.com", chosenByConsole: true, reason, detail: expect.stringMatching(issuer) });
    expect(explain(fault).nextStep).toContain("a proxy that looks into encrypted traffic");
    expect(Buffer.concat(received).toString()).not.toContain("HTTP");
  });
});

describe("the setting", () => {
  const finder = (change: object, environment = true) => createProxyFinder(() => ({ ...defaultPreferences, ...change }), { environment });
  const hostOf = (result: ReturnType<ReturnType<typeof finder>>) => (result.ok ? (result.value === null ? "direct" : `${result.value.secure ? "tls " : ""}${result.value.host}:${result.value.port}`) : result.fault);

  it.each([
    [{}, "direct"],
    [{ HTTPS_PROXY: "http://p.lab:3128" }, "p.lab:3128"],
    [{ https_proxy: "http://p.lab:3128" }, "p.lab:3128"],
    [{ https_proxy: "https://p.lab" }, "tls p.lab:443"],
    [{ HTTPS_PROXY: "p.lab:3128" }, "p.lab:3128"],
    [{ HTTP_PROXY: "http://p.lab:3128" }, "p.lab:3128"],
    [{ http_proxy: "http://p.lab:3128", https_proxy: "http://q.lab:1" }, "q.lab:1"],
    [{ ALL_PROXY: "http://p.lab:3128" }, "p.lab:3128"],
    [{ HTTPS_PROXY: "http://p.lab:3128", NO_PROXY: "*" }, "direct"],
    [{ HTTPS_PROXY: "http://p.lab:3128", no_proxy: "localhost,.microsoftonline.com" }, "direct"],
    [{ HTTPS_PROXY: "http://p.lab:3128", NO_PROXY: "*.microsoftonline.com:443" }, "direct"],
    [{ HTTPS_PROXY: "http://p.lab:3128", NO_PROXY: "login.microsoftonline.com:8443 10.0.0.0/8" }, "p.lab:3128"],
    [{ HTTPS_PROXY: "http://[::1]:3128" }, "::1:3128"],
    [{ HTTPS_PROXY: "socks5://p.lab:1080" }, { kind: "unsupported", why: "proxy-variable" }],
    [{ HTTPS_PROXY: "http://" }, { kind: "unsupported", why: "proxy-variable" }],
  ])("reads the environment %j as %j", (environment, expected) => {
    for (const name of ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"]) for (const each of [name, name.toLowerCase()]) vi.stubEnv(each, "");
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect(hostOf(finder({ proxy: "environment" })("login.microsoftonline.com"))).toEqual(expected);
    expect(hostOf(finder({ proxy: "none" })("login.microsoftonline.com"))).toBe("direct");
    expect(hostOf(finder({ proxy: "environment" }, false)("login.microsoftonline.com"))).toBe("direct");
  });

  it("holds over the environment, and refuses what is no address", () => {
    vi.stubEnv("HTTPS_PROXY", "http://p.lab:3128");
    expect(hostOf(finder({ proxy: "address", proxyAddress: "q.lab:8080" })("graph.microsoft.com"))).toBe("q.lab:8080");
    for (const proxyAddress of ["", "q.lab:0", "q.lab:99999", "socks5://q.lab", "http://a:b@q.lab:1", "q lab"]) {
      expect(hostOf(finder({ proxy: "address", proxyAddress })("graph.microsoft.com"))).toEqual({ kind: "unsupported", why: "proxy-setting" });
    }
  });
});

describe("everything that is no cloud", () => {
  it("never goes through the proxy: a mail server is connected to directly", async () => {
    const context = clouds.context({ connection: adConnection });
    await exchange.health?.check(exchange.schema.parse({ variant: "2016", domain: "contoso.lab", username: "svc" }), "exb.contoso.lab", context);
    expect(clouds.hosts).toContain("exb.contoso.lab");
    expect(proxy.asked).toEqual([]);
  });
});

describe("without a proxy", () => {
  it("does not advise about the spelling of a name that the console chose", async () => {
    clouds.proxy = () => succeed(null);
    for (const reason of ["name-not-found", "dns-failed", "timed-out"] as const) {
      vi.spyOn(clouds.resolver, "connectTo").mockImplementation((host) => Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason, host })));
      const fault = faultOf(await office365());
      expect(fault).toMatchObject({ reason, chosenByConsole: true });
      expect(explain(fault).nextStep).not.toMatch(/spelling|service is started/);
      expect(explain(fault).nextStep).toContain("proxy");
    }
  });
});
