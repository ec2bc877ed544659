import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { optionsOf, readCommandLine } from "../../../../../main/hosts/command-line/arguments.ts";
import { runCommandLine } from "../../../../../main/hosts/command-line/command-line.ts";
import { exitCodeOf, exitCodes } from "../../../../../main/hosts/command-line/exit-codes.ts";
import { failureOf, failureText } from "../../../../../main/hosts/command-line/failure.ts";
import { helpText, synopsis, verbHelp } from "../../../../../main/hosts/command-line/help.ts";
import { nearest } from "../../../../../main/hosts/command-line/nearest.ts";
import { table } from "../../../../../main/hosts/command-line/output.ts";
import { parseSecrets, readSecrets } from "../../../../../main/hosts/command-line/secrets-input.ts";
import { storeJsonSchema } from "../../../../../main/hosts/command-line/store-document.ts";
import { UsageError, VerbFailure, type Verb } from "../../../../../main/hosts/command-line/verb.ts";
import { verbs } from "../../../../../main/hosts/command-line/verbs/index.ts";
import { faultSchema, type Fault } from "../../../../../shared/fault.ts";
import { collected } from "../../../../lab/collected.ts";

const everyFault: readonly Fault[] = [
  { kind: "invalid", issues: [{ path: ["values", "domain"], code: "required" }] },
  { kind: "wrong-password", subject: "certificate" },
  { kind: "sign-in", reason: "wrong-credentials", detail: "52e" },
  { kind: "forbidden", needs: ["Directory.Read.All"] },
  { kind: "unreachable", rung: "tls", reason: "certificate-expired", host: "exb.contoso.lab" },
  { kind: "throttled", until: 0 },
  { kind: "timeout", phase: "tcp", afterMs: 5000 },
  { kind: "conflict", revision: 12, by: "CONTOSO\\anna", at: 0, changes: [{ key: "values.domain", provider: "exchange" }] },
  { kind: "draft-changed", how: "saved", by: "CONTOSO\\anna", at: 0, revision: 12 },
  { kind: "unsaved-work" },
  { kind: "not-found", what: "store-name", detail: "HQ" },
  { kind: "unsupported", why: "no-practice" },
  { kind: "unreadable", what: "not-json" },
  { kind: "not-stored", why: "disk-full" },
  { kind: "roster-refused", why: "gap" },
  { kind: "object-refused", why: "name-taken", host: "dc1.contoso.lab" },
  { kind: "mail-refused", why: "recipients-refused", host: "smtp.contoso.lab", recipients: ["eva@contoso.lab"] },
  { kind: "no-connection", outcome: "unknown" },
  { kind: "managed", policy: "CheckInterval", contact: "Jürgen Größe" },
  { kind: "cancelled" },
  { kind: "internal", incident: "i-1" },
];

describe("faults on the command line", () => {
  it("covers every kind there is", () => {
    expect(everyFault.map(({ kind }) => kind).toSorted()).toEqual(faultSchema.options.map((option) => option.shape.kind.value).toSorted());
  });

  it.each(everyFault)("gives $kind a sentence, a next step and a code other than success and misuse", (fault) => {
    expect(failureText(failureOf(new VerbFailure(fault)))).toMatch(/^[A-Z].+[.!] [A-Z].+\.(\n {2}.+)*$/);
    expect([0, 2]).not.toContain(exitCodeOf(fault));
  });
});

describe("readCommandLine", () => {
  it("takes options before and after the verb", () => {
    const line = readCommandLine(["--json", "servers", "--store", "HQ", "--sync"], verbs);
    expect(line).toMatchObject({ json: true, practice: false, words: [], options: { store: "HQ", sync: true } });
    expect(line.form?.choice).toBe("--sync");
  });

  it("lets words follow the verb, and a store be called like one", () => {
    expect(readCommandLine(["stores", "set", "stores", "file.json"], verbs).words).toEqual(["stores", "file.json"]);
  });

  it("takes practice verbs to the running practice console", () => {
    expect(readCommandLine(["practice", "down", "exb"], verbs).practice).toBe(true);
  });

  it.each<[args: readonly string[], why: string]>([
    [[], "a verb is missing"],
    [["statsu"], 'there is no verb "statsu": "status" is the nearest'],
    [["nonsense"], 'there is no verb "nonsense"'],
    [["stores", "shcema"], 'there is no stores "shcema": "schema" is the nearest'],
    [["stores", "--sync"], 'there is no option "--sync"'],
    [["status", "--watch", "--store", "HQ", "--timeout", "9"], 'there is no option "--timeout"'],
    [["status", "--stroe", "HQ"], 'there is no option "--stroe": "--store" is the nearest'],
    [["servers", "--store"], "--store takes NAME"],
    [["servers", "--store", "--json"], "--store takes NAME: one that begins with a hyphen is written --store=--json"],
    [["servers", "--store", "HQ", "--store", "Lab"], "--store is given twice"],
    [["servers", "--store", ""], "--store is missing"],
    [["servers"], "--store is missing"],
    [["servers", "HQ", "--store", "HQ"], '"HQ" is one word too many'],
    [["stores", "set", "HQ"], "FILE is missing"],
    [["stores", "--json=yes"], "--json takes no value"],
    [["--data"], "a verb is missing"],
    [["stores", "--data", ""], "--data takes a folder; what was given is empty"],
    [["stores", "--data= "], "--data takes a folder; what was given is empty"],
  ])("refuses %j, and says why", (args, why) => {
    expect(() => readCommandLine(args, verbs)).toThrow(expect.objectContaining({ name: "UsageError", message: why }));
  });

  it("asks for help of everything, of a verb and of a form, whatever else is missing", () => {
    expect(readCommandLine(["help"], verbs).help).toEqual({ verb: null, form: null });
    expect(readCommandLine(["servers", "--help"], verbs).help).toMatchObject({ verb: { name: "servers" }, form: null });
    for (const args of [["help", "stores", "add"], ["stores", "add", "-h"]]) {
      expect(readCommandLine(args, verbs).help).toMatchObject({ verb: { name: "stores" }, form: { choice: "add" } });
    }
  });
});

describe("nearest", () => {
  it.each([
    ["stauts", "status"],
    ["STORES", "stores"],
    ["cert", "certificate"],
    ["st", null],
    ["frobnicate", null],
    ["", null],
    ["s".repeat(10_000), null],
  ])("takes %s for %s", (typed, name) => {
    expect(nearest(typed, ["stores", "status", "certificate"])).toBe(name);
  });
});

const forms = verbs.flatMap((verb) => verb.forms.map((form) => ({ name: [verb.name, form.choice].join(" ").trim(), verb, form })));

/** The arguments of an example: what stands after the program's name, up to a pipe or a redirection. */
function argumentsOf(line: string): readonly string[] {
  const typed = /messaging-console (.*?)(?: (?:[|<>]|>>) .*)?$/.exec(line)?.[1] ?? "";
  return [...typed.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

describe("help", () => {
  it("names every verb and every exit code, and is short", () => {
    const help = helpText(verbs);
    const lines = help.split("\n");
    const isNamed = ({ name, verb, form }: (typeof forms)[number]) =>
      lines.some((line) => (verb.summary === undefined ? line.startsWith(`  ${name} `) : line.startsWith(`  ${verb.name} …`) && line.includes(form.choice ?? "")));
    expect(forms.filter((form) => !isNamed(form)).map(({ name }) => name)).toEqual([]);
    for (const code of Object.values(exitCodes)) expect(help).toMatch(new RegExp(`^  ${code} +\\w`, "m"));
    expect(help.split("\n").length).toBeLessThan(63);
    for (const line of help.split("\n")) expect(line.length).toBeLessThan(120);
  });

  it.each(forms)("of $name has its synopsis, options, exit codes and examples that mean what they stand beside", ({ verb, form }) => {
    const help = verbHelp(verb, form);
    expect(help).toContain(`messaging-console ${synopsis(verb, form)}\n  ${form.meaning}\n`);
    for (const [option, { meaning }] of Object.entries(form.options)) expect(help).toMatch(new RegExp(`^  --${option}\\b.*${meaning.slice(0, 12)}`, "m"));
    expect(help).toContain("Exit codes:");
    for (const { line } of form.examples) {
      expect(help).toContain(`\n  ${line}\n`);
      expect(readCommandLine(argumentsOf(line), verbs).form).toBe(form);
    }
  });

  it("takes the same option for the same thing with every verb", () => {
    const values = new Map<string, string | null>();
    for (const [option, { value }] of forms.flatMap(({ form }) => Object.entries(optionsOf(form)))) {
      expect(values.get(option) ?? value).toBe(value);
      values.set(option, value);
    }
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

  const around = (stdin: Readable & { isTTY?: boolean }) => ({ stdin, progress: () => undefined, signal: new AbortController().signal });

  it("are read to the end of the pipe, however late they come", async () => {
    async function* late() {
      yield Buffer.from("messaging.pass");
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      yield Buffer.from("word=x\ndirectory.password=y");
    }
    expect([...(await readSecrets(around(Readable.from(late())), "if-offered"))]).toEqual([["messaging.password", "x"], ["directory.password", "y"]]);
  });

  it("are not read from a terminal, nor when nothing is to be read", async () => {
    const terminal = Object.assign(new Readable({ read: () => undefined }), { isTTY: true });
    expect([...(await readSecrets(around(terminal), "if-offered"))]).toEqual([]);
    expect([...(await readSecrets(around(Readable.from(["messaging.password=x"])), "none"))]).toEqual([]);
    await expect(readSecrets(around(terminal), "required")).rejects.toThrow(UsageError);
    await expect(readSecrets(around(Readable.from([])), "required")).rejects.toThrow(UsageError);
  });

  it("end with the verb when it is told to stop", async () => {
    const stop = new AbortController();
    const reading = readSecrets({ stdin: new Readable({ read: () => undefined }), progress: () => undefined, signal: stop.signal }, "required");
    stop.abort();
    await expect(reading).rejects.toMatchObject({ fault: { kind: "cancelled" } });
  });

  it("are refused when they are too many", async () => {
    await expect(readSecrets(around(Readable.from(["x".repeat(100_000)])), "required")).rejects.toThrow(UsageError);
  });

  it.each<[encoding: string, bytes: (text: string) => Buffer]>([
    ["UTF-8", (text) => Buffer.from(text)],
    ["UTF-8 with a mark", (text) => Buffer.from(`\uFEFF${text}`)],
    ["UTF-16", (text) => Buffer.from(text, "utf16le")],
    ["UTF-16 with a mark", (text) => Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16, big end first", (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
  ])("keep quotes, umlauts and backslashes in %s", async (_encoding, bytes) => {
    const given = await readSecrets(around(Readable.from([bytes('messaging.password="Grüße\\\'€"\r\n')])), "if-offered");
    expect(given.get("messaging.password")).toBe('"Grüße\\\'€"');
  });

  it("are refused in a code page, with the place and without the text", async () => {
    const given = readSecrets(around(Readable.from([Buffer.from("directory.password=x\nmessaging.password=PLANTED-\u00FC", "latin1")])), "if-offered");
    await expect(given).rejects.toThrow(/line 2, column 28/);
    await expect(given).rejects.not.toThrow(/PLANTED/);
  });

  it.each([["messaging.password=a\nmessaging.password=b"], ['{"messaging":{"password":"a","password":"b"}}'], ['{"messaging":{"password":"a"},"messaging.password":"b"}'], ['{"messaging":{"password":"\\s"}}']])("are refused when they are ambiguous or no JSON: %s", (text) => {
    expect(() => parseSecrets(text)).toThrow(UsageError);
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
  const failing: Verb = {
    name: "fail",
    forms: [
      {
        choice: null,
        meaning: "fails",
        words: [],
        options: {},
        examples: [{ line: "messaging-console fail", meaning: "fails" }],
        run: () => Promise.reject(new VerbFailure({ kind: "not-found", what: "store-name", detail: "HQ" })),
      },
    ],
  };

  async function run(args: readonly string[], list: readonly Verb[]) {
    const out = collected();
    const err = collected();
    const code = await runCommandLine(args, {
      verbs: list,
      stdin: Readable.from([]),
      stdout: out.stream,
      stderr: err.stream,
      terminal: null,
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
    expect(JSON.parse((await run(["fail", "--json"], [failing])).err)).toEqual({
      exitCode: 3,
      fault: { kind: "not-found", what: "store-name", detail: "HQ" },
      sentence: "No identity store has this name.",
      nextStep: "List the identity stores, and write the name as it is listed.",
      detail: "HQ",
    });
    expect(JSON.parse((await run(["--json", "fial"], [failing])).err)).toEqual({
      exitCode: 2,
      fault: { kind: "usage" },
      sentence: 'There is no verb "fial": "fail" is the nearest.',
      nextStep: "How it is used: messaging-console --help",
      detail: null,
    });
    expect((await run(["fail", "more"], [failing])).err).toBe('"more" is one word too many. How it is used: messaging-console fail --help\n');
  });
});
