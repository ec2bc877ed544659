/** An hour of an idle console: how often the clouds are asked for a token, and how soon a revoked credential shows. */
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { App } from "../../../main/app.ts";
import type { NameResolver } from "../../../main/ports.ts";
import { startPractice, type PracticeOrganisation } from "../../../main/practice/index.ts";
import type { CheckResult, Health } from "../../../shared/model/mail-server.ts";
import type { FieldValue } from "../../../shared/model/messaging.ts";
import { noticePromise } from "../../../shared/rules/pace.ts";
import { eventually } from "../../lab/eventually.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { portsWith, preferencesWith } from "../../lab/ports.ts";
import { startApp } from "../../lab/start-app.ts";
import { systemClock, take, temporaryFolder } from "../../unit/main/store/support.ts";
import { movedClock, type MovedClock } from "./moved-clock.ts";
import { adConnection, FORM } from "./support.ts";
import { draftPage } from "../../lab/draft-page.ts";

const HOUR = 3_600_000;
const INTERVAL_S = 10;
/** Token requests an hour that no store may exceed, both ways of signing in together. */
const TOKENS_AN_HOUR = 15;


let clock: MovedClock;
let practice: PracticeOrganisation;
let app: App;
let storeId: string;
let hosts: string[];
let remove: () => void;

beforeEach(async () => {
  const place = temporaryFolder();
  ({ remove } = place);
  clock = movedClock();
  hosts = [];
  practice = await startPractice({ dataDirectory: path.join(place.folder, "practice"), clock: systemClock, logger: recordingLogger() });
  const resolver: NameResolver = {
    ...practice.resolver,
    connectTo(host, port, options) {
      hosts.push(host);
      return practice.resolver.connectTo(host, port, options);
    },
  };
  const ports = portsWith(path.join(place.folder, "data"), {
    network: practice.network,
    clock,
    resolver,
    logger: recordingLogger(),
    preferences: preferencesWith({ checkIntervalSeconds: INTERVAL_S }),
    practice: practice.port,
  });
  app = take(await startApp(ports));
});
afterEach(async () => {
  await app.dispose();
  await practice.dispose();
  clock.stop();
  remove();
});

const status = () => app.services.servers.statuses(storeId)[0];
const state = (): Health["state"] | undefined => status()?.health.state;
const isBusy = () => status()?.activity === "checking";
const requestsTo = (host: string) => hosts.filter((each) => each === host).length;

/** Runs work whose time limits must not fire: the clock stands. */
async function configure(provider: string, values: Readonly<Record<string, FieldValue>>, secrets: Readonly<Record<string, string>>, file: string): Promise<void> {
  const { id } = take(await app.services.stores.create("Contoso HQ", adConnection, null));
  storeId = id;
  const choice = { provider, variant: null };
  take(await draftPage(app.services.editor).write(id, { choice, values }));
  for (const [field, value] of Object.entries(secrets)) take(await draftPage(app.services.editor).setSecret({ storeId: id, provider, field }, value));
  const found = practice.port.facts().files.find((each) => each.name === file);
  const uploaded = take(app.services.files.hold(file, Buffer.from(found?.base64 ?? "", "base64")));
  take(await draftPage(app.services.editor).setCertificate({ storeId: id, provider, field: "certificate" }, uploaded.file));
  take(await app.services.editor.sync(id, { signal: new AbortController().signal, progress: () => {} }));
  take(await draftPage(app.services.editor).save(id, 1));
  take(app.services.servers.watch(id));
  await clock.pass(1_000, isBusy);
  await eventually(() => expect(state()).toBe("online"));
}

function clientSecret(): string {
  const form = practice.port.facts().forms.find((each) => each.provider === "office365");
  return form?.values.find((each) => each.field === "clientSecret")?.value ?? "";
}

const configureOffice365 = () =>
  configure(
    "office365",
    { cloud: "worldwide", domain: FORM.domain, applicationId: FORM.applicationId, clientSecretExpires: null },
    { clientSecret: clientSecret(), certificatePassword: "practice" },
    "practice-application.pfx",
  );
const configureGoogle = () => configure("google-workspace", { serviceAccount: FORM.serviceAccount, adminUsername: FORM.adminUsername }, {}, "practice-google.p12");

const promised = (provider: string) => {
  const descriptor = take(app.services.editor.open(storeId)).providers.find(({ id }) => id === provider);
  return descriptor === undefined ? null : noticePromise(descriptor, INTERVAL_S * 1000);
};

describe.each([
  { provider: "office365", configured: configureOffice365, tokenHost: "login.microsoftonline.com", frontDoor: "outlook.office365.com", revoked: ["authority", "expired-secret"] },
  { provider: "google-workspace", configured: configureGoogle, tokenHost: "oauth2.googleapis.com", frontDoor: "admin.googleapis.com", revoked: ["google-token", "key-refused"] },
] as const)("an idle store with $provider", ({ provider, configured, tokenHost, frontDoor, revoked: [component, verb] }) => {
  it("asks for few tokens in an hour, knocks at the front door all the time, and says from when a sign-in is", async () => {
    await configured();
    hosts.length = 0;
    await clock.pass(HOUR, isBusy);
    expect(state()).toBe("online");
    expect(requestsTo(tokenHost)).toBeGreaterThan(3);
    expect(requestsTo(tokenHost)).toBeLessThanOrEqual(TOKENS_AN_HOUR);
    expect(requestsTo(frontDoor)).toBeGreaterThan(340);
    await clock.pass(30_000, isBusy);
    const rungs: CheckResult["rungs"] = status()?.lastCheck?.rungs ?? [];
    expect(rungs.filter(({ climbedAt }) => climbedAt === undefined).map(({ rung }) => rung)).toEqual(["dns", "tcp", "tls"]);
    for (const { climbedAt } of rungs.slice(3)) expect(clock.now() - (climbedAt ?? 0)).toBeLessThanOrEqual(12 * 60_000 + 11_000);
  });

  it("shows a revoked credential within the promised time", async () => {
    await configured();
    const promise = promised(provider) ?? 0;
    expect(promise).toBeGreaterThan(0);
    // Right after a sign-in is the worst moment.
    take(await app.services.practice.run(verb, component, null));
    await clock.pass(promise, isBusy);
    expect(state()).toBe("offline");
    expect(status()?.health).toMatchObject({ reason: { kind: "sign-in" } });
  });

  it("signs in at once when a person asks", async () => {
    await configured();
    hosts.length = 0;
    take(app.services.servers.check(storeId, null));
    await clock.pass(0, isBusy);
    expect(requestsTo(tokenHost)).toBeGreaterThan(0);
    expect(status()?.lastCheck?.rungs.some(({ climbedAt }) => climbedAt !== undefined)).toBe(false);
  });

  it("does not hammer a cloud that refuses", async () => {
    await configured();
    take(await app.services.practice.run(verb, component, null));
    take(app.services.servers.check(storeId, null));
    await clock.pass(60_000, isBusy);
    expect(state()).toBe("offline");
    hosts.length = 0;
    await clock.pass(HOUR, isBusy);
    expect(requestsTo(tokenHost)).toBeLessThanOrEqual(TOKENS_AN_HOUR + 5);
  });
});
