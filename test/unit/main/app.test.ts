import { afterEach, expect, it, vi } from "vitest";
import type { App } from "../../../main/app.ts";
import { Connection } from "../../../main/store/connection.ts";
import { engineUnderTest } from "../../lab/engine-under-test.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { canListOpenFiles, openFilesBelow } from "../../lab/open-files.ts";
import { portsWith } from "../../lab/ports.ts";
import { startApp } from "../../lab/start-app.ts";
import { fakeClock } from "./monitor/support.ts";
import { connection } from "./services/support.ts";
import { take, temporaryFolder } from "./store/support.ts";
import { draftPage } from "../../lab/draft-page.ts";

const { folder, remove } = temporaryFolder();
afterEach(() => {
  vi.restoreAllMocks();
  remove();
});

const ports = portsWith(folder, { version: "1.2.3" });

async function start(): Promise<App> {
  return take(await startApp(ports));
}

it("works with the real providers and without a network, and finds everything again after a restart", async () => {
  const first = await start();
  const { id } = take(await first.services.stores.create("Contoso HQ", connection, "Pa55word!"));
  const { providers } = take(first.services.editor.open(id));
  const entries = providers.flatMap((provider) => provider.entries);
  expect(entries.map(({ provider }) => provider)).toEqual(expect.arrayContaining(["exchange", "office365", "google-workspace", "other", "none"]));
  expect(first.services.hello()).toMatchObject({ version: "1.2.3", practice: false, keyProtection: "key-file", filePicker: "upload" });
  const draft = take(await draftPage(first.services.editor).setSecret({ storeId: id, provider: "exchange", field: "password" }, "secret-42"));
  expect(draft.forms.exchange?.values).toEqual({ authentication: "kerberos", domain: "contoso.lab", username: "CONTOSO\\svc-mail" });
  const options = { signal: new AbortController().signal, progress: () => {} };
  expect(await first.services.editor.sync(id, options)).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "dns" } });
  await first.dispose();

  const second = await start();
  expect(second.services.summaries.list()).toMatchObject([{ name: "Contoso HQ", state: "draft", hasDraft: true }]);
  expect(take(second.services.editor.open(id)).draft?.forms.exchange?.secrets.password?.state).toBe("changed");
  expect(take(await draftPage(second.services.editor).save(id, 1)).revision).toBe(2);
  await second.dispose();
});

it("offers Office 365 and None alone to a tenant", async () => {
  const app = await start();
  const { id } = take(await app.services.stores.create("Fabrikam", { kind: "entra-id", cloud: "worldwide", tenant: "fabrikam.com" }, null));
  expect(take(app.services.editor.open(id)).providers.map((provider) => provider.id)).toEqual(["office365", "none"]);
  await app.dispose();
});

it("ends by no throw of what its services have called back later", async () => {
  const [clock, logger] = [fakeClock(), recordingLogger()];
  const app = take(await startApp({ ...ports, clock, logger }));
  // In a team it is heard first whose turn it is to check, and what follows from that is done.
  await engineUnderTest().atRest();
  await clock.advance(1000);
  const failing = (["all", "get"] as const).map((read) => vi.spyOn(Connection.prototype, read).mockImplementation(() => {
    throw new Error("disk I/O error");
  }));
  // The dates that are about to end are looked at every hour.
  await clock.advance(60 * 60 * 1000);
  for (const read of failing) read.mockRestore();
  expect(logger.lines.filter((line) => line.startsWith("A callback threw"))).toHaveLength(1);
  await app.dispose();
});

it("attends to everything from the start, on the command line to less, and leaves no timer when it ends", async () => {
  const clock = fakeClock();
  const timers: number[] = [];
  for (const host of ["loopback", "command-line"] as const) {
    const app = take(await startApp({ ...ports, clock, host }));
    timers.push(clock.waiting());
    await app.dispose();
    expect(clock.waiting()).toBe(0);
  }
  const [console = 0, command = 0] = timers;
  expect(command).toBeLessThan(console);
});

it.skipIf(!canListOpenFiles)(`closes its database when it ends${canListOpenFiles ? "" : " (open files can be listed on Linux only)"}`, async () => {
  const app = await start();
  expect(openFilesBelow(folder)).not.toEqual([]);
  await app.dispose();
  expect(openFilesBelow(folder)).toEqual([]);
});
