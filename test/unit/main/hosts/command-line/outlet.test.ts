import { Readable, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../../../main/hosts/command-line/command-line.ts";
import { progressLine } from "../../../../../main/hosts/command-line/progress-line.ts";
import { writeLine } from "../../../../../main/hosts/command-line/output.ts";
import type { Verb, VerbContext } from "../../../../../main/hosts/command-line/verb.ts";

/** Keeps what is written; `take` decides about each piece. */
function sink(take: (text: string) => Error | null = () => null) {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const problem = take(chunk.toString());
      if (problem === null) text += chunk.toString();
      setImmediate(done, problem);
    },
  });
  return { stream, text: () => text };
}
const refusal = (code: string) => () => Object.assign(new Error(`write ${code}`), { code });

function verbThat(run: (context: VerbContext) => Promise<0 | 4>): Verb {
  return { name: "try", forms: [{ choice: null, meaning: "tries", words: [], options: {}, examples: [{ line: "messaging-console try", meaning: "tries" }], run }] };
}

async function run(verb: Verb, { stdout = sink(), signal = new AbortController().signal, terminal = null as Writable | null } = {}) {
  const stderr = sink();
  const code = await runCommandLine(["try"], {
    verbs: [verb],
    stdin: Readable.from([]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    terminal,
    signal,
    open: () => Promise.reject(new Error("nothing may be opened")),
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** Prints lines until it is called off. */
const talker = verbThat(async ({ stdout, signal }) => {
  while (!signal.aborted) await writeLine(stdout, "line");
  return 0;
});

describe("standard output", () => {
  it.each(["EPIPE", "EOF"])("whose reader went away (%s) ends a verb without a word", async (code) => {
    expect(await run(talker, { stdout: sink(refusal(code)) })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("that cannot be written is a failure, however the verb ended", async () => {
    const said = await run(verbThat(({ stdout }) => Promise.resolve(stdout.write("answer\n") ? 0 : 4)), { stdout: sink(refusal("ENOSPC")) });
    expect(said).toEqual({ code: 1, stdout: "", stderr: "The output could not be written. Check where it goes: the disk may be full.\n  write ENOSPC\n" });
  });

  it("is written to its end before the exit code is known", async () => {
    const long = "x".repeat(500_000);
    const said = await run(verbThat(({ stdout }) => Promise.resolve(stdout.write(long) ? 0 : 4)));
    expect({ ...said, stdout: said.stdout.length }).toEqual({ code: 4, stdout: long.length, stderr: "" });
  });
});

describe("Ctrl+C", () => {
  it("ends a verb that heeds it with what the verb says", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 5);
    expect(await run(talker, { signal: stop.signal })).toMatchObject({ code: 0 });
  });

  it("ends one that waits for something else all the same, with a code of its own", async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await run(verbThat(() => new Promise(() => undefined)), { signal: stop.signal })).toEqual({ code: 130, stdout: "", stderr: "Cancelled. Start it again when you are ready.\n" });
  });
});

describe("progress", () => {
  it("is one line on a terminal, cut to its width, and gone before anything else is said", async () => {
    const terminal = sink();
    const shown = verbThat(({ progress }) => {
      progress("Asking…");
      progress("Asking…");
      progress("y".repeat(200));
      return Promise.resolve(0);
    });
    await run(shown, { terminal: terminal.stream });
    await expect.poll(terminal.text).toBe(`\r\u001B[KAsking…\r\u001B[K${"y".repeat(79)}\r\u001B[K`);
  });

  it("says nothing where there is no terminal, and takes nothing away where nothing was shown", () => {
    expect(() => progressLine(null)("Asking…")).not.toThrow();
    const terminal = sink();
    progressLine(terminal.stream)(null);
    expect(terminal.text()).toBe("");
  });
});
