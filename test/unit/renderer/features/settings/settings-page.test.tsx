// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { SettingsPage } from "../../../../../renderer/features/settings/settings-page.tsx";
import type { DataState } from "../../../../../shared/model/team.ts";
import { render, type Rendered } from "../../render.tsx";
import { file, forgetAll, open, say, team } from "./data/support.tsx";

let page: Rendered;
afterEach(() => {
  page.unmount();
  forgetAll();
});

async function openSettings(data: DataState): Promise<void> {
  (await open(data, null)).unmount();
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
