/** What services have begun ends with them: timers, subscriptions, checks, what is held in memory. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PracticePort } from "../../../../main/ports.ts";
import { FileHolder } from "../../../../main/services/files.ts";
import { fail, type Fault } from "../../../../shared/fault.ts";
import type { CheckResult } from "../../../../shared/model/mail-server.ts";
import { engineUnderTest } from "../../../lab/engine-under-test.ts";
import { fakeClock, type FakeClock } from "../monitor/support.ts";
import { documentNamed, noteBy, take } from "../store/support.ts";
import { layBed, noDirectory, quietly, storeWithDraft, type Bed } from "./support.ts";

/** A practice organisation that counts who listens to it. */
function countingPractice(): PracticePort & { listeners(): number } {
  let listeners = 0;
  return {
    listeners: () => listeners,
    facts: () => ({ domain: "contoso.lab", username: "svc", password: "p", forms: [], files: [] }),
    components: () => [],
    run: () => Promise.resolve({ ok: true, value: null }),
    onChange: () => {
      listeners += 1;
      return () => void (listeners -= 1);
    },
  };
}

/** No name is found, so that the network is watched. */
const nameless: Fault = { kind: "unreachable", rung: "dns", reason: "dns-failed" };
const vain: CheckResult = { at: 0, ms: 3, rungs: [{ rung: "dns", ms: 3, outcome: { state: "failed", fault: nameless } }], certificateExpiresAt: null };

let clock: FakeClock;
let bed: Bed;
let practice: ReturnType<typeof countingPractice>;
beforeEach(async () => {
  clock = fakeClock(() => 0);
  practice = countingPractice();
  bed = await layBed({ clock, practice, directory: { ...noDirectory, findControllers: () => Promise.resolve(fail(nameless)) } });
});
afterEach(() => bed.dispose());

/** A store whose two servers are checked, in vain. */
async function watchedStore(): Promise<void> {
  bed.toy.check = () => Promise.resolve(vain);
  const storeId = await storeWithDraft(bed);
  take(await bed.services.editor.sync(storeId, quietly()));
  take(await bed.page.save(storeId, 1));
  bed.services.attend();
  await clock.advance(1_000);
}

/** A team's database has timers of its own until it is closed; a file that nobody listens to has none. */
async function closeTeam(): Promise<void> {
  if (engineUnderTest().isTeam) await bed.store.close();
}
async function dispose(): Promise<void> {
  await bed.services.dispose();
  await closeTeam();
}

describe("services that have ended", () => {
  it("wait for nothing more", async () => {
    await watchedStore();
    expect(bed.services.servers.network.values()).toHaveLength(1);
    take(bed.services.files.hold("hq.pfx", new Uint8Array(3)));
    const names = take(bed.services.files.hold("names.txt", Buffer.from("anna"), "aliases"));
    take(await bed.services.aliasLists.judge(names.file, null, { pattern: "^[a-z]+$", maximumLength: 20, domain: null }, quietly()));
    expect(clock.waiting()).toBeGreaterThan(4);
    await dispose();
    expect(clock.waiting()).toBe(0);
  });

  it("wait for nothing that was asked for just before", async () => {
    await watchedStore();
    take(await bed.store.identityStores.create(documentNamed("Contoso"), noteBy("ada")));
    // Told, and gathered by whoever listens.
    await Promise.resolve();
    await dispose();
    expect(clock.waiting()).toBe(0);
  });

  it("hear of no change any more", async () => {
    await watchedStore();
    await bed.services.dispose();
    take(await bed.store.identityStores.create(documentNamed("Contoso"), noteBy("ada")));
    await clock.advance(0);
    await closeTeam();
    expect(clock.waiting()).toBe(0);
    expect(practice.listeners()).toBe(0);
  });

  it("hold no file any more", async () => {
    const { file } = take(bed.services.files.hold("hq.pfx", new Uint8Array(3)));
    await bed.services.dispose();
    expect(bed.services.files.read(file)).toEqual({ ok: false, fault: { kind: "not-found", what: "file" } });
  });
});

it("a file that makes room for another one leaves no timer", () => {
  const [files, before] = [new FileHolder(clock, null), clock.waiting()];
  for (let count = 0; count < 25; count += 1) take(files.hold(`${count}.pfx`, new Uint8Array(1)));
  expect(clock.waiting() - before).toBe(20);
  const { file } = take(files.hold("again.pfx", new Uint8Array(1)));
  for (let count = 0; count < 5; count += 1) take(files.read(file));
  expect(clock.waiting() - before).toBe(20);
  files.dispose();
  expect(clock.waiting()).toBe(before);
});
