// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { HealthShape } from "../../../../../renderer/ui/health-shape.tsx";
import { IdentityStoresPage } from "../../../../../renderer/features/identity-stores/identity-stores-page.tsx";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { storesList } from "../../../../../renderer/stores/stores-list.ts";
import type { StoreSummary } from "../../../../../shared/model/identity-store.ts";
import { fetchAhead } from "../../../../../renderer/ui/later.ts";
import { eventually } from "../../../../lab/eventually.ts";
import { standInClient } from "../../stand-in-client.ts";
import { click, render, type, type Rendered } from "../../render.tsx";

function summary(id: string, name: string, more: Partial<StoreSummary> = {}): StoreSummary {
  return {
    id,
    name,
    kind: "active-directory",
    domain: `${id}.lab`,
    messaging: { provider: "exchange", variant: "2016" },
    hasSubscriptions: false, serversTotal: 3,
    serversOnline: 2,
    serversUnknown: 0,
    state: "saved",
    hasDraft: false,
    draftVersion: null,
    editing: [],
    revision: 1,
    prepareOnly: false,
    nextExpiry: null, drift: null, probed: null,
    updatedAt: 0,
    ...more,
  };
}

function listed(...stores: readonly StoreSummary[]) {
  storesList.setState({ freshness: "current", entries: new Map(stores.map((store) => [store.id, store])) });
}

const names = () => [...document.querySelectorAll("[role=row] a")].map((link) => link.textContent);

function input(selector: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(selector);
  if (found === null) throw new Error(`no ${selector}`);
  return found;
}

let rendered: Rendered;

describe("the page of identity stores", () => {
  const remove = vi.fn((_input: unknown) => ({ ok: true, value: null }));
  const openPractice = vi.fn((_input: unknown) => ({ ok: false, fault: { kind: "unsupported", why: "no-practice" } }));

  beforeAll(fetchAhead);
  beforeEach(async () => {
    provideClient(standInClient({ "stores.remove": remove, "app.openPractice": openPractice }));
    storesList.setState({ freshness: "loading", entries: new Map() });
    rendered = await render(<IdentityStoresPage />);
  });
  afterEach(() => rendered.unmount());

  it("names the next steps when there is no store, and says why the practice organisation did not open", async () => {
    await act(async () => listed());
    expect(rendered.host.textContent).toContain("No identity store yet");
    rendered.button("Add an identity store");
    await click(rendered.button("Try the practice organisation"));
    // The box comes with a part of its own.
    await eventually(async () => {
      await act(async () => {});
      expect(rendered.host.textContent).toContain("The practice organisation cannot be opened from here.");
    });
  });

  it("lists by name as people count, both ways round", async () => {
    await act(async () => listed(summary("a", "Branch 10"), summary("b", "branch 2"), summary("c", "Contoso")));
    expect(names()).toEqual(["branch 2", "Branch 10", "Contoso"]);
    await click(rendered.button("Name"));
    expect(names()).toEqual(["Contoso", "Branch 10", "branch 2"]);
  });

  it("says how many servers are online and what the state is, in words", async () => {
    await act(async () => listed(summary("a", "Contoso", { state: "saved-untested", hasDraft: true })));
    expect(rendered.host.textContent).toContain("2/3 online");
    expect(rendered.host.textContent).toContain("Saved untested + draft");
  });

  it.each([
    [{ serversOnline: 0, serversUnknown: 3 }, "0/3 online, 3 not known", "unknown"],
    [{ serversOnline: 1, serversUnknown: 2 }, "1/3 online, 2 not known", "unknown"],
    [{ serversOnline: 0, serversUnknown: 1 }, "0/3 online, 1 not known", "unstable"],
    [{ serversOnline: 0, serversUnknown: 0 }, "0/3 online", "offline"],
    [{ serversOnline: 3, serversUnknown: 0 }, "3/3 online", "online"],
  ] as const)("calls servers offline that are, and not those of which nothing is known: %o", async (servers, words, state) => {
    await act(async () => listed(summary("a", "Contoso", servers)));
    expect(rendered.host.textContent).toContain(words);
    const shape = rendered.host.querySelector("[role=gridcell] svg[viewBox='0 0 14 14']");
    const beside = await render(<HealthShape state={state} size={12} />);
    expect(shape?.innerHTML).toBe(beside.host.querySelector("svg")?.innerHTML);
    beside.unmount();
  });

  it("searches names, domains and providers, and offers to clear a search without result", async () => {
    await act(async () => listed(summary("hq", "Contoso"), summary("b7", "Branch", { messaging: { provider: "office365", variant: null } })));
    await type(input("input[type='search']"), "office b7.lab");
    expect(names()).toEqual(["Branch"]);
    await type(input("input[type='search']"), "nobody");
    await click(rendered.button("Clear search and filters"));
    expect(names()).toHaveLength(2);
  });

  it("deletes only after the name was typed exactly", async () => {
    await act(async () => listed(summary("hq", "Contoso HQ")));
    await click(rendered.button("Actions for Contoso HQ"));
    // The menu and the dialog are loaded when they are first asked for.
    await click(await eventually(() => rendered.button("Delete…")));
    const box = await eventually(() => input("[role='alertdialog'] input, [role='dialog'] input"));
    await type(box, "contoso hq");
    expect(rendered.button("Delete").getAttribute("aria-disabled")).toBe("true");
    await click(rendered.button("Delete"));
    expect(remove).not.toHaveBeenCalled();
    await type(box, "Contoso HQ");
    await click(rendered.button("Delete"));
    expect(remove).toHaveBeenCalledExactlyOnceWith({ id: "hq", confirmName: "Contoso HQ" });
  });
});
