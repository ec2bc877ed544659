// @vitest-environment jsdom
/** What a tick of the status feed, a ticked box and a typed priority cost and keep in the server grid. */
import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ServerGrid } from "../../../../../renderer/features/servers/server-grid.tsx";
import { createServerStatusStore, withChange } from "../../../../../renderer/stores/server-status.ts";
import type { ServerEntry, ServerStatus } from "../../../../../shared/model/mail-server.ts";
import { tick as ticked } from "../../../../../shared/rules/priority.ts";
import { eventually } from "../../../../lab/eventually.ts";
import { click, render, type, type Rendered } from "../../render.tsx";

/** Names of the servers whose name or state was drawn, in order. */
const drawn = vi.hoisted(() => ({ names: [] as string[], states: [] as string[] }));
vi.mock("../../../../../renderer/ui/host-name.tsx", () => ({
  HostName: ({ name }: { readonly name: string }) => {
    drawn.names.push(name);
    return name;
  },
}));
vi.mock(import("../../../../../renderer/features/servers/server-cells.tsx"), async (original) => {
  const cells = await original();
  return {
    ...cells,
    StatusCell: (props) => {
      drawn.states.push(props.entry.name);
      return cells.StatusCell(props);
    },
  };
});

const names = Array.from({ length: 40 }, (_, index) => `ex${String(index).padStart(2, "0")}.contoso.lab`);
const servers = names.map((name): ServerEntry => ({ name, version: "2016", build: null, roles: [], site: null, ticked: false, priority: null, vanished: false }));
const threeTicked = names.slice(0, 3).reduce<readonly ServerEntry[]>(ticked, servers);
const statusAt = (name: string, ms: number, health: ServerStatus["health"] = { state: "online", since: 0, ms, depth: "health-check" }): ServerStatus => ({
  name,
  inForce: true,
  health,
  activity: "idle",
  history: [],
  certificateExpiresAt: null,
  lastCheckAt: null,
  nextCheckAt: null,
  lastCheck: null,
  probed: null,
});
const nothing = () => undefined;
const setPriority = vi.fn<(name: string, priority: number) => void>();
const menuOf = () => [];
const status = createServerStatusStore();
const tick = (changed: readonly string[], ms: number) =>
  act(async () => status.setState((before) => withChange(before, new Map(changed.map((name) => [name, statusAt(name, ms)])), [])));

let stores = 0;

/** The grid of a store of its own, whose boxes can be ticked. */
function Board({ first, storeId }: { readonly first: readonly ServerEntry[]; readonly storeId: string }) {
  const [entries, setEntries] = useState(first);
  const [actions] = useState({ tick: (name: string) => setEntries((now) => ticked(now, name)), setPriority, move: nothing, explain: nothing });
  return <ServerGrid storeId={storeId} provider="exchange" servers={entries} status={status} disabled={false} actions={actions} menuOf={menuOf} />;
}

let page: Rendered;
async function show(first: readonly ServerEntry[]): Promise<void> {
  stores += 1;
  page = await render(<Board first={first} storeId={`store-${stores}`} />);
  drawn.names.length = 0;
  drawn.states.length = 0;
}

function control<Of extends HTMLElement>(label: string, kind: new () => Of): Of {
  const found = [...document.querySelectorAll("[aria-label]")].find((element) => element.getAttribute("aria-label") === label);
  if (!(found instanceof kind)) throw new Error(`there is no ${label}`);
  return found;
}
const entry = (name: string) => control(`Priority of ${name}`, HTMLInputElement);
const shown = () => [...document.querySelectorAll<HTMLElement>("[data-grid-row]")].map(({ dataset }) => dataset["gridRow"]).filter((name) => name !== "");

beforeEach(() => tick(names, 1));
afterEach(() => page.unmount());

describe("what is drawn", () => {
  it.each([1, 13, 40])("of %i servers that change at once the state, once each, and nothing of any other row", async (count) => {
    await show(servers);
    const changed = names.slice(0, count);
    await tick(changed, 2);
    expect(drawn.states.toSorted()).toEqual(changed);
    expect(drawn.names).toEqual([]);
  });

  it("when a box is ticked: its row, and the one that was last and can now be moved down", async () => {
    await show(threeTicked);
    await click(control("ex20.contoso.lab", HTMLInputElement));
    expect(drawn.names.toSorted()).toEqual(["ex02.contoso.lab", "ex20.contoso.lab"]);
    expect(entry("ex20.contoso.lab").value).toBe("4");
  });
});

describe("order and filters", () => {
  it("orders by priority, with servers that have none last both ways round", async () => {
    await show([...threeTicked].toReversed());
    await click(page.button("Priority"));
    expect(shown().slice(0, 4)).toEqual(names.slice(0, 4));
    await click(page.button("Priority"));
    expect(shown().slice(0, 4)).toEqual(["ex02.contoso.lab", "ex01.contoso.lab", "ex00.contoso.lab", "ex03.contoso.lab"]);
  });

  it("shows the servers of one state and one site, live", async () => {
    await show(servers.map((server, index) => ({ ...server, site: index < 10 ? "Leipzig" : null })));
    await click(page.button("Filter"));
    const value = async (text: string) =>
      eventually(() => {
        const found = [...document.querySelectorAll<HTMLElement>("[role=menuitemcheckbox]")].find(({ textContent }) => textContent === text);
        if (found === undefined) throw new Error(`no ${text}`);
        return found;
      });
    await click(await value("Leipzig (10)"));
    await click(await value("Online (40)"));
    expect(shown()).toEqual(names.slice(0, 10));
    const offline: ServerStatus["health"] = { state: "offline", since: 0, reason: { kind: "unreachable", rung: "tcp", reason: "refused", host: "x" }, recovering: 0 };
    await act(async () => status.setState((before) => withChange(before, new Map([["ex03.contoso.lab", statusAt("ex03.contoso.lab", 1, offline)]]), [])));
    expect(shown()).not.toContain("ex03.contoso.lab");
    expect(shown()).toHaveLength(9);
  });
});

describe("a priority that is typed and does not count yet", () => {
  it("stays with its server while rows are ordered anew and other rows change", async () => {
    await show(threeTicked);
    const box = entry("ex01.contoso.lab");
    await act(async () => box.focus());
    await type(box, "3");
    await click(page.button("Priority"));
    await click(page.button("Priority"));
    await tick(names, 5);
    expect(entry("ex01.contoso.lab").value).toBe("3");
    expect(document.activeElement).toBe(entry("ex01.contoso.lab"));
    expect(setPriority).not.toHaveBeenCalled();
  });

  it("counts when the page is left, as it does when the entry is", async () => {
    setPriority.mockClear();
    await show(threeTicked);
    await type(entry("ex02.contoso.lab"), "1");
    await type(entry("ex00.contoso.lab"), "no number");
    page.unmount();
    expect(setPriority).toHaveBeenCalledExactlyOnceWith("ex02.contoso.lab", 1);
    await show(threeTicked);
    expect(entry("ex02.contoso.lab").value).toBe("3");
  });
});
