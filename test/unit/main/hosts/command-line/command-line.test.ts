import { Readable, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { helpText, readCommandLine } from "../../../../../main/hosts/command-line/arguments.ts";
import { mergeServers } from "../../../../../main/hosts/command-line/apply-messaging.ts";
import { runCommandLine } from "../../../../../main/hosts/command-line/command-line.ts";
import { exitCodeOf } from "../../../../../main/hosts/command-line/exit-codes.ts";
import { faultText, table } from "../../../../../main/hosts/command-line/output.ts";
import { parseSecrets, readSecrets } from "../../../../../main/hosts/command-line/secrets-input.ts";
import { storeJsonSchema } from "../../../../../main/hosts/command-line/store-document.ts";
import { UsageError, VerbFailure, type Verb } from "../../../../../main/hosts/command-line/verb.ts";
import { verbs } from "../../../../../main/hosts/command-line/verbs/index.ts";
import { faultSchema, type Fault } from "../../../../../shared/fault.ts";

const everyFault: readonly Fault[] = [
  { kind: "invalid", issues: [{ path: ["values", "domain"], code: "required" }] },
  { kind: "wrong-password", subject: "certificate" },
  { kind: "sign-in", reason: "wrong-credentials", detail: "52e" },
  { kind: "forbidden", needs: ["Directory.Read.All"] },
  { kind: "unreachable", rung: "tls", reason: "certificate-expired", host: "exb.contoso.lab" },
  { kind: "throttled", until: 0 },
  { kind: "timeout", phase: "tcp", afterMs: 5000 },
  { kind: "conflict", revision: 12, by: "CONTOSO\\anna", at: 0, changes: [{ key: "values.domain", provider: "exchange" }] },
  { kind: "unsaved-work" },
  { kind: "not-found", what: "store-name", detail: "HQ" },
  { kind: "unsupported", why: "no-practice" },
  { kind: "unreadable", what: "not-json" },
  { kind: "not-stored", why: "disk-full" },
  { kind: "cancelled" },
  { kind: "internal", incident: "i-1" },
];

describe("faults on the command line", () => {
  it("covers every kind there is", () => {
    expect(everyFault.map(({ kind }) => kind).toSorted()).toEqual(faultSchema.options.map((option) => option.shape.kind.value).toSorted());
  });

  it.each(everyFault)("gives $kind a sentence, a next step and a code other than success and misuse", (fault) => {
    expect(faultText(fault)).toMatch(/^[A-Z].+[.!] [A-Z].+\.(\n {2}.+)*$/);
    expect([0, 2]).not.toContain(exitCodeOf(fault));
  });
});

describe("readCommandLine", () => {
  it("takes options before and after the verb", () => {
    const line = readCommandLine(["--json", "servers", "--store", "HQ", "--sync"], verbs);
    expect(line).toMatchObject({ json: true, practice: false, words: [], options: { store: "HQ", sync: true } });
    expect(line.verb?.name).toBe("servers");
  });

  it("lets words follow the verb, and a store be called like one", () => {
    expect(readCommandLine(["stores", "set", "stores", "file.json"], verbs).words).toEqual(["set", "stores", "file.json"]);
  });

  it("takes practice verbs to the running practice console", () => {
    expect(readCommandLine(["practice", "down", "exb"], verbs).practice).toBe(true);
  });

  it.each([[], ["nonsense"], ["stores", "--sync"], ["servers", "--store"], ["--data"], ["stores", "--data", ""], ["stores", "--data= "]])("refuses %s %s", (...args) => {
    expect(() => readCommandLine(args, verbs)).toThrow(UsageError);
  });

  it("documents every verb, option and exit code", () => {
    const help = helpText(verbs);
    for (const verb of verbs) {
      expect(help).toContain(verb.name);
      for (const option of Object.keys(verb.options)) expect(help).toContain(`--${option}`);
    }
    for (let code = 0; code <= 8; code += 1) expect(help).toMatch(new RegExp(`^  ${code}  `, "m"));
  });
});

describe("secrets on standard input", () => {
  it.each([
    ["a nested object", '{"directory":{"password":"a"},"messaging":{"password":"b"}}'],
    ["a flat object", '{"directory.password":"a","messaging.password":"b"}'],
    ["lines", "directory.password=a\nmessaging.password=b\n"],
    ["Windows lines with a mark", "\uFEFFdirectory.password=a\r\n\r\nmessaging.password=b\r\n"],
  ])("come as %s", (_what, text) => {
    expect([...parseSecrets(text)]).toEqual([
      ["directory.password", "a"],
      ["messaging.password", "b"],
    ]);
  });

  it("keep blanks and equals signs of a value", () => {
    expect(parseSecrets("messaging.password= a=b ").get("messaging.password")).toBe(" a=b ");
  });

  it.each([["{PLANTED"], ['["PLANTED"]'], ["PLANTED"], ["=PLANTED"], ["pasword=PLANTED"], ['{"messaging":{"password":7,"x":"PLANTED"}}'], ['{"__proto__x":"PLANTED"}']])(
    "that make no sense are refused without being repeated: %s",
    (text) => {
      expect(() => parseSecrets(text)).toThrow(UsageError);
      expect(() => parseSecrets(text)).not.toThrow(/PLANTED/);
    },
  );

  it("are waited for only as long as was asked", async () => {
    const silent = new Readable({ read: () => undefined });
    expect([...(await readSecrets(silent, "if-offered"))]).toEqual([]);
    expect([...(await readSecrets(Readable.from([Buffer.from("messaging.pass"), Buffer.from("word=x")]), "wait"))]).toEqual([["messaging.password", "x"]]);
    expect([...(await readSecrets(Readable.from(["messaging.password=x"]), "none"))]).toEqual([]);
    await expect(readSecrets(Readable.from(["x".repeat(100_000)]), "wait")).rejects.toThrow(UsageError);
  });
});

describe("mergeServers", () => {
  const listed = ["exa", "exb", "exc"].map((name, index) => ({ name, version: "2013", build: null, roles: [], site: null, ticked: index === 0, priority: index === 0 ? 1 : null, vanished: false }));

  it("makes priorities gapless and leaves unnamed servers listed and unticked", () => {
    const merged = mergeServers(listed, [
      { name: "exb", priority: 1 },
      { name: "exa", priority: 7 },
    ]);
    expect(merged.map(({ name, ticked, priority }) => [name, ticked, priority])).toEqual([
      ["exa", true, 2],
      ["exb", true, 1],
      ["exc", false, null],
    ]);
  });

  it("adds a server nobody listed yet", () => {
    expect(mergeServers([], [{ name: "exz", priority: 3 }])).toMatchObject([{ name: "exz", ticked: true, priority: 1, version: null }]);
  });
});

describe("the store document's JSON Schema", () => {
  it("allows nothing that the document does not know", () => {
    expect(storeJsonSchema()).toMatchObject({ type: "object", additionalProperties: false, required: ["name", "connection"] });
  });
});

describe("table", () => {
  it("aligns columns and lets no control character through", () => {
    expect(table(["A", "B"], [["longer", null], ["x", "\u001B[31mred"]])).toBe("A       B\nlonger  -\nx       \u{FFFD}[31mred");
  });
});

describe("runCommandLine", () => {
  const collect = () => {
    let text = "";
    const stream = new Writable({
      write(chunk, _encoding, done) {
        text += String(chunk);
        done();
      },
    });
    return { stream, text: () => text };
  };
  const failing: Verb = { name: "fail", usage: [["fail", "fails"]], options: {}, run: () => Promise.reject(new VerbFailure({ kind: "not-found", what: "store-name", detail: "HQ" })) };

  async function run(args: readonly string[], list: readonly Verb[]) {
    const out = collect();
    const err = collect();
    const code = await runCommandLine(args, {
      verbs: list,
      stdin: Readable.from([]),
      stdout: out.stream,
      stderr: err.stream,
      signal: new AbortController().signal,
      open: () => Promise.reject(new Error("nothing may be opened")),
    });
    return { code, out: out.text(), err: err.text() };
  }

  it("opens nothing for help, usage errors and verbs that need no data", async () => {
    expect((await run(["--help"], verbs)).code).toBe(0);
    expect((await run(["stores", "schema"], verbs)).code).toBe(0);
    expect(await run([], verbs)).toMatchObject({ code: 2, out: "" });
  });

  it("tells failures as a sentence, or as JSON when asked", async () => {
    expect(await run(["fail"], [failing])).toMatchObject({ code: 3, out: "", err: "No identity store has this name. List the identity stores, and write the name as it is listed.\n  HQ\n" });
    expect(JSON.parse((await run(["fail", "--json"], [failing])).err)).toEqual({ fault: { kind: "not-found", what: "store-name", detail: "HQ" } });
    expect(JSON.parse((await run(["--json", "nonsense"], [failing])).err)).toHaveProperty("usage");
  });
});
