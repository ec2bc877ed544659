import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createEditor } from "../../../../renderer/stores/editor.ts";
import { AUTOSAVE_DELAY_MS } from "../../../../renderer/stores/editor-autosave.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { answerOf, standIn } from "./editor-support.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("what keeps the form from being saved", () => {
  const missing = { path: ["username"], code: "required" };

  it("comes with each autosave, and is told once its part was left", async () => {
    const { client, editor } = standIn();
    editor.change.mockResolvedValue(succeed(answerOf({ issues: [missing] })));
    const made = createEditor("s", client);
    await made.open();
    made.setValue("domain", "x");
    await vi.advanceTimersByTimeAsync(AUTOSAVE_DELAY_MS);
    expect(made.state.getState()).toMatchObject({ issues: [missing], told: [] });
    made.tell("connection");
    made.tell("connection");
    expect(made.state.getState().told).toEqual(["connection"]);
    editor.change.mockResolvedValue(succeed(answerOf({ version: 2 })));
    made.setValue("username", "y");
    await vi.advanceTimersByTimeAsync(AUTOSAVE_DELAY_MS);
    expect(made.state.getState().issues).toEqual([]);
  });

  it("is not taken from an answer that is older than what was typed", async () => {
    const { client, editor } = standIn();
    let answer: () => void = () => undefined;
    editor.change.mockImplementationOnce(() => new Promise((resolve) => (answer = () => resolve(succeed(answerOf({ issues: [missing] }))))));
    const made = createEditor("s", client);
    await made.open();
    made.setValue("username", "");
    await vi.advanceTimersByTimeAsync(AUTOSAVE_DELAY_MS);
    made.setValue("username", "typed meanwhile");
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(made.state.getState().issues).toEqual([]);
  });

  it("is told everywhere after an attempt to save, and for the fields after one to test", async () => {
    const { client, editor } = standIn();
    editor.save.mockResolvedValue(fail({ kind: "invalid", issues: [missing] }));
    editor.test.mockImplementation(async function* refuse() {
      yield { type: "done", result: fail({ kind: "invalid", issues: [missing] }) };
    });
    const made = createEditor("s", client);
    await made.open();
    await made.test();
    expect(made.state.getState()).toMatchObject({ issues: [missing], told: ["connection"] });
    await made.save();
    expect(made.state.getState().told).toEqual(["connection", "provider", "servers"]);
  });

  it("is forgotten with the provider it was about", async () => {
    const { client } = standIn();
    const made = createEditor("s", client);
    await made.open();
    made.tell("connection");
    made.choose({ provider: "other", variant: null, supportEnds: null, available: true });
    expect(made.state.getState()).toMatchObject({ issues: [], told: [] });
  });
});
