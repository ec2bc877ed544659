/** The editor while main cannot be heard. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { announceConnection } from "../../../../renderer/host/connection.ts";
import { Unanswered, type Outcome } from "../../../../renderer/host/unanswered.ts";
import { AUTOSAVE_DELAY_MS } from "../../../../renderer/stores/editor-autosave.ts";
import { currentForm } from "../../../../renderer/stores/editor-model.ts";
import { createEditor } from "../../../../renderer/stores/editor.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { standIn, valuesIn } from "./editor-support.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  announceConnection({ state: "open" });
  vi.useRealTimers();
});

const away = () => announceConnection({ state: "silent", heardAt: 0 });
const back = async () => {
  announceConnection({ state: "open" });
  await vi.advanceTimersByTimeAsync(0);
};
const unanswered = (outcome: Outcome) => () => Promise.reject(new Unanswered(outcome));

async function opened() {
  const fakes = standIn();
  const made = createEditor("s", fakes.client);
  await made.open();
  return { ...fakes, made };
}

describe("a Save", () => {
  it("that waits for a draft which never arrives is not sent, then or later, whether its page stands or was left", async () => {
    for (const left of [false, true]) {
      const { made, editor } = await opened();
      let breakOff = () => {};
      editor.change.mockImplementation(() => new Promise((_resolve, reject) => (breakOff = () => reject(new Unanswered("unknown")))));
      made.setValue("domain", "x");
      const save = made.save();
      if (left) made.dispose();
      await vi.advanceTimersByTimeAsync(60_000);
      away();
      breakOff();
      expect(await save).toEqual(fail({ kind: "no-connection", outcome: "unknown" }));
      await back();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(editor.save).not.toHaveBeenCalled();
    }
  });

  it("of which nobody knows whether it was done has the page read what is there, once main is heard", async () => {
    const { made, editor } = await opened();
    editor.save.mockImplementation(unanswered("unknown"));
    away();
    expect(await made.save()).toEqual(fail({ kind: "no-connection", outcome: "unknown" }));
    expect(editor.open).toHaveBeenCalledTimes(1);
    await back();
    expect(editor.open).toHaveBeenCalledTimes(2);
  });

  it("is not made of an older draft where the newer could not be stored", async () => {
    const { made, editor } = await opened();
    editor.change.mockResolvedValue(fail({ kind: "not-stored", why: "disk-full" }));
    made.setValue("domain", "x");
    expect(await made.save()).toEqual(fail({ kind: "not-stored", why: "disk-full" }));
    expect(editor.save).not.toHaveBeenCalled();
  });
});

describe("what was typed", () => {
  it("stays while main is away, through a look that fails, and is stored when it is back", async () => {
    const { made, editor, sent } = await opened();
    editor.change.mockImplementation(unanswered("not-done"));
    editor.open.mockImplementation(unanswered("not-done"));
    away();
    made.setValue("domain", "typed");
    await vi.advanceTimersByTimeAsync(AUTOSAVE_DELAY_MS);
    await made.open();
    expect(made.state.getState().phase).toBe("ready");
    expect(currentForm(made.state.getState())?.values["domain"]).toBe("typed");
    editor.change.mockReset();
    editor.change.mockImplementation(({ changes }) => {
      sent.push(changes);
      return new Promise(() => undefined);
    });
    await back();
    expect(valuesIn(sent.at(-1))).toEqual({ domain: "typed" });
  });
});

describe("a draft of which nobody knows whether it was begun", () => {
  it("is discarded where it was, and not shown as discarded where that cannot be asked", async () => {
    const { made, editor } = await opened();
    editor.change.mockImplementationOnce(unanswered("unknown"));
    made.setValue("domain", "x");
    await made.flush();
    editor.change.mockImplementationOnce(unanswered("unknown"));
    expect(await made.discardDraft()).toEqual(fail({ kind: "no-connection", outcome: "unknown" }));
    editor.change.mockImplementationOnce(unanswered("unknown"));
    await vi.advanceTimersByTimeAsync(0);
    made.setValue("domain", "y");
    await made.flush();
    expect(await made.discardDraft()).toEqual(succeed(null));
    expect(editor.discardDraft).toHaveBeenCalledExactlyOnceWith({ storeId: "s", version: 2 });
  });
});

describe("a page that was opened while main is away", () => {
  it("opens by itself when it is back", async () => {
    const { client, editor } = standIn();
    const answer = editor.open.getMockImplementation();
    editor.open.mockImplementation(unanswered("not-done"));
    away();
    const made = createEditor("s", client);
    await made.open();
    expect(made.state.getState()).toMatchObject({ phase: "failed", openFault: { kind: "no-connection" } });
    if (answer !== undefined) editor.open.mockImplementation(answer);
    await back();
    expect(made.state.getState()).toMatchObject({ phase: "ready", openFault: null });
  });

  it("asks for nothing any more when it was left", async () => {
    const { client, editor } = standIn();
    editor.open.mockImplementationOnce(unanswered("not-done"));
    away();
    const made = createEditor("s", client);
    await made.open();
    made.dispose();
    await back();
    expect(editor.open).toHaveBeenCalledTimes(1);
  });
});

describe("a test that broke off", () => {
  it("is not remembered as one that failed", async () => {
    const { made, editor } = await opened();
    editor.test.mockImplementation(unanswered("unknown"));
    await made.test();
    expect(currentForm(made.state.getState())?.tested).toEqual({ state: "untested" });
    editor.test.mockImplementation(async function* () {
      yield { type: "done", result: succeed(null) };
    });
    await made.test();
    expect(currentForm(made.state.getState())?.tested).toMatchObject({ state: "passed" });
  });
});
