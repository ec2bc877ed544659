// @vitest-environment jsdom
/** Nothing typed into the messaging system's form is left behind unasked. */
import { act } from "react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LeaveQuestion } from "../../../../../renderer/features/messaging-system/leave-question.tsx";
import { createEditor, type Editor } from "../../../../../renderer/stores/editor.ts";
import { navigate } from "../../../../../renderer/stores/navigation.ts";
import { say } from "../../../../../renderer/text/text.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, render, type Rendered } from "../../render.tsx";
import { draftOf, standIn } from "../../stores/editor-support.ts";

let page: Rendered;
let editor: Editor;
let fakes: ReturnType<typeof standIn>;
const settled = () => act(async () => new Promise((resolve) => setTimeout(resolve, 0)));

beforeEach(async () => {
  fakes = standIn();
  editor = createEditor("s", fakes.client);
  await editor.open();
  page = await render(<LeaveQuestion editor={editor} released={{ current: false }} />);
});
afterEach(async () => {
  page.unmount();
  editor.dispose();
  await navigate({ page: "stores" });
});

/** Types, and goes elsewhere. Answers whether that went, once `then` was pressed. */
async function leave(then: string | null): Promise<boolean> {
  await act(async () => editor.setValue("domain", "typed"));
  const leaving = navigate({ page: "activity" });
  await settled();
  if (then !== null) await click(page.button(then));
  await settled();
  return leaving;
}

it("is asked, and stored before that: the draft is there whatever is answered", async () => {
  expect(await leave(say("messaging-system.leave-stay"))).toBe(false);
  expect(fakes.sent).toMatchObject([[{ field: "domain", value: "typed" }]]);
  expect(await leave(say("messaging-system.leave-keep"))).toBe(true);
});

it("discards where that is wanted, and stays where it could not be done", async () => {
  fakes.editor.discardDraft.mockResolvedValueOnce(fail({ kind: "not-stored", why: "disk-full" }));
  expect(await leave(say("messaging-system.leave-discard"))).toBe(false);
  expect(await leave(say("messaging-system.leave-discard"))).toBe(true);
});

it("stays, with the question on the screen, while something waits for the person's answer", async () => {
  const apart = { key: "values.domain", provider: "exchange", before: "theirs", after: "typed", secret: false, by: null, at: null };
  fakes.editor.change.mockResolvedValueOnce(succeed({ draft: draftOf({ version: 7 }), whole: true, refused: [apart] }));
  expect(await leave(null)).toBe(false);
  expect(editor.state.getState().meeting).toMatchObject({ isAsked: true });
});
