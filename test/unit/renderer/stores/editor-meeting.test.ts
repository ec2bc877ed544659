/** What was typed here while another window was at the same draft. */
import { describe, expect, it } from "vitest";
import { currentForm } from "../../../../renderer/stores/editor-model.ts";
import { createEditor } from "../../../../renderer/stores/editor.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { Difference } from "../../../../shared/model/draft.ts";
import { draftOf, standIn, valuesIn, view } from "./editor-support.ts";

const DOMAIN = "exchange/values.domain";
const apart: Difference = { key: "values.domain", provider: "exchange", before: "theirs", after: "mine", secret: false, by: "CONTOSO\\anna", at: 1 };
const theirs = view({ values: { domain: "theirs" } });

/** An editor in which a value was typed that another window had changed since it was seen. */
async function met() {
  const fakes = standIn();
  fakes.editor.change.mockResolvedValueOnce(succeed({ draft: draftOf({ version: 7, forms: { exchange: theirs } }), whole: true, refused: [apart] }));
  const made = createEditor("s", fakes.client);
  await made.open();
  made.setValue("domain", "mine");
  await made.flush();
  const shown = () => made.state.getState();
  return { ...fakes, made, shown };
}

describe("a value that another window stands against", () => {
  it("stays on the page with the question, is not sent again unasked, and shows what was typed last", async () => {
    const { made, shown, sent } = await met();
    expect(currentForm(shown())?.values["domain"]).toBe("mine");
    expect(shown().meeting?.differences).toEqual([apart]);
    made.setValue("domain", "mine, longer");
    await made.flush();
    expect(sent).toEqual([]);
    expect(shown().meeting?.differences).toEqual([{ ...apart, after: "mine, longer" }]);
  });

  it("is sent over what stands there when one's own is picked", async () => {
    const { made, sent } = await met();
    await made.settle({ [DOMAIN]: "mine" });
    expect(sent).toMatchObject([[{ field: "domain", value: "mine", seen: 7 }]]);
  });

  it("goes when theirs is picked", async () => {
    const { made, shown, sent } = await met();
    await made.settle({ [DOMAIN]: "theirs" });
    expect(sent).toEqual([]);
    expect(currentForm(shown())?.values["domain"]).toBe("theirs");
    expect(shown().meeting).toBeNull();
  });
});

describe("a draft that another window discarded", () => {
  it("is offered again with everything that was entered here", async () => {
    const { made, shown, editor, sent } = await metNobody();
    made.setValue("domain", "first");
    await made.flush();
    editor.change.mockResolvedValueOnce(fail({ kind: "draft-changed", how: "discarded", by: "CONTOSO\\anna", at: 1, revision: null }));
    made.setValue("username", "second");
    await made.flush();
    expect(shown().meeting).toMatchObject({ why: { how: "discarded" }, differences: [{ key: "values.domain", after: "first" }, { key: "values.username", after: "second" }] });
    sent.length = 0;
    await made.settle({ [DOMAIN]: "mine", "exchange/values.username": "mine" });
    expect(valuesIn(sent.flat())).toEqual({ domain: "first", username: "second" });
  });

  it("has the passwords named that went with it: the page has kept none, and those that were cleared are none of them", async () => {
    const { made, shown, editor } = await metNobody();
    await made.setSecret("password", "hunter2");
    await made.setSecret("certificatePassword", null);
    editor.change.mockResolvedValueOnce(fail({ kind: "draft-changed", how: "discarded", by: null, at: null, revision: null }));
    made.setValue("username", "second");
    await made.flush();
    expect(shown().meeting?.again).toEqual([{ key: "secrets.password", provider: "exchange" }]);
    expect(JSON.stringify(shown())).not.toContain("hunter2");
    await made.settle({ "exchange/values.username": "mine" });
    expect(shown().meeting).toBeNull();
  });
});

async function metNobody() {
  const fakes = standIn();
  const made = createEditor("s", fakes.client);
  await made.open();
  return { ...fakes, made, shown: () => made.state.getState() };
}
