import { createORPCClient } from "@orpc/client";
import { describe, expect, it, vi } from "vitest";
import { ask } from "../../../../renderer/host/ask.ts";
import type { ConsoleClient } from "../../../../renderer/host/client.ts";
import { ExchangeableLink } from "../../../../renderer/host/exchangeable-link.ts";
import { succeed } from "../../../../shared/fault.ts";
import { eventually } from "../../../lab/eventually.ts";

const answering = (answer: unknown) => ({ call: vi.fn(() => Promise.resolve(answer)) });
/** A main that hears everything and answers nothing; `signals` are those of its calls. */
function hanging() {
  const signals: (AbortSignal | undefined)[] = [];
  return {
    signals,
    call: (_path: readonly string[], _input: unknown, { signal }: { readonly signal?: AbortSignal | undefined }) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    },
  };
}
const SAVE = ["editor", "save"];
const READ = ["editor", "open"];

function asking(link: ExchangeableLink, path: readonly string[], signal?: AbortSignal) {
  return ask(async () => succeed(await link.call(path, null, { context: {}, ...(signal === undefined ? {} : { signal }) })), signal);
}

describe("ExchangeableLink", () => {
  it("carries calls over the connection that stands", async () => {
    const link = new ExchangeableLink();
    link.replace(answering("first"));
    expect(await asking(link, SAVE)).toEqual(succeed("first"));
    link.replace(answering("second"));
    expect(await asking(link, SAVE)).toEqual(succeed("second"));
  });

  it("fails a call at once while there is none, and does not make up for it", async () => {
    const link = new ExchangeableLink();
    const refused = { ok: false, fault: { kind: "no-connection", outcome: "not-done" } };
    expect(await asking(link, SAVE)).toEqual(refused);
    const back = answering("back");
    link.replace(back);
    await new Promise((resolve) => setTimeout(resolve));
    expect(back.call).not.toHaveBeenCalled();
    link.replace(null);
    expect(await asking(link, READ)).toEqual(refused);
  });

  it("says of a call that was under way what is known: a change may have been made, a reading changed nothing", async () => {
    const link = new ExchangeableLink();
    link.replace(hanging());
    const save = asking(link, SAVE);
    const read = asking(link, READ);
    const unheardOf = asking(link, ["a", "new", "call"]);
    link.replace(null);
    expect(await save).toEqual({ ok: false, fault: { kind: "no-connection", outcome: "unknown" } });
    expect(await read).toEqual({ ok: false, fault: { kind: "no-connection", outcome: "only-read" } });
    expect(await unheardOf).toEqual({ ok: false, fault: { kind: "no-connection", outcome: "unknown" } });
  });

  it("tells a main that hangs to stop, and one that is gone nothing", async () => {
    const link = new ExchangeableLink();
    const far = hanging();
    link.replace(far);
    const gone = asking(link, SAVE);
    link.replace(null);
    await gone;
    expect(far.signals[0]?.aborted).toBe(false);
    link.replace(far);
    const silent = asking(link, SAVE);
    link.silence();
    expect(await silent).toMatchObject({ fault: { kind: "no-connection", outcome: "unknown" } });
    expect(far.signals[1]?.aborted).toBe(true);
  });

  it("has nothing to tell a main that hangs of calls that it has answered", async () => {
    const link = new ExchangeableLink();
    const signals: (AbortSignal | undefined)[] = [];
    link.replace({
      call: (_path, _input, { signal }) => {
        signals.push(signal);
        return Promise.resolve("done");
      },
    });
    expect(await asking(link, SAVE)).toEqual(succeed("done"));
    link.silence();
    expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
  });

  it("breaks a stream off in the middle", async () => {
    async function* forever() {
      yield 1;
      await new Promise(() => undefined);
    }
    const link = new ExchangeableLink();
    link.replace(answering(forever()));
    const client: ConsoleClient = createORPCClient(link);
    const heard: unknown[] = [];
    const work = ask(async () => {
      for await (const event of await client.editor.sync({ storeId: "a" })) heard.push(event);
      return succeed(null);
    });
    await eventually(() => expect(heard).toEqual([1]));
    link.replace(null);
    expect(await work).toEqual({ ok: false, fault: { kind: "no-connection", outcome: "unknown" } });
  });

  it("lets a call be cancelled, before and while it runs", async () => {
    const link = new ExchangeableLink();
    link.replace(hanging());
    expect(await asking(link, SAVE, AbortSignal.abort())).toEqual({ ok: false, fault: { kind: "cancelled" } });
    const stop = new AbortController();
    const call = asking(link, SAVE, stop.signal);
    stop.abort();
    expect(await call).toEqual({ ok: false, fault: { kind: "cancelled" } });
  });
});
