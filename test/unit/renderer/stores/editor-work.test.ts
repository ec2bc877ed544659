/** What a test of the connection says, and of which form. */
import { describe, expect, it } from "vitest";
import { currentForm } from "../../../../renderer/stores/editor-model.ts";
import { createEditor } from "../../../../renderer/stores/editor.ts";
import { fail, succeed, type Result } from "../../../../shared/fault.ts";
import { eventually } from "../../../lab/eventually.ts";
import { standIn } from "./editor-support.ts";

/** An editor with a test that runs until it is told what comes of it. */
async function testing() {
  const { client, editor } = standIn();
  const answer = Promise.withResolvers<Result<null>>();
  editor.test.mockImplementation(async function* () {
    yield { type: "done", result: await answer.promise };
  });
  const made = createEditor("s", client);
  await made.open();
  const ended = made.test();
  await eventually(() => expect(editor.test).toHaveBeenCalled());
  const shown = () => made.state.getState();
  return {
    made,
    shown,
    async end(result: Result<null>) {
      answer.resolve(result);
      await ended;
    },
  };
}

describe("a test", () => {
  it("is remembered with the form that it is of", async () => {
    const { shown, end } = await testing();
    await end(fail({ kind: "sign-in", reason: "wrong-credentials" }));
    expect(currentForm(shown())?.tested).toMatchObject({ state: "failed" });
    expect(shown().test?.ended?.fault).toMatchObject({ kind: "sign-in" });
  });

  it("of what was changed while it ran says nothing about the form as it stands", async () => {
    const { made, shown, end } = await testing();
    made.setValue("domain", "another.example");
    await end(succeed(null));
    expect(currentForm(shown())?.tested).toEqual({ state: "untested" });
    expect(shown().test).toMatchObject({ outdated: true });
  });

  it("that has ended is not shown any more once something is typed, and nothing counts as tested then", async () => {
    const { made, shown, end } = await testing();
    await end(succeed(null));
    expect(currentForm(shown())?.tested).toMatchObject({ state: "passed" });
    made.setValue("domain", "another.example");
    expect(shown().test).toBeNull();
    expect(currentForm(shown())?.tested).toEqual({ state: "untested" });
  });
});
