import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "../../../store/support.ts";
import { away, container, layMailBed, type MailBed } from "./mail-bed.ts";

const runSchema = z.object({
  run: z.string(),
  total: z.number(),
  counts: z.record(z.string(), z.number()),
  entries: z.array(z.object({ id: z.string(), place: z.number(), state: z.string(), request: z.object({ name: z.string() }) })),
});

const place = temporaryFolder();
beforeAll(() => void mkdirSync(place.folder, { recursive: true }));
let bed: MailBed;
beforeEach(async () => (bed = await layMailBed()));
afterEach(() => bed.bed.dispose());
afterAll(place.remove);

const inFolder = (name: string) => path.join(place.folder, name);
const apply = (csv: string, ...more: readonly string[]) => bed.run(["apply", "-", "--store", "Contoso HQ", "--container", container, ...more], csv);
const names = (count: number) => ["name", ...Array.from({ length: count }, (_, index) => `Team ${index + 1}`)].join("\n");
const isUp = { answer: () => null };

describe("mail-objects apply", () => {
  it("does each object by the first server that takes it, and writes one line an object", async () => {
    bed.far.answer = (server) => (server === "exb.contoso.lab" ? away : null);
    const { code, out, err } = await apply('name,alias\nSales,sales\n"=cmd()|A,""B""",cmd\n', "--result", inFolder("done.csv"));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Sales +Distribution group +Done +sales@contoso\.lab +exa\.contoso\.lab$/m);
    expect(out).toMatch(/^2 of 2 objects are done\. Run [\da-f-]{36}\.$/m);
    expect(out).not.toContain("To go on");
    expect(readFileSync(inFolder("done.csv"), "utf8")).toBe(
      ['\uFEFFname,type,state,address,server,why', "Sales,distribution-group,done,sales@contoso.lab,exa.contoso.lab,", `"'=cmd()|A,""B""",distribution-group,done,cmd@contoso.lab,exa.contoso.lab,`, ""].join("\r\n"),
    );
    // Windows keeps no such bits.
    expect([0o600, ...(process.platform === "win32" ? [0o666] : [])]).toContain(statSync(inFolder("done.csv")).mode & 0o777);
    expect(readdirSync(place.folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("does nothing where the result would have to take the place of a folder", async () => {
    mkdirSync(inFolder("a-folder"));
    const { code, err } = await apply("name\nSales\n", "--result", inFolder("a-folder"));
    expect(code).toBe(1);
    expect(err).toContain("it is a folder");
    expect(bed.far.asked).toEqual([]);
  });

  it("writes nothing while a line is refused, and leaves a result that is there", async () => {
    writeFileSync(inFolder("kept.csv"), "as it was");
    const { code, out } = await apply("name,alias\nSales,sales\nOther,ot her\n", "--result", inFolder("kept.csv"));
    expect(code).toBe(7);
    expect(out).toMatch(/^3 +Other +Alias: /m);
    expect(bed.far.present.size).toBe(0);
    expect(readFileSync(inFolder("kept.csv"), "utf8")).toBe("as it was");
  });

  it("does nothing where the result cannot be written", async () => {
    const { code, out, err } = await apply("name\nSales\n", "--result", inFolder("nowhere/done.csv"));
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^The output could not be written\. /);
    expect(bed.far.present.size).toBe(0);
  });

  it("ends with the code of what kept the first object, says why, and how to go on", async () => {
    bed.far.answer = (_server, name) => (name === "Team 2" ? away : null);
    const { code, out } = await apply(names(3));
    expect(code).toBe(4);
    expect(out).toMatch(/^Team 2 +Distribution group +Half done +- +-$/m);
    expect(out).toContain("  The group is in the directory, but not mail-enabled.\n");
    const { run } = runSchema.parse(JSON.parse((await bed.run(["resume", "--store", "contoso hq", "--json"])).out));
    expect(out).toContain(`To go on with it: messaging-console mail-objects resume ${run}\n`);
  });

  it("takes first passwords from the file and from standard input, and prints neither", async () => {
    const file = inFolder("users.csv");
    writeFileSync(file, "name,type,password\nAnna,mailbox,Of-The-File-1\nBert,mailbox,\n");
    const said = await bed.run(["apply", file, "--store", "Contoso HQ", "--container", container, "--json", "--result", inFolder("users-done.csv")], "Of-All-2\n");
    expect(said.code).toBe(0);
    expect([...bed.far.passwords]).toEqual([["Anna", "Of-The-File-1"], ["Bert", "Of-All-2"]]);
    expect(said.out + said.err + readFileSync(inFolder("users-done.csv"), "utf8")).not.toMatch(/Of-(The|All)/);
  });

  it("makes no user without a first password", async () => {
    expect(await apply("name,type\nAnna,mailbox\n")).toMatchObject({ code: 7, out: "" });
    expect(await apply("name,type\nAnna,mailbox\n", "--secrets")).toMatchObject({ code: 2, out: "" });
    const file = inFolder("nobody.csv");
    writeFileSync(file, "name,type\nAnna,mailbox\n");
    expect((await bed.run(["apply", file, "--store", "Contoso HQ", "--container", container, "--secrets"])).err).toContain("--secrets is given, but nothing comes on standard input");
    expect(await bed.run(["apply", file, "--store", "Contoso HQ", "--container", container, "--no-secrets"], "ignored")).toMatchObject({ code: 7, out: "" });
    expect(bed.far.present.size).toBe(0);
  });

  it("ends between two objects when it is stopped, and goes on later without doing anything twice", async () => {
    bed.far.answer = (_server, name) => {
      if (name === "Team 2") bed.stop();
      return null;
    };
    const stopped = await apply(names(4), "--json", "--result", inFolder("half.csv"));
    expect({ code: stopped.code, err: stopped.err }).toEqual({ code: 130, err: "" });
    const half = runSchema.parse(JSON.parse(stopped.out));
    expect(half).toMatchObject({ total: 4, counts: { done: 2, "half-done": 1, planned: 1 }, entries: [{ state: "done" }, { state: "done" }, { state: "half-done" }, { state: "planned" }] });
    expect(readFileSync(inFolder("half.csv"), "utf8").split("\r\n").slice(1, 5).map((line) => line.split(",")[2])).toEqual(["done", "done", "half-done", "planned"]);

    const again = await goOn();
    expect(again).toMatchObject({ run: half.run, counts: { done: 4 } });
    expect(bed.far.asked).toEqual(["exb.contoso.lab Team 1", "exb.contoso.lab Team 2", "exb.contoso.lab Team 3", "exb.contoso.lab Team 4"]);
  });

  it("writes a line for each of more objects than one answer or one page holds", async () => {
    const { code } = await apply(names(201), "--result", inFolder("many.csv"));
    expect(code).toBe(0);
    const lines = readFileSync(inFolder("many.csv"), "utf8").trimEnd().split("\r\n").slice(1);
    expect(lines.map((line) => line.split(",")[0])).toEqual(names(201).split("\n").slice(1));
  });
});

/** Goes on with the newest unfinished run. */
async function goOn() {
  const { out } = await bed.run(["resume", "--store", "Contoso HQ", "--json"]);
  return runSchema.parse(JSON.parse(out));
}

describe("mail-objects resume and undo", () => {
  async function halfDone() {
    bed.far.answer = () => away;
    const { code, out } = await apply("name\nSales\nSupport\n", "--json");
    expect(code).toBe(4);
    Object.assign(bed.far, isUp);
    return runSchema.parse(JSON.parse(out));
  }

  it("finishes one object, or all of a run", async () => {
    const { run, entries: [sales] } = await halfDone();
    const one = await bed.run(["resume", run, "--entry", sales?.id ?? "", "--json"]);
    expect(one.code).toBe(4);
    expect(runSchema.parse(JSON.parse(one.out)).counts).toEqual({ done: 1, "half-done": 1 });
    expect(await bed.run(["resume", run, "--result", inFolder("resumed.csv")])).toMatchObject({ code: 0, err: "" });
    expect(readFileSync(inFolder("resumed.csv"), "utf8")).toMatch(/^\uFEFFname.*\r\nSales,distribution-group,done,.*\r\nSupport,distribution-group,done,/);
  });

  it("prefers a run that was broken off to a newer one in which something was refused", async () => {
    const { run } = await halfDone();
    bed.far.isRefused = (name) => name === "Late";
    const late = await apply("name\nLate\n", "--json");
    expect(late.code).toBe(6);
    expect((await goOn()).run).toBe(run);
    // Nothing else is left then: what was refused is tried again.
    expect((await goOn()).run).toBe(runSchema.parse(JSON.parse(late.out)).run);
    bed.far.isRefused = () => false;
    expect((await goOn()).counts).toEqual({ done: 1 });
    expect(await bed.run(["resume", "--store", "Contoso HQ"])).toMatchObject({ code: 3, out: "" });
  });

  it("takes out of the directory what is half done, and only when it is meant", async () => {
    const { entries: [sales, support] } = await halfDone();
    expect(await bed.run(["undo", sales?.id ?? ""])).toMatchObject({ code: 2, out: "" });
    expect(bed.far.present.has(`CN=Sales,${container}`)).toBe(true);
    const undone = await bed.run(["undo", sales?.id ?? "", "--yes"]);
    expect(undone.code).toBe(0);
    expect(undone.out).toContain("Sales (Distribution group): Undone\n");
    expect([...bed.far.present.keys()]).toEqual([`CN=Support,${container}`]);
    expect(await bed.run(["undo", sales?.id ?? "", "--yes"])).toMatchObject({ code: 1 });
    expect((await bed.run(["undo", support?.id ?? "", "--yes", "--json"])).out).toMatch(/^\{.*"state":"undone".*\}\n$/);
  });

  it.each([
    ["no run and no store", ["resume"], 2],
    ["a run that there is not", ["resume", "nothing"], 3],
    ["a store without an unfinished run", ["resume", "--store", "Contoso HQ"], 3],
    ["an entry that there is not", ["undo", "nothing", "--yes"], 3],
    ["both kinds of secrets", ["apply", inFolder("both.csv"), "--store", "Contoso HQ", "--container", container, "--secrets", "--no-secrets"], 2],
  ] as const)("refuses %s", async (_what, args, code) => {
    writeFileSync(inFolder("both.csv"), "name,type\nAnna,mailbox\n");
    const said = await bed.run(args);
    expect(said).toMatchObject({ code, out: "" });
    expect(said.err).not.toBe("");
    expect(existsSync(inFolder("nothing"))).toBe(false);
  });
});
