import { describe, expect, it } from "vitest";
import { progress, type WorkEvent } from "../../../../shared/contract/progress.ts";
import { succeed } from "../../../../shared/fault.ts";
import { Unanswered } from "../../../../renderer/host/unanswered.ts";
import { runWork } from "../../../../renderer/stores/work.ts";

async function* play(events: readonly WorkEvent<number>[]): AsyncGenerator<WorkEvent<number>> {
  yield* events;
}

describe("runWork", () => {
  it("reports progress and answers the result", async () => {
    const steps: string[] = [];
    const events = [progress("one"), progress("two"), { type: "done", result: succeed(7) }] as const;
    const result = await runWork(() => Promise.resolve(play(events)), ({ step }) => steps.push(step), new AbortController().signal);
    expect(steps).toEqual(["one", "two"]);
    expect(result).toEqual({ ok: true, value: 7 });
  });

  it("is cancelled by its signal", async () => {
    const stop = new AbortController();
    const open = (signal: AbortSignal) => new Promise<AsyncIterable<WorkEvent<number>>>((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("gone"))));
    const running = runWork(open, () => undefined, stop.signal);
    stop.abort();
    expect(await running).toEqual({ ok: false, fault: { kind: "cancelled" } });
  });

  it("answers a fault when the stream ends or breaks without a result", async () => {
    const { signal } = new AbortController();
    const ended = await runWork(() => Promise.resolve(play([progress("one")])), () => undefined, signal);
    expect(ended).toEqual({ ok: false, fault: { kind: "no-connection", outcome: "unknown" } });
    const broken = await runWork(() => Promise.reject(new Unanswered("only-read")), () => undefined, signal);
    expect(broken).toEqual({ ok: false, fault: { kind: "no-connection", outcome: "only-read" } });
    const thrown = await runWork(() => Promise.reject(new TypeError("what was typed")), () => undefined, signal);
    expect(thrown).toEqual({ ok: false, fault: { kind: "internal", incident: "TypeError" } });
  });
});
