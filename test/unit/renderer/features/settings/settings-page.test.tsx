// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { SettingsPage } from "../../../../../renderer/features/settings/settings-page.tsx";
import { preferences } from "../../../../../renderer/stores/preferences.ts";
import { defaultPreferences } from "../../../../../shared/contract/default-preferences.ts";
import type { Managed } from "../../../../../shared/model/policy.ts";
import { managedOf } from "../../../../../shared/rules/policies.ts";
import type { DataState } from "../../../../../shared/model/team.ts";
import { hush, render, spoken, type Rendered } from "../../render.tsx";
import { file, forgetAll, open, say, team } from "./data/support.tsx";

let page: Rendered;
afterEach(() => {
  page.unmount();
  forgetAll();
  preferences.setState(defaultPreferences);
});

async function openSettings(data: DataState, managed: Managed = managedOf([])): Promise<void> {
  (await open(data, null, { "app.managed": () => managed })).unmount();
  page = await render(<SettingsPage />);
}

it("say what the console works on, and lead to the page about it", async () => {
  await openSettings(file);
  expect(page.host.textContent).toContain("The console works onOn this computer");
  expect(page.host.querySelector("a[href='#/settings/data']")?.textContent).toBe("Data");
  await say({ ...team, requests: [{ member: "m9", label: "ina", at: 1 }] });
  expect(page.host.textContent).toContain("A team's database: messaging on db.contoso.lab");
  expect(page.host.textContent).toContain("1 console asks to be let in.");
});

const hintOf = (input: HTMLInputElement) => (input.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.querySelector(`[id="${id}"]`)?.textContent ?? "").join("");

it("leave what an administrator decides where it is, reachable and explained, and the rest to the person", async () => {
  preferences.setState({ theme: "dark", checkIntervalSeconds: 60, proxy: "address", proxyAddress: "" });
  await openSettings(file, managedOf([{ from: "machine", values: { Contact: "Jürgen Größe, 東京", CheckInterval: 60, Proxy: "nowhere", NoPractice: 1 } }]));
  const [interval, proxy, ...more] = [...page.host.querySelectorAll<HTMLInputElement>("input[readonly]")];
  expect(more).toEqual([]);
  expect([interval?.value, proxy?.value]).toEqual(["60 seconds", "Nowhere: no cloud is reached"]);
  for (const input of [interval, proxy]) {
    expect([input?.disabled, input?.tabIndex]).toEqual([false, 0]);
    expect(input === undefined ? "" : hintOf(input)).toBe("Managed by your organisation. Ask: Jürgen Größe, 東京");
  }
  expect(page.host.querySelectorAll("input[type=radio]")).toHaveLength(3);
  expect(page.host.querySelector("[role=spinbutton]")).toBeNull();
  const card = page.host.querySelector("section[aria-label='Managed by your organisation']");
  expect(card?.textContent).toContain("No practice organisationOn (for this computer)");
});

it("say what of the policies cannot be obeyed", async () => {
  hush();
  await openSettings(file, managedOf([{ from: "machine", values: { Theme: "blue", Thema: "dark" } }, { from: "user", values: null }]));
  const told = ["The policies (for your account) cannot be read", "The policy Theme has a value that cannot be understood", "Thema stands among the policies (for this computer)"];
  const shown = [...page.host.querySelectorAll(".fui-MessageBar")].map(({ textContent }) => textContent);
  expect(shown.map((text, at) => text.startsWith(told[at] ?? "nothing"))).toEqual([true, true, true]);
  expect([...spoken("polite"), ...spoken("assertive")].join(" ")).toContain(told[1]);
});

it("show every control where nothing is managed, and no card", async () => {
  await openSettings(file);
  expect(page.host.querySelector("input[readonly]")).toBeNull();
  expect(page.host.querySelector("section[aria-label='Managed by your organisation']")).toBeNull();
});
