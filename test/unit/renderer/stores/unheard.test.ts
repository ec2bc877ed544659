/** What is shown of servers while main, who looks at them, is not heard. */
import { afterEach, expect, it } from "vitest";
import { announceConnection } from "../../../../renderer/host/connection.ts";
import { provideClient } from "../../../../renderer/host/client.ts";
import { createServerStatusStore, followServerStatus } from "../../../../renderer/stores/server-status.ts";
import { followStores, storesList } from "../../../../renderer/stores/stores-list.ts";
import { healthReason, stateWord } from "../../../../renderer/text/health.ts";
import { serversInWords } from "../../../../renderer/text/store-summary.ts";
import type { Health, ServerStatus } from "../../../../shared/model/mail-server.ts";
import { eventually } from "../../../lab/eventually.ts";
import { standInClient } from "../stand-in-client.ts";

const HEARD = new Date(2026, 10, 20, 9, 14).getTime();
const status = (name: string, health: Health): ServerStatus => ({
  name, inForce: true, health, activity: "checking", history: [], certificateExpiresAt: null, lastCheckAt: null, nextCheckAt: null, lastCheck: null, probed: null,
});
const online: Health = { state: "online", since: HEARD - 60_000, ms: 4, depth: "health-check" };

/** A feed of one snapshot that breaks off when it is told to. */
function breakable(entries: readonly { readonly key: string; readonly value: unknown }[]) {
  let breakOff = () => {};
  async function* read() {
    yield { type: "snapshot", sequence: 0, entries };
    await new Promise<void>((resolve) => (breakOff = resolve));
  }
  return { read, breakOff: () => breakOff() };
}

afterEach(() => announceConnection({ state: "open" }));

it("shows no server as Online that nobody has heard of since, but as what it was and when", async () => {
  const feed = breakable([{ key: "a", value: status("a", online) }, { key: "b", value: status("b", { state: "unchecked" }) }]);
  const store = createServerStatusStore();
  const stop = followServerStatus(store, "s", standInClient({ "servers.watch": feed.read }));
  const of = (name: string) => store.getState().byName.get(name);
  await eventually(() => expect(stateWord(of("a"))).toBe("Online"));

  announceConnection({ state: "silent", heardAt: HEARD });
  feed.breakOff();
  await eventually(() => expect(stateWord(of("a"))).toBe("Unknown"));
  const { health } = of("a") ?? { health: online };
  expect(healthReason(health, HEARD + 2 * 60_000)).toBe("last known as Online at 09:14, 2 minutes ago");
  expect(of("a")?.activity).toBe("idle");
  expect(stateWord(of("b"))).toBe("Not checked yet");

  announceConnection({ state: "open" });
  await eventually(() => expect(stateWord(of("a"))).toBe("Online"));
  stop();
});

it("counts no server of an identity store as online either", async () => {
  const summary = { id: "s", serversTotal: 3, serversOnline: 2, serversUnknown: 0 };
  const feed = breakable([{ key: "s", value: summary }]);
  provideClient(standInClient({ "stores.watch": feed.read }));
  const stop = followStores();
  const words = () => {
    const store = storesList.getState().entries.get("s");
    return store === undefined ? "" : serversInWords(store);
  };
  await eventually(() => expect(words()).toBe("2/3 online"));
  announceConnection({ state: "lost", attempts: 1, heardAt: HEARD });
  feed.breakOff();
  await eventually(() => expect(words()).toBe("0/3 online, 3 not known"));
  stop();
});
