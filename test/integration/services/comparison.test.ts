/** What the practice organisation's directory and servers say now, over its sockets, held against what is saved. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../../main/app.ts";
import { startPractice, type PracticeOrganisation } from "../../../main/practice/index.ts";
import type { Progress } from "../../../shared/contract/progress.ts";
import { draftPage } from "../../lab/draft-page.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { portsWith, preferencesWith } from "../../lab/ports.ts";
import { startApp } from "../../lab/start-app.ts";
import { systemClock, take } from "../../unit/main/store/support.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "messaging-console-comparison-"));
const [saved, now] = [{ kind: "saved" }, { kind: "directory" }] as const;
let practice: PracticeOrganisation;
let app: App;
let storeId: string;

beforeAll(async () => {
  const logger = recordingLogger();
  practice = await startPractice({ dataDirectory: path.join(folder, "practice"), clock: systemClock, logger });
  const { network, resolver, remoting, port } = practice;
  app = take(await startApp(portsWith(path.join(folder, "data"), { network, resolver, remoting, logger, preferences: preferencesWith({ checkIntervalSeconds: 3_600 }), practice: port })));
  const { domain, username, password } = port.facts();
  const connection = { kind: "active-directory", domain, domainControllers: [], dnsServer: null, username, security: "ldaps", trust: { mode: "system" } } as const;
  const document = { name: "Contoso HQ", connection, messaging: { provider: "exchange", variant: "2013", values: { domain, username }, servers: [{ name: "exa.contoso.lab", priority: 1 }, { name: "exb.contoso.lab", priority: 2 }] } };
  storeId = take(await app.services.documents.create({ document, secrets: { "directory.password": password, "messaging.password": password }, files: {} })).id;
  take(await app.services.relistSaved(storeId, true, quietly()));
});
afterAll(async () => {
  await app.dispose();
  await practice.dispose();
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function quietly(progress: (event: Progress) => void = () => {}) {
  return { signal: new AbortController().signal, progress };
}
const does = async (verb: string, target: string | null = null, argument: string | null = null) => take(await practice.port.run(verb, target, argument));
const compare = () => app.services.comparison.compare(storeId, saved, now, quietly());
const takeOver = async () => app.services.comparison.takeOver(storeId, take(await compare()).seen ?? "nothing");
const told = async () => take(await compare()).changes.map(({ key, before, after }) => [key, before, after]);
const drift = async () => (await app.services.summaries.current()).get(storeId)?.drift ?? null;

describe("a site that drifts from what is saved", () => {
  it("differs in nothing at first, and each server in use is asked", async () => {
    const steps: string[] = [];
    const first = take(await app.services.comparison.compare(storeId, saved, now, quietly(({ step }) => steps.push(step))));
    expect(first).toMatchObject({ changes: [], notCompared: [] });
    expect(steps).toContain("checking-servers");
  });

  it("is told of servers that vanished, are new, or came back with another release", async () => {
    await does("remove", "exa");
    await does("add", "exa", "2016");
    await does("add", "exz", "2013");
    expect(await told()).toEqual([
      ["servers.added", null, "exz.contoso.lab"],
      ["servers.exa.contoso.lab.listed", "listed", "vanished"],
    ]);
    expect(await drift()).toMatchObject({ vanished: 1, added: 1, noneListed: false });
    await does("reset");
    expect(await told()).toEqual([]);
    expect(await drift()).toBeNull();
  });

  it("is told of another certificate until it is taken over", async () => {
    await does("untrusted", "exb");
    expect(await told()).toEqual([["servers.exb.contoso.lab.certificate", expect.any(String), expect.any(String)]]);
    take(await takeOver());
    expect(await told()).toEqual([]);
    await does("up", "exb");
    expect(await told()).toHaveLength(1);
    take(await takeOver());
  });

  it("is told of a right that was there and is refused, and not of a server that is down", async () => {
    await does("role-missing", "exb");
    expect(await told()).toEqual([["servers.exb.contoso.lab.right-role", "allowed", "refused"]]);
    await does("down", "exb");
    expect(take(await compare())).toMatchObject({ notCompared: [{ what: "server", subject: "exb.contoso.lab", fault: { kind: "unreachable" } }] });
    await does("up", "exb");
    expect(await told()).toEqual([]);
  });

  it("makes nothing vanish where the directory cannot be asked, or hides what it has", async () => {
    for (const failure of ["down", "restricted", "no-exchange"]) {
      await does(failure, "directory");
      expect(await compare()).toMatchObject({ ok: false });
      expect(await drift()).toBeNull();
    }
    await does("up", "directory");
    expect(await told()).toEqual([]);
    for (const server of ["exa", "exb"]) await does("remove", server);
    expect(take(await compare())).toMatchObject({ changes: [], notCompared: expect.arrayContaining([{ what: "no-server-listed", subject: null, fault: null }]) });
    expect(await drift()).toMatchObject({ vanished: 0, noneListed: true });
    await does("reset");
    expect(await told()).toEqual([]);
  });

  it("is taken over by listing the servers again and saving them", async () => {
    await does("remove", "exa");
    expect(await told()).toHaveLength(1);
    take(await app.services.editor.sync(storeId, quietly()));
    take(await draftPage(app.services.editor).save(storeId, 2));
    expect(await drift()).toBeNull();
    expect(await told()).toEqual([]);
  });
});
