import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createEditor } from "../../../../renderer/stores/editor.ts";
import { currentForm, hasUnsavedChanges } from "../../../../renderer/stores/editor-model.ts";
import { AUTOSAVE_DELAY_MS } from "../../../../renderer/stores/editor-autosave.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { answerOf, draftOf, server, standIn, view } from "./editor-support.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("autosave", () => {
  it("saves once, 400 ms after the last keystroke", async () => {
    const { client, editor, sent } = standIn();
    const made = createEditor("s", client);
    await made.open();
    made.setValue("domain", "c");
    await vi.advanceTimersByTimeAsync(AUTOSAVE_DELAY_MS - 1);
    made.setValue("domain", "co");
    await vi.advanceTimersByTimeAsync(AUTOSAVE_DELAY_MS - 1);
    expect(editor.change).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(editor.change).toHaveBeenCalledTimes(1);
    expect(sent).toEqual([[{ kind: "value", provider: "exchange", field: "domain", value: "co", seen: 0 }]]);
    expect(made.state.getState().draft?.changes).toBe(1);
  });

  it("keeps what was typed while the answer was under way, and saves it too", async () => {
    const { client, editor } = standIn();
    let answer: () => void = () => undefined;
    editor.change.mockImplementationOnce(() => new Promise((resolve) => (answer = () => resolve(succeed(answerOf())))));
    const made = createEditor("s", client);
    await made.open();
    made.setValue("domain", "first");
    await vi.advanceTimersByTimeAsync(AUTOSAVE_DELAY_MS);
    made.setValue("domain", "second");
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(currentForm(made.state.getState())?.values["domain"]).toBe("second");
    expect(hasUnsavedChanges(made.state.getState())).toBe(true);
    await vi.advanceTimersByTimeAsync(AUTOSAVE_DELAY_MS);
    expect(editor.change).toHaveBeenCalledTimes(2);
  });

  it("tries again after a failure and says why meanwhile", async () => {
    const { client, editor } = standIn();
    editor.change.mockResolvedValueOnce(fail({ kind: "not-stored", why: "disk-full" }));
    const made = createEditor("s", client);
    await made.open();
    made.setValue("domain", "x");
    await vi.advanceTimersByTimeAsync(AUTOSAVE_DELAY_MS);
    expect(made.state.getState().autosaveFault).toEqual({ kind: "not-stored", why: "disk-full" });
    await vi.advanceTimersByTimeAsync(5000);
    expect(made.state.getState().autosaveFault).toBeNull();
    expect(editor.change).toHaveBeenCalledTimes(2);
  });

  it("stores what was typed just before the page is left", async () => {
    const { client, sent } = standIn();
    const made = createEditor("s", client);
    await made.open();
    made.setValue("domain", "last word");
    made.dispose();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toMatchObject([[{ field: "domain", value: "last word" }]]);
  });

  it("keeps what could not be stored on the page, through a reading of what is saved", async () => {
    const { client, editor } = standIn();
    editor.change.mockResolvedValue(fail({ kind: "not-stored", why: "disk-full" }));
    const made = createEditor("s", client);
    await made.open();
    made.setValue("domain", "typed");
    await made.open();
    expect(editor.open).toHaveBeenCalledTimes(2);
    expect(currentForm(made.state.getState())?.values["domain"]).toBe("typed");
    expect(hasUnsavedChanges(made.state.getState())).toBe(true);
  });

  it("goes out before a secret and before a review", async () => {
    const { client, order } = standIn();
    const made = createEditor("s", client);
    await made.open();
    made.setValue("domain", "x");
    await made.setSecret("password", "hunter2");
    made.setValue("domain", "y");
    await made.review();
    expect(order).toEqual(["change", "setSecret", "change", "review"]);
  });
});

describe("secrets", () => {
  it("leave no trace in the state", async () => {
    const { client } = standIn();
    const made = createEditor("s", client);
    await made.open();
    await made.setSecret("password", "hunter2");
    expect(JSON.stringify(made.state.getState())).not.toContain("hunter2");
    expect(currentForm(made.state.getState())?.secrets["password"]).toEqual({ state: "changed", at: 5 });
    expect(currentForm(made.state.getState())?.values["domain"]).toBe("contoso.lab");
  });
});

describe("providers", () => {
  it("keep their own forms when the choice changes back and forth", async () => {
    const { client } = standIn();
    const made = createEditor("s", client);
    await made.open();
    const [exchange, , other] = made.state.getState().providers.flatMap(({ entries }) => entries);
    if (exchange === undefined || other === undefined) throw new Error("The stand-in offers two providers.");
    made.setValue("domain", "mine.example");
    made.choose(other);
    made.setValue("domain", "googlegroups.com");
    made.choose(exchange);
    expect(currentForm(made.state.getState())?.values["domain"]).toBe("mine.example");
    await made.flush();
    expect(made.state.getState().forms["other"]?.values["domain"]).toBe("googlegroups.com");
  });
});

describe("priorities", () => {
  it("are undone one step at a time, and a step without effect is no step", async () => {
    const { client } = standIn(view({ servers: [server("a"), server("b")] }));
    const made = createEditor("s", client);
    await made.open();
    expect(made.moveServer("a", "last")).toBe(true);
    expect(made.moveServer("a", "last")).toBe(false);
    expect(made.moveServer("b", "last")).toBe(true);
    const priorities = () => currentForm(made.state.getState())?.servers.map((entry) => entry.priority);
    expect(priorities()).toEqual([1, 2]);
    expect(made.undoServers()).toBe(true);
    expect(priorities()).toEqual([1, null]);
    expect(made.undoServers()).toBe(true);
    expect(priorities()).toEqual([null, null]);
    expect(made.undoServers()).toBe(false);
  });
});

describe("servers by name", () => {
  it("come in last, are taken out and undone, and what a list has held is never taken out", async () => {
    const { client, sent } = standIn(view({ servers: [{ ...server("a"), build: "15.0" }] }));
    const made = createEditor("s", client);
    await made.open();
    const listed = () => currentForm(made.state.getState())?.servers.map(({ name, priority }) => [name, priority]);
    expect(made.moveServer("exb.contoso.lab", "named")).toBe(true);
    expect(made.moveServer("exb.contoso.lab", "named")).toBe(false);
    expect(listed()).toEqual([["a", null], ["exb.contoso.lab", 1]]);
    expect(made.moveServer("exb.contoso.lab", "unnamed")).toBe(true);
    expect(made.moveServer("a", "unnamed")).toBe(false);
    expect(listed()).toEqual([["a", null]]);
    expect([made.undoServers(), listed()]).toEqual([true, [["a", null], ["exb.contoso.lab", 1]]]);
    expect([made.undoServers(), listed()]).toEqual([true, [["a", null]]]);
    await made.flush();
    expect(sent.flat().map((change) => (change.kind === "server" ? change.to : null))).toEqual(["named", "unnamed", "named", "unnamed"]);
  });
});

describe("saving", () => {
  it("marks refused fields, and takes the mark back when the field is edited", async () => {
    const { client, editor } = standIn();
    editor.save.mockResolvedValue(fail({ kind: "invalid", issues: [{ path: ["domain"], code: "required" }] }));
    const made = createEditor("s", client);
    await made.open();
    const result = await made.save();
    expect(result.ok).toBe(false);
    expect(made.state.getState().issues).toHaveLength(1);
    made.setValue("domain", "x");
    expect(made.state.getState().issues).toHaveLength(0);
  });

  it("saves the version that was reviewed, of the revision it began with", async () => {
    const { client, editor } = standIn();
    editor.save.mockResolvedValue(fail({ kind: "cancelled" }));
    const made = createEditor("s", client);
    await made.open();
    made.setValue("domain", "x");
    await made.review();
    made.setValue("domain", "typed since");
    await made.flush();
    await made.save();
    expect(editor.save).toHaveBeenLastCalledWith({ storeId: "s", expectedRevision: 4, draft: { id: "d", version: 1 } });
  });

  it("pressed while the review is under way saves what that reviews, with what was entered right before", async () => {
    const { client, editor } = standIn();
    editor.save.mockResolvedValue(fail({ kind: "cancelled" }));
    const made = createEditor("s", client);
    await made.open();
    made.setValue("domain", "x");
    await made.review();
    made.setValue("domain", "typed right before Next");
    const review = made.review();
    await made.save();
    expect(editor.save).toHaveBeenLastCalledWith({ storeId: "s", expectedRevision: 4, draft: { id: "d", version: 2 } });
    expect((await review).ok).toBe(true);
  });

  it("saves what was entered right before where nothing was reviewed", async () => {
    const { client, editor } = standIn();
    editor.save.mockResolvedValue(fail({ kind: "cancelled" }));
    const made = createEditor("s", client);
    await made.open();
    made.setValue("domain", "x");
    await made.save();
    expect(editor.save).toHaveBeenLastCalledWith({ storeId: "s", expectedRevision: 4, draft: { id: "d", version: 1 } });
  });

  it("answers the revision that Undo goes back to", async () => {
    const { client, editor, stores } = standIn();
    editor.save.mockResolvedValue(succeed({ revision: 5, changed: true, saved: view() }));
    const made = createEditor("s", client);
    await made.open();
    const result = await made.save();
    expect(result).toEqual(succeed({ revision: 5, changed: true, previous: 4 }));
    await made.restore(4, 5);
    expect(stores.restore).toHaveBeenCalledWith({ id: "s", number: 4, expectedRevision: 5 });
  });
});

describe("Sync Again", () => {
  it("takes the servers over and keeps what was typed while it ran", async () => {
    const { client, editor, order } = standIn();
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    editor.sync.mockImplementation(async function* list() {
      await finished;
      order.push("listed");
      const listed = view({ servers: [server("a")], syncedAt: 9 });
      yield {
        type: "done",
        result: succeed(draftOf({ version: 0, forms: { exchange: listed } })),
      };
    });
    const made = createEditor("s", client);
    await made.open();
    const run = made.sync();
    await vi.advanceTimersByTimeAsync(0);
    made.setValue("username", "typed");
    finish();
    await run;
    await vi.advanceTimersByTimeAsync(AUTOSAVE_DELAY_MS);
    expect(order).toEqual(["listed", "change"]);
    expect(currentForm(made.state.getState())).toMatchObject({ values: { username: "typed" }, servers: [{ name: "a" }], syncedAt: 9 });
  });
});
