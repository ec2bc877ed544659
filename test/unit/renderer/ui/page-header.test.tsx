// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, it } from "vitest";
import { StoreHeader } from "../../../../renderer/features/identity-stores/store-header.tsx";
import { storesList } from "../../../../renderer/stores/stores-list.ts";
import { PageHeader } from "../../../../renderer/ui/page-header.tsx";
import type { StoreSummary } from "../../../../shared/model/identity-store.ts";
import { render, type Rendered } from "../render.tsx";

let rendered: Rendered | null = null;
afterEach(() => rendered?.unmount());

const store: StoreSummary = {
  id: "1",
  name: "Contoso HQ",
  kind: "active-directory",
  domain: "contoso.lab",
  messaging: null,
  hasSubscriptions: false, serversTotal: 0,
  serversOnline: 0,
  serversUnknown: 0,
  state: "not-configured",
  hasDraft: false, draftVersion: null, editing: [],
  revision: 1,
  prepareOnly: false,
  nextExpiry: null, drift: null, probed: null,
  updatedAt: 0,
};
const heading = () => document.querySelector("h1")?.textContent;
const entries = (name: string) => act(async () => storesList.setState({ entries: new Map([["1", { ...store, name }]]) }));

it("a page is named in its heading and in the window's title", async () => {
  rendered = await render(<PageHeader title="Activity" />);
  expect([heading(), document.title]).toEqual(["Activity", "Activity – Messaging Console"]);
});

it("a page of an identity store names the store as well, by the name it has now", async () => {
  rendered = await render(<StoreHeader storeId="1" title="History" />);
  expect(heading()).toBe("History");
  await entries("Contoso HQ");
  expect([heading(), document.title]).toEqual(["History: Contoso HQ", "History: Contoso HQ – Messaging Console"]);
  await entries("HQ");
  expect([heading(), document.title]).toEqual(["History: HQ", "History: HQ – Messaging Console"]);
});

it("a page of an identity store says who else is editing it", async () => {
  rendered = await render(<StoreHeader storeId="1" title="History" />);
  await entries("Contoso HQ");
  expect(document.querySelector("[data-editing]")).toBeNull();
  await act(async () => storesList.setState({ entries: new Map([["1", { ...store, editing: [{ who: "eva", at: new Date(2026, 1, 3, 9, 14).getTime() }] }]]) }));
  expect(document.querySelector("[data-editing]")?.textContent).toMatch(/^eva is editing this, last change at 0?9:14( AM)?\.$/);
});
