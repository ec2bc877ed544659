// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { App } from "../../../../renderer/shell/app.tsx";
import { provideClient } from "../../../../renderer/host/client.ts";
import { navigation } from "../../../../renderer/stores/navigation.ts";
import { session, startSession } from "../../../../renderer/stores/session.ts";
import { storesList } from "../../../../renderer/stores/stores-list.ts";
import { fetchAhead } from "../../../../renderer/ui/later.ts";
import type { Hello } from "../../../../shared/contract/app.ts";
import { eventually } from "../../../lab/eventually.ts";
import { standInClient } from "../stand-in-client.ts";
import { render, type Rendered } from "../render.tsx";

const hello: Hello = {
  contract: "", version: "1.2.3", host: "loopback", platform: "linux", practice: true, dataDirectory: "/data",
  keyProtection: "key-file", filePicker: "upload", user: "anna", storeNotice: null,
};
const asked: string[] = [];
let page: Rendered;
let stop = () => {};

beforeAll(fetchAhead);
afterEach(() => {
  stop();
  page.unmount();
  asked.length = 0;
  session.setState({ hello: null });
  navigation.setState({ route: { page: "stores" } });
  storesList.setState({ freshness: "loading", entries: new Map() });
});

async function open() {
  await act(async () => {
    stop = startSession(hello);
    storesList.setState({ freshness: "current", entries: new Map() });
  });
}

it("stands with its navigation and the first heading before main has said anything, and says nothing of what main knows", async () => {
  page = await render(<App state="opening" />);
  expect(page.host.querySelector("h1")?.textContent).toBe("Identity stores");
  expect([...page.host.querySelectorAll("nav a")].map((link) => link.textContent)).toContain("Activity");
  expect(page.host.textContent).not.toMatch(/Network|No identity store|Practice/);
  const heading = page.host.querySelector("h1");
  await open();
  expect(page.host.querySelector("h1")).toBe(heading);
  expect(page.host.textContent).toContain("Network: not known");
  expect(page.host.textContent).toContain("No identity store yet");
  expect(page.host.querySelector("header")?.textContent).toContain("Practice");
});

it("draws a page that asks main once main can be asked", async () => {
  provideClient(standInClient({ "expiry.list": () => (asked.push("expiry"), { ok: true, value: [] }) }));
  navigation.setState({ route: { page: "expiry" } });
  page = await render(<App state="opening" />);
  expect(page.host.querySelector("h1")).toBeNull();
  expect(asked).toEqual([]);
  await open();
  await eventually(async () => {
    await act(async () => {});
    expect(page.host.querySelector("h1")?.textContent).toContain("Expir");
  });
  expect(asked).toEqual(["expiry"]);
});
