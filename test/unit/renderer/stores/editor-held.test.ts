/** Secrets that another window stands against, until the person has said which stands. */
import { describe, expect, it } from "vitest";
import { createEditor } from "../../../../renderer/stores/editor.ts";
import type { Difference } from "../../../../shared/model/draft.ts";
import { fail, succeed, type Fault } from "../../../../shared/fault.ts";
import { draftOf, standIn } from "./editor-support.ts";

const conflict: Fault = { kind: "conflict", revision: 5, by: "CONTOSO\\anna", at: 1, changes: [] };
const apart = (key: string, secret: boolean): Difference => ({ key, provider: "exchange", before: null, after: "changed", secret, by: "CONTOSO\\anna", at: 1 });
const PASSWORD = "exchange/secrets.password";
const DOMAIN = "exchange/values.domain";

/** An editor in which a password was refused while a save that met another revision was asked about. */
async function asked() {
  const fakes = standIn();
  const { client, editor } = fakes;
  editor.save.mockResolvedValue(fail(conflict));
  editor.rebase.mockResolvedValueOnce(succeed({ draft: draftOf(), apart: [apart("values.domain", false)] }));
  editor.rebase.mockResolvedValue(succeed({ draft: draftOf({ version: 2 }), apart: [] }));
  const made = createEditor("s", client);
  await made.open();
  await made.save();
  editor.setSecret.mockResolvedValueOnce(succeed({ draft: draftOf(), whole: true, refused: [apart("secrets.password", true)] }));
  await made.setSecret("password", "hunter2");
  expect(made.state.getState().meeting?.differences.map(({ key }) => key)).toEqual(["values.domain", "secrets.password"]);
  expect(JSON.stringify(made.state.getState())).not.toContain("hunter2");
  return { made, editor };
}

describe("a password that another window stands against", () => {
  it("is entered again when one's own is to stand, whatever else was asked with it", async () => {
    const { made, editor } = await asked();
    await made.settle({ [DOMAIN]: "mine", [PASSWORD]: "mine" });
    expect(editor.setSecret).toHaveBeenCalledTimes(2);
    expect(editor.setSecret).toHaveBeenLastCalledWith(expect.objectContaining({ field: "password", value: "hunter2" }));
  });

  it("is asked about for as long as anything else of the question is open", async () => {
    const { made, editor } = await asked();
    editor.rebase.mockResolvedValueOnce(succeed({ draft: draftOf({ version: 2 }), apart: [apart("values.name", false)] }));
    await made.settle({ [DOMAIN]: "mine", [PASSWORD]: "mine" });
    expect(made.state.getState().meeting?.differences.map(({ key }) => key)).toEqual(["values.name", "secrets.password"]);
    await made.settle({ "exchange/values.name": "mine", [PASSWORD]: "mine" });
    expect(editor.setSecret).toHaveBeenCalledTimes(2);
  });

  it("is let go of when theirs is to stand", async () => {
    const { made, editor } = await asked();
    await made.settle({ [DOMAIN]: "mine", [PASSWORD]: "theirs" });
    await made.settle({ [PASSWORD]: "mine" });
    expect(editor.setSecret).toHaveBeenCalledTimes(1);
  });

  it("is let go of with the draft that is discarded", async () => {
    const { made, editor } = await asked();
    await made.discardDraft();
    expect(made.state.getState().meeting).toBeNull();
    await made.settle({ [PASSWORD]: "mine" });
    expect(editor.setSecret).toHaveBeenCalledTimes(1);
  });
});
