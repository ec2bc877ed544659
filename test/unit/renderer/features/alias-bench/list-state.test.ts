/** A list of names that is given up is given up everywhere: here, and in main, which holds it. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { aliasList, judgeList, removeList, takeList } from "../../../../../renderer/features/alias-bench/list-state.ts";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import { succeed } from "../../../../../shared/result.ts";
import { eventually } from "../../../../lab/eventually.ts";
import { standInClient } from "../../stand-in-client.ts";

const rule = { pattern: "^[a-z]+$", maximumLength: 12, domain: "" };
const summary = { list: "judged", names: 3 };
const file = (name: string) => succeed({ file: name, name, size: 1 });

let released: unknown[];
let signals: (AbortSignal | undefined)[];
/** Whether judging goes on until it is called off. */
let endless = false;

beforeEach(() => {
  [released, signals, endless] = [[], [], false];
  const release = (input: unknown) => {
    released.push(input);
    return succeed(null);
  };
  async function* judge(signal: AbortSignal | undefined) {
    signals.push(signal);
    if (endless) await new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError"))));
    yield { type: "done", result: succeed(summary) };
  }
  provideClient(standInClient({ "files.release": release, "aliases.releaseList": release, "aliases.judgeList": (_input, signal) => judge(signal) }));
  takeList(file("names.txt"));
});
afterEach(() => {
  removeList();
  runningWork.setState({ entries: [] });
});

it("while it is judged: the judging is called off", async () => {
  endless = true;
  const judging = judgeList(rule);
  await eventually(() => expect(signals).toHaveLength(1));
  removeList();
  expect(await judging).toBe(false);
  expect(signals[0]?.aborted).toBe(true);
  expect(runningWork.getState().entries[0]?.ended?.fault).toEqual({ kind: "cancelled" });
  expect(aliasList.getState()).toMatchObject({ file: null, judged: null, fault: null });
});

it("with its result, by another list too", async () => {
  expect(await judgeList(rule)).toBe(true);
  takeList(file("others.txt"));
  await eventually(() => expect(released).toEqual([{ file: "names.txt" }, { list: "judged" }]));
  expect(aliasList.getState()).toMatchObject({ file: { name: "others.txt" }, judged: null });
});

it("a result that is judged anew takes the place of the one before", async () => {
  await judgeList(rule);
  await judgeList(rule);
  expect(released).toEqual([{ list: "judged" }]);
});
