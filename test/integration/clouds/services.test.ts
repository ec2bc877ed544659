/** Office 365 and Google Workspace through the whole console but its pages: form, files, test, save, restart, live status. */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../../main/app.ts";
import type { Ports } from "../../../main/ports.ts";
import { startPractice, type PracticeOrganisation } from "../../../main/practice/index.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { Progress } from "../../../shared/contract/progress.ts";
import type { FieldValue } from "../../../shared/model/messaging.ts";
import type { Health } from "../../../shared/model/mail-server.ts";
import { detectionPromise } from "../../../shared/rules/health.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { portsWith, preferencesWith } from "../../lab/ports.ts";
import { startApp } from "../../lab/start-app.ts";
import { systemClock, take, temporaryFolder } from "../../unit/main/store/support.ts";
import { adConnection, FORM } from "./support.ts";
import { eventsOf } from "../../lab/events.ts";
import { draftPage } from "../../lab/draft-page.ts";

const INTERVAL_S = 1;
const PROMISE_MS = detectionPromise(INTERVAL_S * 1000, 500);
const logger = recordingLogger();
const { folder, remove } = temporaryFolder();
let practice: PracticeOrganisation;
let ports: Ports;
let app: App;

beforeAll(async () => {
  practice = await startPractice({ dataDirectory: path.join(folder, "practice"), clock: systemClock, logger });
  ports = portsWith(path.join(folder, "data"), {
    network: practice.network,
    resolver: practice.resolver,
    logger,
    preferences: preferencesWith({ checkIntervalSeconds: INTERVAL_S }),
    practice: practice.port,
  });
  app = take(await startApp(ports));
});
afterAll(async () => {
  await app.dispose();
  await practice.dispose();
  remove();
});

function listening(): { readonly signal: AbortSignal; readonly progress: (event: Progress) => void; rungs(): readonly string[] } {
  const events: Progress[] = [];
  return {
    signal: new AbortController().signal,
    progress: (event) => void events.push(event),
    rungs: () => events.flatMap(({ rung }) => (rung === null ? [] : [`${rung.rung} ${rung.outcome.state}`])),
  };
}

/** What the renderer does: choose the provider, fill its form, press Sync Again. */
async function fill(storeId: string, provider: string, values: Readonly<Record<string, FieldValue>>): Promise<void> {
  const choice = { provider, variant: null };
  take(await draftPage(app.services.editor).write(storeId, { choice, values }));
}

async function choose(storeId: string, provider: string, name: string): Promise<void> {
  const found = practice.port.facts().files.find((each) => each.name === name);
  const { file } = take(app.services.files.hold(name, Buffer.from(found?.base64 ?? "", "base64")));
  take(await draftPage(app.services.editor).setCertificate({ storeId, provider, field: "certificate" }, file));
}

function typed(provider: string, field: string): string {
  const form = practice.port.facts().forms.find((each) => each.provider === provider);
  return form?.values.find((each) => each.field === field)?.value ?? "";
}

const health = (storeId: string): Health | undefined => app.services.servers.statuses(storeId)[0]?.health;
async function until(storeId: string, state: Health["state"]): Promise<void> {
  await expect.poll(() => health(storeId)?.state, { timeout: PROMISE_MS + 10_000, interval: 50 }).toBe(state);
}

/** Configures to the end, breaks the cloud, and heals it. Answers with the reason that was shown meanwhile. */
async function walk(storeId: string, provider: string, server: string, break_: readonly [component: string, state: string]): Promise<Fault> {
  const draft = take(await app.services.editor.sync(storeId, listening()));
  expect(draft.forms[provider]?.servers.map(({ name, ticked }) => [name, ticked])).toEqual([[server, false]]);
  const ladder = listening();
  take(await app.services.editor.test(storeId, ladder));
  expect(ladder.rungs().every((rung) => rung.endsWith(" passed"))).toBe(true);
  expect(ladder.rungs()).toHaveLength(7);
  const { saved } = take(await draftPage(app.services.editor).save(storeId, 1));
  expect(saved.tested.state).toBe("passed");

  await app.dispose();
  app = take(await startApp(ports));
  expect(take(app.services.editor.open(storeId)).saved).toEqual(saved);
  await until(storeId, "online");
  take(await app.services.practice.run(break_[1], break_[0], null));
  // The console signs in every few minutes by itself; a person sees it at once.
  take(app.services.servers.check(storeId, null));
  await until(storeId, "offline");
  const shown = health(storeId);
  take(await app.services.practice.run("up", break_[0], null));
  take(app.services.servers.check(storeId, null));
  await until(storeId, "online");
  const events = async () => (await eventsOf(app.services)).filter((event) => event.storeId === storeId && event.kind.startsWith("server-"));
  await expect.poll(async () => (await events()).map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([`server-offline ${server}`, `server-online ${server}`]);
  expect(take(app.services.editor.open(storeId)).saved?.certificates["certificate"]).toMatchObject({ state: "set", summary: expect.anything() });
  if (shown?.state !== "offline") throw new Error(`It is shown as ${shown?.state}`);
  return shown.reason;
}

describe("a store with Office 365", () => {
  it("is configured, tested, saved, found again, and shows live when the cloud refuses", async () => {
    const { id } = take(await app.services.stores.create("Contoso HQ", adConnection, null));
    await fill(id, "office365", { cloud: "worldwide", domain: FORM.domain, applicationId: FORM.applicationId, clientSecretExpires: "2031-01-31" });
    const address = { storeId: id, provider: "office365" };
    take(await draftPage(app.services.editor).setSecret({ ...address, field: "clientSecret" }, typed("office365", "clientSecret")));
    await choose(id, "office365", "practice-application.pfx");
    take(await draftPage(app.services.editor).setSecret({ ...address, field: "certificatePassword" }, "practice"));
    const reason = await walk(id, "office365", "outlook.office365.com", ["authority", "expired-secret"]);
    expect(reason).toMatchObject({ kind: "sign-in", reason: "secret-expired" });
  });

  it("says that the password does not open the certificate before it calls anybody to sign in", async () => {
    const { id } = take(await app.services.stores.create("Wrong password", adConnection, null));
    await fill(id, "office365", { cloud: "worldwide", domain: FORM.domain, applicationId: FORM.applicationId, clientSecretExpires: null });
    await choose(id, "office365", "practice-application.pfx");
    take(await draftPage(app.services.editor).setSecret({ storeId: id, provider: "office365", field: "certificatePassword" }, "wrong"));
    const ladder = listening();
    expect(await app.services.editor.test(id, ladder)).toEqual({ ok: false, fault: { kind: "wrong-password", subject: "certificate" } });
    expect(ladder.rungs()).toContain("certificate-sign-in failed");
  });
});

describe("a store with Google Workspace", () => {
  it("is configured with a key file alone, tested, saved, found again, and shows live when the cloud refuses", async () => {
    const { id } = take(await app.services.stores.create("Contoso schools", adConnection, null));
    await fill(id, "google-workspace", { serviceAccount: FORM.serviceAccount, adminUsername: FORM.adminUsername });
    await choose(id, "google-workspace", "practice-google.p12");
    const reason = await walk(id, "google-workspace", "admin.googleapis.com", ["google-token", "delegation-missing"]);
    expect(reason).toMatchObject({ kind: "sign-in", reason: "delegation-missing" });
  });
});

describe("a Microsoft Entra store", () => {
  const connection = { kind: "entra-id", cloud: "gcc-high", tenant: FORM.domain } as const;

  it("is tested without an account and offers Office 365 and None only", async () => {
    const ladder = listening();
    take(await app.services.stores.test(null, connection, null, ladder));
    expect(ladder.rungs()).toEqual(["dns passed", "tcp passed", "tls passed", "domain passed"]);
    const { id } = take(await app.services.stores.create("Contoso cloud", connection, null));
    expect(take(app.services.editor.open(id)).providers.map((each) => each.id)).toEqual(["office365", "none"]);
  });
});

describe("secrets", () => {
  it("are in no log line", () => {
    for (const secret of [typed("office365", "clientSecret"), "PRIVATE KEY", "eyJ"]) expect(logger.lines.filter((line) => line.includes(secret))).toEqual([]);
  });
});
