// @vitest-environment jsdom
/** What a person is told and offered after a save. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useSaveFlow } from "../../../../../renderer/features/messaging-system/save-flow.tsx";
import { createEditor, type Editor } from "../../../../../renderer/stores/editor.ts";
import { say } from "../../../../../renderer/text/text.ts";
import { Notices } from "../../../../../renderer/ui/notices.tsx";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, hush, render, spoken, type Rendered } from "../../render.tsx";
import { draftOf, standIn, view } from "../../stores/editor-support.ts";

let page: Rendered;
let editor: Editor;
let fakes: ReturnType<typeof standIn>;

function Page() {
  const { save, dialogs } = useSaveFlow(editor, () => undefined);
  return (
    <>
      <button onClick={() => void save()}>Save it</button>
      {dialogs}
      <Notices />
    </>
  );
}

const settled = () => act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
const press = async (name: string) => {
  await click(page.button(name));
  await settled();
};
const undo = () => [...document.querySelectorAll("aside button")].filter(({ textContent }) => textContent === say("messaging-system.undo"));

beforeEach(async () => {
  fakes = standIn();
  editor = createEditor("s", fakes.client);
  await editor.open();
  page = await render(<Page />);
});
afterEach(() => {
  page.unmount();
  editor.dispose();
  hush();
});

describe("a save", () => {
  it("that saved nothing says so, and offers nothing to undo", async () => {
    fakes.editor.save.mockResolvedValue(succeed({ revision: 4, changed: false, saved: view() }));
    await press("Save it");
    expect(spoken("polite")).toEqual([say("messaging-system.nothing-to-save")]);
    expect(undo()).toEqual([]);
  });

  it("can be undone, to the revision before it; one that others saved over is told of instead", async () => {
    fakes.editor.save.mockResolvedValue(succeed({ revision: 5, changed: true, saved: view() }));
    fakes.stores.restore.mockResolvedValueOnce(fail({ kind: "conflict", revision: 6, by: "CONTOSO\\anna", at: 1, changes: [] }));
    await press("Save it");
    expect(undo()).toHaveLength(1);
    hush();
    await press(say("messaging-system.undo"));
    expect(fakes.stores.restore).toHaveBeenCalledWith({ id: "s", number: 4, expectedRevision: 5 });
    expect(spoken("polite")).toEqual([say("messaging-system.undo-moved-on")]);
  });

  it("is not made while something waits for the person's answer, which is asked for", async () => {
    const apart = { key: "values.domain", provider: "exchange", before: "theirs", after: "typed", secret: false, by: null, at: null };
    fakes.editor.change.mockResolvedValueOnce(succeed({ draft: draftOf({ version: 7 }), whole: true, refused: [apart] }));
    editor.setValue("domain", "typed");
    await editor.flush();
    await press("Save it");
    expect(fakes.editor.save).not.toHaveBeenCalled();
    expect(editor.state.getState().meeting).toMatchObject({ isAsked: true });
  });
});
