// @vitest-environment jsdom
/** What a tick of the status feed costs: the rows that changed, once each, and no others. */
import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ServerGrid } from "../../../../../renderer/features/servers/server-grid.tsx";
import { createServerStatusStore, withChange } from "../../../../../renderer/stores/server-status.ts";
import type { ServerEntry, ServerStatus } from "../../../../../shared/model/mail-server.ts";
import { render, type Rendered } from "../../render.tsx";

/** Names of the rows that were drawn, in order. */
const drawn: string[] = [];
vi.mock("../../../../../renderer/ui/host-name.tsx", () => ({
  HostName: ({ name }: { readonly name: string }) => {
    drawn.push(name);
    return name;
  },
}));

const names = Array.from({ length: 40 }, (_, index) => `ex${String(index).padStart(2, "0")}.contoso.lab`);
const servers = names.map((name): ServerEntry => ({ name, version: "2016", build: null, roles: [], site: null, ticked: false, priority: null, vanished: false }));
const statusAt = (name: string, ms: number): ServerStatus => ({
  name,
  inForce: true,
  health: { state: "online", since: 0, ms, depth: "health-check" },
  activity: "idle",
  history: [],
  certificateExpiresAt: null,
  lastCheckAt: null,
  nextCheckAt: null,
  lastCheck: null,
});
const nothing = () => undefined;
const actions = { tick: nothing, setPriority: nothing, move: nothing, explain: nothing, openMenu: nothing };
const status = createServerStatusStore();
const tick = (changed: readonly string[], ms: number) =>
  act(async () => status.setState((before) => withChange(before, new Map(changed.map((name) => [name, statusAt(name, ms)])), [])));

let page: Rendered;
beforeEach(async () => {
  await tick(names, 1);
  page = await render(<ServerGrid provider="exchange" servers={servers} status={status} disabled={false} actions={actions} />);
  drawn.length = 0;
});
afterEach(() => page.unmount());

it.each([1, 13, 40])("%i servers that change at once are drawn once each, and no other row is", async (count) => {
  const changed = names.slice(0, count);
  await tick(changed, 2);
  expect(drawn.toSorted()).toEqual(changed);
});
