import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../../main/hosts/shared/clock.ts";
import type { Clock } from "../../../../main/ports.ts";
import type { Pki } from "../../../../main/practice/pki.ts";
import type { Fault, Result } from "../../../../shared/fault.ts";
import type { NotificationSettings } from "../../../../shared/model/notification-mail.ts";
import { recordingLogger } from "../../../lab/loggers.ts";
import { eventually } from "../../../lab/eventually.ts";
import { ACCOUNT, PASSWORD, smtpServer, type TestSmtpServer } from "../mail/support.ts";
import { HOST, resolverTo, temporaryPki } from "../network/support.ts";
import { take } from "../store/support.ts";
import { connection, layBed, quietly, type Bed } from "./support.ts";

/** A quarter of a minute is over soon; a server has its time all the same. */
const hurried: Clock = { ...systemClock, after: (ms, callback) => systemClock.after(ms === 15_000 ? 20 : ms, callback) };

const SETTINGS: NotificationSettings = {
  host: HOST,
  port: 587,
  security: "starttls",
  trust: { mode: "system" },
  account: { username: ACCOUNT.username },
  from: "console@contoso.lab",
  to: ["anna@contoso.lab"],
  events: { jobEnded: "with-failures", jobHalted: true, serverOffline: true, serverBack: false, expiry: true },
};

let pki: Pki;
let remove: () => Promise<void>;
let server: TestSmtpServer;
let bed: Bed;
let storeId: string;
const logger = recordingLogger();
beforeAll(async () => {
  ({ pki, remove } = await temporaryPki());
});
afterAll(() => remove());
beforeEach(async () => {
  server = await smtpServer(pki);
  bed = await layBed({ clock: hurried, logger, host: "command-line", resolver: resolverTo([{ address: "127.0.0.1", port: server.port }], [pki.authorityPem]) });
  storeId = take(await bed.services.stores.create("Contoso HQ", connection, "Pa55word!")).id;
});
afterEach(async () => {
  await bed.dispose();
  await server.close();
});

const save = (settings: NotificationSettings, password: string | null, expectedRevision = revision()) => bed.services.notifications.save(storeId, { settings, password }, expectedRevision);
const revision = () => take(bed.services.stores.get(storeId)).revision;
const faultOf = (result: Result<unknown>): Fault | null => (result.ok ? null : result.fault);
const issuesOf = (result: Result<unknown>) => {
  const fault = faultOf(result);
  return fault?.kind === "invalid" ? fault.issues.map(({ path, code }) => `${path.join(".")} ${code}`) : [];
};
const events = async (kind: string) => (await bed.services.activity.page({ before: null, most: 100, store: storeId, words: [] })).events.filter((event) => event.kind === kind);

describe("settings", () => {
  test("are one revision whose changes name everything but the password, and saving them again is none", async () => {
    expect(take(bed.services.notifications.get(storeId))).toEqual({ settings: null, password: { state: "not-set" }, revision: 1 });
    expect(take(await save(SETTINGS, PASSWORD))).toEqual({ revision: 2, changed: true });
    expect(take(await save(SETTINGS, null))).toEqual({ revision: 2, changed: false });
    const [newest] = take(await bed.services.stores.revisions(storeId)).revisions;
    expect(newest?.action).toBe("notifications");
    expect(newest?.changes.map(({ key }) => key)).toContain("notifications.host");
    expect(newest?.changes.find(({ secret }) => secret)).toMatchObject({ key: "secrets.notification-password", before: null, after: "set" });
    expect(JSON.stringify([newest, bed.services.notifications.get(storeId), logger.lines, await bed.services.activity.page({ before: null, most: 100, store: null, words: [] })])).not.toContain(PASSWORD);
    expect(take(bed.services.notifications.get(storeId))).toMatchObject({ settings: SETTINGS, password: { state: "set" }, revision: 2 });
  });

  test("outlive a rename, a document and a restore, and go when they are removed", async () => {
    take(await save(SETTINGS, PASSWORD));
    take(await bed.services.stores.rename(storeId, "Contoso"));
    take(await bed.services.documents.apply(storeId, { document: { name: "Contoso Ltd" }, secrets: {}, files: {} }, false));
    expect(take(bed.services.notifications.get(storeId))).toMatchObject({ settings: SETTINGS, password: { state: "set" } });
    expect(take(await bed.services.notifications.clear(storeId, revision()))).toMatchObject({ changed: true });
    expect(take(bed.services.notifications.get(storeId))).toMatchObject({ settings: null, password: { state: "not-set" } });
    take(await bed.services.stores.restore(storeId, 2, revision()));
    expect(take(bed.services.notifications.get(storeId))).toMatchObject({ settings: SETTINGS, password: { state: "set" } });
  });

  test.each([
    [{ host: "smtp.contoso.lab:25" }, "host host-port-unwanted"],
    [{ host: "" }, "host host-missing"],
    [{ port: 0 }, "port smtp-port"],
    [{ port: 65_536 }, "port smtp-port"],
    [{ security: "none" }, "security password-needs-tls"],
    [{ account: { username: "" } }, "account.username too_small"],
    [{ from: "console" }, "from mail-address"],
    [{ from: "a\r\nBcc: eve@evil.example" }, "from control-character"],
    [{ to: [] }, "to too_small"],
    [{ to: ["anna@contoso.lab", "<ben@contoso.lab>"] }, "to.1 mail-address"],
    [{ trust: { mode: "authority-file", name: "ca.pem", pem: "nothing" } }, "trust.pem not-a-pem-certificate"],
  ] as const)("%o are refused: %s", async (change, issue) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a part of the settings each
    const refused = await save({ ...SETTINGS, ...(change as Partial<NotificationSettings>) }, PASSWORD);
    expect(issuesOf(refused)).toEqual([issue]);
    expect(revision()).toBe(1);
  });

  test("that somebody else saved meanwhile are not written over", async () => {
    take(await save(SETTINGS, PASSWORD));
    expect(faultOf(await save({ ...SETTINGS, port: 465 }, null, 1))?.kind).toBe("conflict");
  });
});

describe("the stored password", () => {
  beforeEach(async () => void take(await save(SETTINGS, PASSWORD)));

  test.each([
    [{ host: "evil.contoso.lab" }, "password enter-again-target"],
    [{ trust: { mode: "pinned", sha256: "0".repeat(64) } }, "password enter-again-trust"],
  ] as const)("is not lent where %o would send it", async (change, issue) => {
    const settings = { ...SETTINGS, ...change };
    expect(issuesOf(await save(settings, null))).toEqual([issue]);
    expect(issuesOf(await bed.services.notifications.test(storeId, { settings, password: null }, "anna@contoso.lab", quietly()))).toEqual([issue]);
    expect(server.told).toEqual([]);
  });

  test("is lent to another port and another protection of the same server, and taken away with the account", async () => {
    expect(take(await save({ ...SETTINGS, port: 465, security: "tls" }, null)).changed).toBe(true);
    take(await save({ ...SETTINGS, account: null, security: "none", port: 25 }, null));
    expect(take(bed.services.notifications.get(storeId)).password).toEqual({ state: "not-set" });
    expect(issuesOf(await save(SETTINGS, null))).toEqual(["password required"]);
  });
});

describe("a test mail", () => {
  const send = (to: string, change: Partial<NotificationSettings> = {}, password: string | null = PASSWORD) =>
    bed.services.notifications.test(storeId, { settings: { ...SETTINGS, to: [], ...change }, password }, to, quietly());

  test("goes to the asked address alone, with what was typed, and saves nothing", async () => {
    expect(faultOf(await send("ben@contoso.lab"))).toBeNull();
    expect(server.taken).toMatchObject([{ to: ["ben@contoso.lab"], secure: true, user: ACCOUNT.username }]);
    expect(server.taken[0]?.raw).toContain("Contoso HQ: test mail");
    expect(revision()).toBe(1);
  });

  test("says what is wrong with the address, the account, and the store that is prepared only", async () => {
    expect(issuesOf(await send("ben"))).toEqual(["testTo mail-address"]);
    expect(faultOf(await send("ben@contoso.lab", {}, "wrong"))).toMatchObject({ kind: "sign-in", reason: "wrong-credentials" });
    take(await bed.services.stores.setPrepareOnly(storeId, true));
    expect(faultOf(await send("ben@contoso.lab"))).toEqual({ kind: "unsupported", why: "prepare-only" });
    expect(server.told).toEqual(["wrong"]);
  });
});

describe("what happens", () => {
  test("is mailed where it is to be, in the activity's words, and once for all of it", async () => {
    take(await save(SETTINGS, PASSWORD));
    const at = Date.UTC(2026, 10, 28);
    bed.services.notifications.notify(storeId, { kind: "server-offline", subject: "exa.contoso.lab", detail: "unreachable", at });
    bed.services.notifications.notify(storeId, { kind: "server-online", subject: "exa.contoso.lab", detail: null, at });
    bed.services.notifications.notify(storeId, { kind: "job-ended", subject: "Students", detail: "12/12", at, failed: 0 });
    bed.services.notifications.notify(storeId, { kind: "job-ended", subject: "Staff", detail: "11/12", at, failed: 1 });
    await eventually(() => expect(server.taken).toHaveLength(1));
    const raw = (server.taken[0]?.raw ?? "").replaceAll("=\r\n", "");
    expect(raw).toContain("Contoso HQ: 2 notices");
    expect(raw).toContain("exa.contoso.lab went offline");
    expect(raw).toContain("Job Staff ended: 11/12");
    expect(raw).not.toMatch(/Students|online again/);
  });

  test("comes from the activity by itself, each notice once", async () => {
    take(await save(SETTINGS, PASSWORD));
    const event = { kind: "expires-soon", storeId, storeName: "Contoso HQ", subject: "office365.pfx", detail: "7 certificate" };
    bed.services.activity.record(event, "once");
    bed.services.activity.record(event, "once");
    await eventually(() => expect(server.taken).toHaveLength(1));
    expect(server.taken[0]?.raw.match(/ends within 7 days/g)).toHaveLength(2);
  });

  test("that nobody will get is told in the activity, by reason and without the password", async () => {
    take(await save(SETTINGS, "wrong"));
    bed.services.notifications.notify(storeId, { kind: "server-offline", subject: "exa.contoso.lab", detail: null, at: 0 });
    await eventually(async () => expect(await events("mail-not-sent")).toMatchObject([{ detail: "sign-in" }]));
    expect(server.told).toEqual(["wrong"]);
  });

  test("is kept back by a store that is prepared only", async () => {
    take(await save(SETTINGS, PASSWORD));
    take(await bed.services.stores.setPrepareOnly(storeId, true));
    bed.services.notifications.notify(storeId, { kind: "server-offline", subject: "exa.contoso.lab", detail: null, at: 0 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([server.taken, await events("mail-not-sent")]).toEqual([[], []]);
  });
});
