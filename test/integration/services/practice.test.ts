/** The services over the practice organisation's sockets: from a domain name to saved priorities and live status. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../../main/app.ts";
import type { Ports } from "../../../main/ports.ts";
import { startPractice, type PracticeOrganisation } from "../../../main/practice/index.ts";
import type { Progress } from "../../../shared/contract/progress.ts";
import type { ActiveDirectoryConnection } from "../../../shared/model/identity-store.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { portsWith, preferencesWith } from "../../lab/ports.ts";
import { startApp } from "../../lab/start-app.ts";
import { systemClock, take } from "../../unit/main/store/support.ts";
import { eventsOf } from "../../lab/events.ts";
import { draftPage } from "../../lab/draft-page.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "messaging-console-services-"));
const logger = recordingLogger();
const INTERVAL_S = 5;
let practice: PracticeOrganisation;
let app: App;
let ports: Ports;
let storeId: string;

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
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function connectionOf(): ActiveDirectoryConnection {
  const { domain, username } = practice.port.facts();
  return { kind: "active-directory", domain, domainControllers: [], dnsServer: null, username, security: "ldaps", trust: { mode: "system" } };
}

function listening() {
  const events: Progress[] = [];
  const rungs = () => events.flatMap(({ rung }) => (rung === null ? [] : [`${rung.rung} ${rung.outcome.state}`]));
  return { signal: new AbortController().signal, progress: (event: Progress) => void events.push(event), rungs };
}

const state = (name: string) => app.services.servers.statuses(storeId).find((status) => status.name === name)?.health.state;

describe("the services over the practice organisation", () => {
  it("create a store, find its controllers and climb the directory's ladder", async () => {
    const { password, domain } = practice.port.facts();
    storeId = take(await app.services.stores.create("Contoso HQ", connectionOf(), password)).id;
    const controllers = take(await app.services.stores.findControllers(null, domain, null, new AbortController().signal));
    expect(controllers.length).toBeGreaterThan(0);
    const ladder = listening();
    take(await app.services.stores.test(storeId, connectionOf(), null, ladder));
    expect(ladder.rungs().slice(0, 3)).toEqual(["dns passed", "tcp passed", "tls passed"]);
    const wrong = await app.services.stores.test(storeId, connectionOf(), "wrong", listening());
    expect(wrong).toMatchObject({ ok: false, fault: { kind: "sign-in", reason: "wrong-credentials" } });
  });

  it("list exactly the servers of the chosen version, one of them ticked", async () => {
    const { password } = practice.port.facts();
    take(await draftPage(app.services.editor).setSecret({ storeId, provider: "exchange", field: "password" }, password));
    const form = take(await app.services.editor.sync(storeId, listening())).forms.exchange;
    expect(form?.servers.map((server) => server.name.split(".")[0]).toSorted()).toEqual(["exa", "exb"]);
    expect(form?.servers.filter((server) => server.ticked).map((server) => server.priority)).toEqual([1]);
    expect(form?.notShown.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(3);
  });

  it("save, and find everything again after a restart", async () => {
    take(await app.services.editor.test(storeId, listening()));
    const { saved } = take(await draftPage(app.services.editor).save(storeId, 1));
    expect(saved.tested.state).toBe("passed");
    await app.dispose();
    app = take(await startApp(ports));
    expect(take(app.services.editor.open(storeId)).saved).toEqual(saved);
    expect(app.services.summaries.list()).toMatchObject([{ messaging: { provider: "exchange", variant: "2013" }, state: "saved", serversTotal: 1 }]);
  });

  it("show a server that goes down, with the reason, and bring it back", async () => {
    const name = take(app.services.editor.open(storeId)).saved?.servers.find((server) => server.ticked)?.name ?? "";
    await expect.poll(() => state(name)).toBe("online");
    const component = practice.port.components().find(({ id }) => id === name.split(".")[0] || id === name)?.id ?? name;
    take(await app.services.practice.run("down", component, null));
    await expect.poll(() => state(name)).toBe("offline");
    expect(app.services.servers.statuses(storeId).find((status) => status.name === name)?.health).toMatchObject({ reason: { kind: "unreachable" } });
    take(await app.services.practice.run("up", component, null));
    await expect.poll(() => state(name)).toBe("online");
    const kinds = async () => (await eventsOf(app.services)).map(({ kind }) => kind).filter((kind) => kind.startsWith("server-"));
    await expect.poll(kinds).toEqual(["server-offline", "server-online"]);
  });

  it("write no secret into logs or files", () => {
    const { password } = practice.port.facts();
    const files = fs.readdirSync(ports.dataDirectory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const holding = files.filter((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name)).includes(password));
    expect(holding.map((entry) => entry.name)).toEqual([]);
    expect(logger.lines.filter((line) => line.includes(password))).toEqual([]);
  });
});
