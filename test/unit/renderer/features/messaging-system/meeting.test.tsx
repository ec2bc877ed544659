// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { MeetingBar } from "../../../../../renderer/features/messaging-system/meeting.tsx";
import type { Meeting } from "../../../../../renderer/stores/editor-model.ts";
import { createEditor } from "../../../../../renderer/stores/editor.ts";
import { hush, render, spoken, type Rendered } from "../../render.tsx";
import { standIn } from "../../stores/editor-support.ts";
import { stateWith } from "./support.ts";

const DISCARDED: Meeting["why"] = { kind: "draft-changed", how: "discarded", by: null, at: null, revision: null };

let page: Rendered;
afterEach(() => {
  page.unmount();
  hush();
});

async function show(meeting: Meeting): Promise<string> {
  const editor = { ...createEditor("s", standIn().client), state: createStore(() => stateWith({ meeting })) };
  page = await render(<MeetingBar editor={editor} />);
  return page.host.textContent;
}

it("names the secrets and files that went with a discarded draft, which the page has not kept, and says so aloud", async () => {
  const again = [
    { key: "secrets.certificatePassword", provider: "office365" },
    { key: "certificates.certificate", provider: "office365" },
  ];
  const text = await show({ why: DISCARDED, differences: [], again, isAsked: false });
  expect(text).toContain("Enter again what you had entered here: PFX certificate password, PFX certificate.");
  expect(spoken("polite").join(" ")).toContain("PFX certificate password");
});

it("asks for nothing to be entered again where nothing was", async () => {
  expect(await show({ why: DISCARDED, differences: [], again: [], isAsked: false })).not.toContain("Enter again");
});
