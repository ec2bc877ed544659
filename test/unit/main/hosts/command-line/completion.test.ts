import { describe, expect, it } from "vitest";
import { offerAfter } from "../../../../../main/hosts/command-line/completion.ts";
import { verbs } from "../../../../../main/hosts/command-line/verbs/index.ts";

describe("completion", () => {
  it.each<[typed: readonly string[], offer: readonly string[] | string]>([
    [[], [...verbs.map(({ name }) => name), "help"]],
    [["help"], verbs.map(({ name }) => name)],
    [["completion"], ["bash", "powershell", "words"]],
    [["stores", "set"], "stores"],
    [["stores", "set", "HQ"], "files"],
    [["--json", "status", "--store"], "stores"],
    [["status", "--store", "HQ", "--timeout"], "files"],
    [["certificate"], "files"],
    [["--data"], "files"],
    [["--data", "folder", "stores", "get"], "stores"],
    [["mail-objects"], ["plan", "apply", "resume", "undo", "journal", "rehearse"]],
    [["mail-objects", "apply"], "files"],
    [["jobs"], ["plan", "run", "resume", "history", "task", "export", "import", "enable", "disable", "remove"]],
    [["jobs", "import", "starters.json", "--store"], "stores"],
    [["mail-objects", "plan", "groups.csv", "--store"], "stores"],
    [["mail-objects", "rehearse", "--action"], ["create", "enable", "disable"]],
    [["nonsense"], "files"],
  ])("after %j offers %j", (typed, offer) => {
    expect(offerAfter(typed, verbs, false)).toEqual(offer);
  });

  it("offers the options of the form that is typed, and none twice", () => {
    expect(offerAfter(["stores", "set"], verbs, true)).toEqual(expect.arrayContaining(["--secrets", "--discard-draft", "--data"]));
    expect(offerAfter(["stores", "add"], verbs, true)).not.toContain("--discard-draft");
    expect(offerAfter(["servers", "--sync"], verbs, true)).toEqual(expect.arrayContaining(["--store", "--save"]));
    expect(offerAfter(["servers", "--sync"], verbs, true)).not.toContain("--sync");
  });
});
