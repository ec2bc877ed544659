// @vitest-environment jsdom
/** The pages of an identity store that are not there for every one. */
import { act } from "react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { NavigationPane } from "../../../../renderer/shell/navigation-pane.tsx";
import { navigation } from "../../../../renderer/stores/navigation.ts";
import type { StoreSection } from "../../../../renderer/stores/routes.ts";
import { storesList } from "../../../../renderer/stores/stores-list.ts";
import type { StoreSummary } from "../../../../shared/model/identity-store.ts";
import { render, type Rendered } from "../render.tsx";

const store: StoreSummary = {
  id: "hq", name: "HQ", kind: "active-directory", domain: "contoso.lab", messaging: { provider: "office365", variant: null }, hasSubscriptions: true, serversTotal: 1, serversOnline: 0, serversUnknown: 0,
  state: "saved", hasDraft: false, draftVersion: null, editing: [], revision: 1, prepareOnly: false, nextExpiry: null, drift: null, probed: null, updatedAt: 0,
};
let page: Rendered;
const links = () => [...page.host.querySelectorAll("nav ul a")].map((link) => link.textContent);
const open = (section: Exclude<StoreSection, "history" | "compare" | "mail-objects">) => act(async () => navigation.setState({ route: { page: "store", id: "hq", section } }));
const list = (change: Partial<StoreSummary>) => act(async () => storesList.setState({ entries: new Map([["hq", { ...store, ...change }]]) }));

beforeEach(async () => {
  navigation.setState({ route: { page: "store", id: "hq", section: "directory" } });
  page = await render(<NavigationPane open />);
});
afterEach(() => {
  page.unmount();
  navigation.setState({ route: { page: "stores" } });
  storesList.setState({ freshness: "loading", entries: new Map() });
});

it("leads to the subscriptions where the saved provider has them", async () => {
  expect(links()).not.toContain("Subscriptions");
  await list({});
  expect(links()).toEqual(["Directory", "Configurations", "Messaging System", "Notifications", "Mail objects", "Subscriptions", "History", "Compare"]);
  await list({ messaging: null, hasSubscriptions: false });
  expect(links()).not.toContain("Subscriptions");
});

it("shows where one is, also on a page that an address alone led to", async () => {
  await list({ hasSubscriptions: false });
  await open("subscriptions");
  expect(page.host.querySelector("[aria-current='page']")?.textContent).toBe("Subscriptions");
  await open("directory");
  expect(links()).not.toContain("Subscriptions");
});
