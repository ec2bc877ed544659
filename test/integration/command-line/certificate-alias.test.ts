/** The verbs `certificate` and `alias` of the built command line. They need no data folder. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { pfxRows, regexRows } from "../../lab/vectors.ts";
import { finish, root, start } from "./processes.ts";

const entry = "out/main/command-line.js";
const pfx = (file: string) => path.join(root, "test/lab/vectors/pfx", file);
const run = (args: readonly string[], stdin = "") => finish(entry, args, stdin);
const linesOf = (text: string) => text.trimEnd().split("\n").map((line): unknown => JSON.parse(line));
const certificateSchema = z.array(z.object({ opens: z.boolean(), subject: z.string().nullable(), thumbprintSha256: z.string().nullable(), keyType: z.string().nullable(), cipher: z.string().nullable(), mac: z.string().nullable(), notAfter: z.string().nullable(), certificates: z.number() }));
const aliasSchema = z.array(z.object({ engine: z.string(), matches: z.boolean().nullable(), value: z.string().nullable(), differs: z.array(z.object({ construct: z.string() })), stopped: z.boolean() }));

describe("certificate", () => {
  it("describes a file with the password of standard input", async () => {
    const said = await run(["certificate", pfx("generated/chain-of-3.p12"), "--json"], "password\n");
    expect(said).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(said.stdout)).toMatchObject({ opens: true, summary: { subject: "O=Generated vector,CN=leaf.example", certificates: 3 } });
    expect((await run(["certificate", pfx("generated/google-rc2-40.p12")], "notasecret")).stdout).toContain("Current OpenSSL cannot read this file without its legacy provider.");
  });

  it("takes nothing typed for no password, and tells a wrong one from a damaged file", async () => {
    const empty = pfx("generated/empty-password.p12");
    expect((await run(["certificate", empty], "\n")).code).toBe(0);
    expect((await run(["certificate", empty], "")).code).toBe(0);
    expect(await run(["certificate", pfx("generated/aes256-sha256.p12")], "planted-wrong")).toMatchObject({ code: 6 });
    const damaged = await run(["certificate", pfx("generated/truncated-half.p12"), "--json"], "password");
    expect(damaged.code).toBe(1);
    expect(JSON.parse(damaged.stdout)).toMatchObject({ opens: false, verdict: "damaged" });
    expect((await run(["certificate", pfx("there-is-none.p12")], "")).code).toBe(3);
  });

  it("answers a whole folder, a line a file, in order", async () => {
    const rows = pfxRows();
    const said = await run(["certificate", "--batch"], rows.map(({ file, password }) => JSON.stringify({ file: pfx(file), password })).join("\n"));
    expect(said).toMatchObject({ code: 0, stderr: "" });
    const expected = rows.map(({ opens, subject, thumbprintSha256, keyType, cipher, mac, notAfter, certificates }) => ({ opens, subject, thumbprintSha256, keyType, cipher, mac, notAfter, certificates }));
    expect(certificateSchema.parse(linesOf(said.stdout))).toEqual(expected);
  });

  it("answers a line that makes no sense, and goes on", async () => {
    const said = await run(["certificate", "--batch"], `nonsense\n${JSON.stringify({ file: pfx("generated/3des.p12"), password: "password" })}\n`);
    expect(linesOf(said.stdout)).toMatchObject([{ opens: false, reason: "not-json" }, { opens: true, verdicts: ["fine"] }]);
  });
});

describe("alias", () => {
  it("judges aliases, and ends with 7 when one is refused", async () => {
    const said = await run(["alias", "--pattern", "^[a-z.]+$", "--max", "6", "--json", "anna", "bert-ram", "annabelle", ".a"]);
    expect(said.code).toBe(7);
    expect(JSON.parse(said.stdout)).toMatchObject({
      unanchored: false,
      verdicts: [{ matches: true, tooLong: false, addressIssue: null }, { matches: false }, { matches: true, tooLong: true }, { addressIssue: "edge-dot" }],
    });
    expect((await run(["alias", "--pattern", "^[a-z]+$", "anna"])).code).toBe(0);
    expect((await run(["alias", "anna"])).code).toBe(2);
  });

  /** A path without PowerShell leaves JavaScript alone. */
  const alone = async (lines: readonly unknown[]) => {
    const running = start(entry, ["alias", "--batch"], { PATH: "/nowhere" });
    running.child.stdin.end(lines.map((line) => JSON.stringify(line)).join("\n"));
    return aliasSchema.parse(linesOf((await running.ended()).stdout));
  };

  it("answers .NET's test cases with JavaScript alone as .NET does, or names the difference", async () => {
    const rows = regexRows();
    const answers = await alone(rows.map(({ pattern, options, input }) => ({ pattern, options, input })));
    expect(answers).toHaveLength(rows.length);
    const silent = rows.filter((row, i) => (answers[i]?.matches !== row.success || answers[i].value !== row.value) && answers[i]?.differs.length === 0);
    expect(silent).toEqual([]);
    expect(new Set(answers.map(({ engine }) => engine))).toEqual(new Set(["JavaScript"]));
  });

  it("stops a catastrophic pattern and goes on with the next line", async () => {
    const answers = await alone([{ pattern: "^(a+)+$", options: "None", input: `${"a".repeat(40)}!` }, { pattern: "\u2028b", input: "a\u2028b" }]);
    expect(answers).toMatchObject([{ matches: null, stopped: true }, { matches: true, value: "\u2028b", stopped: false }]);
  });

  it.skipIf(powershellHere === null)(`asks .NET where PowerShell is (${powershellWords})`, async () => {
    const folders = [path.dirname(powershellHere?.executable ?? ""), process.env["PATH"]];
    const running = start(entry, ["alias", "--batch"], { PATH: folders.join(path.delimiter) });
    running.child.stdin.end(JSON.stringify({ pattern: "a(?>b+)b", options: "None", input: "abb" }));
    expect(linesOf((await running.ended()).stdout)).toEqual([{ engine: ".NET", matches: false, value: "", differs: [], stopped: false, error: null }]);
  });
});
