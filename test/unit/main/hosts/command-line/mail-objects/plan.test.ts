import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readColumns } from "../../../../../../main/hosts/command-line/mail-objects/batch.ts";
import { UsageError } from "../../../../../../main/hosts/command-line/verb.ts";
import { temporaryFolder } from "../../../store/support.ts";
import { container, layMailBed, type MailBed } from "./mail-bed.ts";

let bed: MailBed;
const place = temporaryFolder();
beforeAll(() => void mkdirSync(place.folder, { recursive: true }));
beforeEach(async () => (bed = await layMailBed()));
afterEach(() => bed.bed.dispose());
afterAll(place.remove);

const plan = (csv: string, ...more: readonly string[]) => bed.run(["plan", "-", "--store", "contoso hq", "--container", container, ...more], csv);

describe("mail-objects plan", () => {
  it("says what is created where, in which order servers are asked, and what is left by hand", async () => {
    const { code, out, err } = await plan("name,type\nSales,distribution-group\nAnna Berg,mailbox\n");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n")).toEqual([
      "Type                 Name       Where                                     Address",
      `Distribution group   Sales      CN=Sales,${container}      sales@contoso.lab`,
      `User with a mailbox  Anna Berg  CN=Anna Berg,${container}  anna.berg@contoso.lab`,
      "",
      "2 objects",
      "",
      "What happens:",
      "  1. The object is made in the directory",
      "  2. Its mail part is made on a mail server",
      "",
      "Servers, in the order in which they are tried:",
      "  1. exb.contoso.lab is tried first",
      "  2. exa.contoso.lab, if those before it cannot be reached",
      "",
      "Left to do by hand:",
      "  The group is made without members. A directory synchronisation, such as Microsoft Entra Connect, carries membership between Active Directory and Office 365.",
      "",
    ]);
    expect(bed.far.present.size).toBe(0);
  });

  it("plans every line of a file, not a sample", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `Team ${index}`);
    const { out } = await plan(["name", ...names].join("\n"), "--json");
    expect(JSON.parse(out)).toMatchObject({ store: "Contoso HQ", objects: 30, refused: 0, plans: names.map((name) => ({ request: { name }, order: ["exb.contoso.lab", "exa.contoso.lab"] })) });
  });

  it("names refused lines with their numbers and reasons, and ends with 7", async () => {
    bed.far.present.set(`CN=Old,${container}`, false);
    const { code, out, err } = await plan("type,name,alias\ngroop,Sales,sales\ngroup,Other,ot her\ngroup,Old,old\ngroup,Fine,fine\ngroup,Again,fine\n");
    expect({ code, err }).toEqual({ code: 7, err: "" });
    expect(out).toMatch(/^2 +Sales +Type: This is no kind of mail object\./m);
    expect(out).toMatch(/^3 +Other +Alias: No valid address comes of this alias\.$/m);
    expect(out).toMatch(/^4 +Old +Name: There is already an object of that name in the same container\.$/m);
    expect(out).toMatch(/^6 +Again +Alias: Line 5 of the file has the same\.$/m);
    expect(out).not.toContain("Fine");
  });

  it("prints the equivalent PowerShell and nothing else", async () => {
    const { out } = await plan("name\nSales\nSupport\n", "--commands");
    expect(out.split("\n").filter((line) => line.startsWith("Enable-Toy"))).toEqual(["Enable-Toy 'sales' -Server 'exb.contoso.lab'", "Enable-Toy 'support' -Server 'exb.contoso.lab'"]);
    expect(out.split("\n").filter((line) => line !== "" && !/^(Enable-Toy|New-ADGroup) /.test(line))).toEqual([]);
  });

  it("asks the directory nothing where it is told to", async () => {
    bed.far.present.set(`CN=Old,${container}`, false);
    expect((await plan("name\nOld\n")).code).toBe(7);
    expect((await plan("name\nOld\n", "--no-directory")).code).toBe(0);
  });

  it("takes a file, with columns that somebody chose beside those that say it themselves", async () => {
    const file = path.join(place.folder, "groups.csv");
    writeFileSync(file, "Gruppe;Kurz;address\nVertrieb;sales;s@contoso.lab\n");
    const { code, out } = await bed.run(["plan", file, "--store", "Contoso HQ", "--container", container, "--map", "name=Gruppe,alias=Kurz", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ fileName: "groups.csv", mapping: { name: "Gruppe", alias: "Kurz", address: "address" }, plans: [{ request: { name: "Vertrieb", alias: "sales", address: "s@contoso.lab" } }] });
  });

  it.each([
    ["no file on standard input", "", [], 2],
    ["a file that is missing", "", ["nowhere.csv"], 3],
    ["a column that the file does not have", "name\nSales\n", ["-", "--map", "alias=Nick"], 2],
    ["a property that there is not", "name\nSales\n", ["-", "--map", "nick=name"], 2],
    ["a file without names", "name\n", ["-"], 1],
  ] as const)("refuses %s", async (_what, csv, [file = "-", ...more], code) => {
    const said = await bed.run(["plan", file, "--store", "Contoso HQ", ...more], csv);
    expect(said).toMatchObject({ code, out: "" });
    expect(said.err).not.toBe("");
  });
});

describe("columns that somebody chose", () => {
  it("are pairs of a property and a column, and a property without one is not in the file", () => {
    expect(readColumns("NAME=Display name, alias=mailNickname,password=", [])).toEqual({ name: "Display name", alias: "mailNickname", password: null });
  });

  it.each([["name"], ["=x"], ["name=a,name=b"], ["nam=a"]])("are refused where they make no sense: %s", (typed) => {
    expect(() => readColumns(typed, [])).toThrow(UsageError);
  });
});
