/** What support is given: every file by its content, taken out of the zip file by a reader that is not ours. */
import os from "node:os";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LogFile } from "../../../../main/ports.ts";
import type { OwnKey } from "../../../../main/store/types.ts";
import { readmeText } from "../../../../renderer/text/diagnostics.ts";
import { succeed } from "../../../../shared/result.ts";
import { pythonHere, pythonWords, readZip } from "../../../lab/read-zip.ts";
import { take } from "../store/support.ts";
import { given, toy } from "./document-support.ts";
import { connection, layBed, quietly, type Bed } from "./support.ts";

const SERVERS = [{ name: "exa.contoso.lab", priority: 1 }, { name: "exb.contoso.lab", priority: 2 }];

describe("a diagnostics file", () => {
  let bed: Bed;
  let log: LogFile[];
  let kept: string | null;
  const own: OwnKey = { read: () => succeed(kept), keep: (made) => Promise.resolve(succeed(made)), replace: () => Promise.resolve(succeed(null)) };
  beforeEach(async () => {
    log = [];
    kept = null;
    bed = await layBed({ ownKey: own, readLog: () => Promise.resolve(log) });
    take(await bed.services.documents.create({ document: { name: "Contoso HQ", connection, messaging: { ...toy, servers: SERVERS } }, secrets: given, files: {} }));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await bed.dispose();
  });

  const gather = (names = false) => bed.services.diagnostics.gather(names, readmeText({ names, version: "1.2.3", at: 0 }), quietly());
  const filesOf = async (names = false): Promise<Readonly<Record<string, string>>> => {
    const { base64, files } = take(await gather(names));
    const read = readZip(Buffer.from(base64, "base64"));
    expect(Object.entries(read).map(([name, text]) => ({ name, size: Buffer.byteLength(text) }))).toEqual(files);
    return read;
  };
  const line = (message: string, fields: object = {}) => ({ at: "2026-11-27T09:00:00.000Z", level: "info", message, pid: 1, ...fields });

  it.each([
    ["as it is", given["messaging.password"]],
    ["in JSON", JSON.stringify(given["messaging.password"])],
    ["in base64", Buffer.from(`svc:${given["messaging.password"]}`).toString("base64")],
    ["of the directory", given["directory.password"]],
  ])("is not made while a stored secret is in the log: %s", async (_how, secret) => {
    log = [{ name: "electron.1", cut: true, lines: [line("a mail server said", { words: `before ${secret} after` })] }];
    for (const names of [false, true]) expect(await gather(names)).toEqual({ ok: false, fault: { kind: "unsupported", why: "diagnostics-secret", detail: "log/electron.1.txt" } });
  });

  it("is not made while the secret half of the console's own key is in the log", async () => {
    const secret = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
    log = [{ name: "loopback", cut: false, lines: [`a line that is no JSON: ${secret}`] }];
    expect((await gather()).ok).toBe(true);
    kept = secret;
    expect(await gather()).toMatchObject({ ok: false, fault: { why: "diagnostics-secret" } });
  });

  it("is not made while a secret of an earlier revision, or of unsaved work, is in the log", async () => {
    const [stored] = bed.store.identityStores.list();
    const id = stored?.id ?? "";
    take(await bed.services.documents.apply(id, { document: { name: "Contoso HQ", connection, messaging: { ...toy, servers: SERVERS } }, secrets: { "messaging.password": "newer-Secret-9" }, files: {} }, false));
    take(await bed.page.setSecret({ storeId: id, provider: "toy", field: "password" }, "half-typed-Secret-1"));
    for (const secret of [given["messaging.password"], "newer-Secret-9", "half-typed-Secret-1"]) {
      log = [{ name: "loopback", cut: false, lines: [`a line that is no JSON: ${secret}`] }];
      expect(await gather()).toMatchObject({ ok: false, fault: { why: "diagnostics-secret" } });
    }
  });

  it.each([
    ["of all hosts", "HTTPS_PROXY", "http://svc:pr0xy-Secret@proxy.contoso.lab:8080", "pr0xy-Secret"],
    ["without a scheme", "all_proxy", "svc:pr0xy-Secret@proxy:8080", "pr0xy-Secret"],
    ["with an escape", "http_proxy", "http://svc:pr0xy%2FSecret@proxy:8080", "pr0xy/Secret"],
    ["with what needs one", "HTTP_PROXY", "http://svc:pr0xy#S@cret%@proxy:8080", "pr0xy#S@cret%"],
  ])("is not made while the password of a web proxy is in the log, whatever NO_PROXY says: %s", async (_what, name, address, password) => {
    vi.stubEnv("NO_PROXY", "*");
    vi.stubEnv(name, address);
    log = [{ name: "loopback", cut: false, lines: [line("the proxy said", { words: Buffer.from(`svc:${password}`).toString("base64") })] }];
    expect(await gather()).toMatchObject({ ok: false, fault: { why: "diagnostics-secret" } });
  });

  it("is made where the account that runs the console has no entry and no home, as in a container", async () => {
    // What Node throws there: uv_os_get_passwd and uv_os_homedir with ENOENT.
    for (const name of ["userInfo", "homedir"] as const) {
      vi.spyOn(os, name).mockImplementation(() => {
        throw Object.assign(new Error("no such file or directory"), { code: "ERR_SYSTEM_ERROR" });
      });
    }
    expect(await gather()).toMatchObject({ ok: true });
  });

  it("takes each history out of the database at once, not revision by revision", async () => {
    const [stored] = bed.store.identityStores.list();
    for (const name of ["Fabrikam", "Northwind"]) take(await bed.services.documents.apply(stored?.id ?? "", { document: { name, connection, messaging: { ...toy, servers: SERVERS } }, secrets: {}, files: {} }, false));
    const whole = vi.spyOn(bed.store.histories, "read");
    const single = vi.spyOn(bed.store.identityStores, "revisionDocument");
    expect(await gather()).toMatchObject({ ok: true });
    expect({ whole: whole.mock.calls.length, single: single.mock.calls.length }).toEqual({ whole: 1, single: 0 });
  });

  it("reads a history that is not whole any more revision by revision", async () => {
    const [stored] = bed.store.identityStores.list();
    take(await bed.services.documents.apply(stored?.id ?? "", { document: { name: "Fabrikam", connection, messaging: { ...toy, servers: SERVERS } }, secrets: {}, files: {} }, false));
    vi.spyOn(bed.store.histories, "read").mockResolvedValue({ ok: false, fault: { kind: "unreadable", what: "database-damaged" } });
    const single = vi.spyOn(bed.store.identityStores, "revisionDocument");
    expect(await gather()).toMatchObject({ ok: true });
    expect(single.mock.calls).toEqual([[stored?.id, 1]]);
  });

  it("is given up when that is wanted", async () => {
    expect(await bed.services.diagnostics.gather(false, "", { ...quietly(), signal: AbortSignal.abort() })).toEqual({ ok: false, fault: { kind: "cancelled" } });
  });

  describe.skipIf(pythonHere === null)(`read by ${pythonWords}`, () => {
    it("holds what is listed, without a name of the customer", async () => {
      log = [{ name: "loopback", cut: false, lines: [line("a session with a mail server was opened", { server: "EXB.contoso.lab" }), "exa.contoso.lab said CONTOSO HQ"] }];
      const files = await filesOf();
      expect(Object.keys(files)).toEqual(["README.txt", "about.json", "settings.json", "stores.json", "status-history.json", "activity.json", "log/loopback.txt"]);
      const all = Object.values(files).join("\n");
      expect(all).not.toMatch(/contoso/i);
      expect(all).not.toMatch(/\bex[ab]\b/);
      const [first = "", second] = (files["log/loopback.txt"] ?? "").split("\n");
      expect(JSON.parse(first)).toMatchObject({ level: "info", message: "a session with a mail server was opened", server: "server-2.domain-1.example" });
      expect(second).toBe("server-1.domain-1.example said store-1");
      expect(JSON.parse(files["stores.json"] ?? "")).toMatchObject([{ name: "store-1", connection: { domain: "domain-1.example" }, directoryPassword: "set", messaging: { provider: "toy", secrets: { password: "set" }, servers: [{ name: "server-1.domain-1.example" }, { name: "server-2.domain-1.example" }] } }]);
    });

    it("holds names where they are wanted, and no secret all the same", async () => {
      const files = await filesOf(true);
      expect(JSON.parse(files["stores.json"] ?? "")).toMatchObject([{ name: "Contoso HQ", messaging: { servers: [{ name: "exa.contoso.lab" }, { name: "exb.contoso.lab" }] } }]);
      const all = Object.values(files).join("\n");
      for (const secret of Object.values(given)) expect(all).not.toContain(secret);
    });

    it("names nobody of earlier revisions, of unsaved work and of what was removed from the configuration", async () => {
      const [stored] = bed.store.identityStores.list();
      const id = stored?.id ?? "";
      take(await bed.services.documents.apply(id, { document: { name: "Fabrikam", connection, messaging: { ...toy, servers: [{ name: "new.fabrikam.lab", priority: 1 }] } }, secrets: {}, files: {} }, false));
      log = [{ name: "loopback", cut: false, lines: [line("Contoso HQ was FABRIKAM", { server: "exb.contoso.lab", "exa.contoso.lab": "svc", host: "gone.northwind.org" })] }];
      expect(JSON.parse((await filesOf())["log/loopback.txt"] ?? "")).toEqual({ at: "2026-11-27T09:00:00.000Z", level: "info", message: expect.stringMatching(/^(store|domain)-\d was (store|domain)-\d$/), pid: 1, server: expect.stringMatching(/^server-\d\.domain-\d\.example$/), [String.raw`server-2.domain-1.example`]: "value-1", host: expect.stringMatching(/^server-\d\.domain-\d\.example$/) });
    });

    it("names no computer that a probe ran on, nor a server that is in no configuration any more", async () => {
      const [stored] = bed.store.identityStores.list();
      const at = { storeId: stored?.id ?? "", storeName: "Contoso HQ", detail: null, at: 1 };
      const probed = { source: "JUMPHOST7", at: 1, result: { at: 1, ms: 1, rungs: [], certificateExpiresAt: null }, build: null, roles: [] };
      take(await bed.store.probes.put([{ storeId: at.storeId, provider: "toy", server: "exa.contoso.lab", probed }]));
      bed.store.activity.append({ ...at, kind: "probe-imported", subject: "bastion-2" });
      bed.store.activity.append({ ...at, kind: "server-offline", subject: "OLDBOX" });
      log = [{ name: "loopback", cut: false, lines: [line("jumphost7 and Bastion-2 read oldbox")] }];
      const all = Object.values(await filesOf()).join("\n");
      expect(all).not.toMatch(/jumphost|bastion|oldbox/i);
      expect(all).toMatch(/server-\d and server-\d read server-\d/);
    });

    it("names no user whose licences were changed", async () => {
      const [stored] = bed.store.identityStores.list();
      const at = { storeId: stored?.id ?? "", storeName: "Contoso HQ", at: 1, detail: "+EMS" };
      for (const [kind, subject] of [["licences-changed", "eva.lind@contoso.com"], ["licences-not-changed", "t.reed@contoso.com"]] as const) bed.store.activity.append({ ...at, kind, subject });
      log = [{ name: "loopback", cut: false, lines: [line("eva.lind and T.Reed@contoso.com were looked at by t.reed")] }];
      expect(Object.values(await filesOf()).join("\n")).not.toMatch(/eva\.lind|t\.reed/i);
    });

    it("is made where a password is a word of the console's own", async () => {
      const [stored] = bed.store.identityStores.list();
      const document = { name: "Contoso HQ", connection, messaging: { ...toy, servers: SERVERS } };
      take(await bed.services.documents.apply(stored?.id ?? "", { document, secrets: { "directory.password": "Password", "messaging.password": "Exchange" }, files: {} }, false));
      log = [{ name: "loopback", cut: false, lines: [line("signed in with Password")] }];
      const files = await filesOf();
      expect(JSON.parse(files["stores.json"] ?? "")).toMatchObject([{ directoryPassword: "set" }]);
      expect(files["log/loopback.txt"]).toContain("signed in with [redacted]");
    });
  });
});
