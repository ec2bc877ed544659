// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { leaveEditor, takeEditor } from "../../../../renderer/stores/open-editors.ts";
import { runningWork } from "../../../../renderer/stores/running-work.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { eventually } from "../../../lab/eventually.ts";
import { standIn } from "./editor-support.ts";

afterEach(() => vi.restoreAllMocks());

/** A client whose test ends when the returned function is called. */
function slowTest() {
  const { client, editor } = standIn();
  let end = () => {};
  const aborted = vi.fn();
  async function* events(signal: AbortSignal) {
    await new Promise<void>((resolve) => {
      end = resolve;
      signal.addEventListener("abort", () => resolve());
    });
    yield { type: "done" as const, result: signal.aborted ? fail({ kind: "cancelled" }) : succeed(null) };
  }
  editor.test.mockImplementation((_input: unknown, { signal }: { readonly signal: AbortSignal }) => {
    signal.addEventListener("abort", aborted);
    return Promise.resolve(events(signal));
  });
  return { client, end: () => end(), aborted };
}

const HOME = { page: "store", id: "s", section: "messaging-system" } as const;

describe("an editor that is left", () => {
  it("goes on with its work, and the next visit finds what came of it", async () => {
    const { client, end, aborted } = slowTest();
    const editor = takeEditor("s", client, HOME);
    await editor.open();
    const testing = editor.test();
    await eventually(() => expect(runningWork.getState().entries[0]?.subject).toBe("S"));
    leaveEditor(editor);
    end();
    await testing;
    const again = takeEditor("s", client, HOME);
    await again.open();
    expect(aborted).not.toHaveBeenCalled();
    expect(again.state.getState().test?.ended?.fault).toBeNull();
    expect(again.state.getState().phase).toBe("ready");
    leaveEditor(again);
  });

  it("is over when nothing runs: the next visit begins anew", async () => {
    const { client } = standIn();
    const editor = takeEditor("s", client, HOME);
    await editor.open();
    leaveEditor(editor);
    expect(takeEditor("s", client, HOME)).not.toBe(editor);
  });

  it("is of the same window as the next: nobody is asked about what they entered on an earlier visit", async () => {
    const { client, editor } = standIn();
    const windows: string[] = [];
    for (const value of ["first", "second"]) {
      const visit = takeEditor("s", client, HOME);
      await visit.open();
      visit.setValue("domain", value);
      await visit.flush();
      leaveEditor(visit);
      windows.push(...editor.change.mock.calls.slice(-1).map(([{ sight }]) => sight.window));
    }
    expect(new Set(windows).size).toBe(1);
  });

  it("stops when it is cancelled from the list", async () => {
    const { client, aborted } = slowTest();
    const editor = takeEditor("s", client, HOME);
    await editor.open();
    const testing = editor.test();
    await eventually(() => expect(runningWork.getState().entries[0]?.ended).toBeNull());
    leaveEditor(editor);
    runningWork.getState().entries[0]?.cancel();
    await testing;
    expect(aborted).toHaveBeenCalledOnce();
    expect(runningWork.getState().entries[0]?.ended?.fault).toEqual({ kind: "cancelled" });
    leaveEditor(takeEditor("s", client, HOME));
  });
});
