// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imports, noImport } from "../../../../../renderer/features/handover/import-state.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { session } from "../../../../../renderer/stores/session.ts";
import type { ComparedStore, ImportedStore } from "../../../../../shared/contract/handover.ts";
import { progress } from "../../../../../shared/contract/progress.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, spoken, type, type Rendered } from "../../render.tsx";
import { holds, select } from "../mail-objects/support.tsx";
import { boxOf, compared, drop, ends, entryOf, forgetAll, inputsOf, lasts, opened, openPage, tickBox, type Answers } from "./support.tsx";

const here = { id: "s1", name: "Headquarters", by: "id" } as const;
const change = (key: string, secret = false) => ({ key, provider: "exchange", before: secret ? null : "old.lab", after: secret ? "changed" : "new.lab", secret });
const fresh = compared({ place: 0, name: "Branch", missing: ["messaging.password"] });
const changed = compared({ place: 1, match: here, state: "changed", changes: [change("values.domain"), change("secrets.password", true)] });
const same = compared({ place: 2, name: "Lab", match: { id: "s3", name: "Lab", by: "name" }, state: "same" });
const refused = compared({ place: 3, name: "Old", state: "refused", fault: { kind: "invalid", issues: [{ path: ["name"], code: "name-taken" }] } });
const imported = (change: Partial<ImportedStore>): ImportedStore => ({ place: 0, name: "Branch", id: "s9", outcome: "created", revision: 1, missing: [], fault: null, ...change });

let page: Rendered | null = null;
const shown = () => page?.host.textContent ?? "";
const isOff = (name: string | RegExp) => findButton(name).getAttribute("aria-disabled") === "true";

async function choose(answers: Answers): Promise<void> {
  page = await openPage(answers, "import");
  await drop();
  await holds(() => findButton("Open"));
}

async function open(stores: readonly ComparedStore[], answers: Answers = {}): Promise<void> {
  await choose({ "handover.open": () => ends(succeed(opened(stores))), ...answers });
  await type(boxOf("open-passphrase"), "otter-velvet-canyon");
  await click(findButton("Open"));
  await holds(() => expect(shown()).toContain("What is in the file"));
}

const asOf = (name: string) => document.querySelector<HTMLSelectElement>(`select[aria-label='Import as: ${name}']`) ?? document.createElement("select");

beforeEach(forgetAll);
afterEach(() => {
  page?.unmount();
  page = null;
  session.setState({ hello: null });
  forgetAll();
});

describe("opening a handover file", () => {
  it("sends what was dropped for this purpose, and asks with its passphrase, which is not kept", async () => {
    await open([fresh, same]);
    expect(inputsOf("files.receive")).toEqual([{ name: "stores.age", size: 4, purpose: "handover" }]);
    expect(inputsOf("handover.open")).toEqual([{ file: "f1", passphrase: "otter-velvet-canyon" }]);
    expect(boxOf("open-passphrase").value).toBe("");
    expect(JSON.stringify(imports.getState())).not.toContain("otter");
    expect(shown()).toContain("CONTOSO\\ann");
    expect(shown()).toContain("0.1.0");
    await holds(() => expect(spoken("polite")).toContain("2 identity stores are in the file."));
  });

  it("takes one that the host's own picker chose", async () => {
    session.setState({
      hello: { contract: "", version: "1", host: "electron", platform: "linux", practice: false, dataDirectory: "/d", keyProtection: "key-file", filePicker: "native", user: "a", storeNotice: null },
    });
    page = await openPage({ "files.pick": () => succeed({ file: "f2", name: "picked.json", size: 9 }) }, "import");
    await click(findButton("Choose file…"));
    await holds(() => expect(shown()).toContain("picked.json"));
    expect(inputsOf("files.pick")).toEqual([{ purpose: "handover" }]);
  });

  it("with an empty passphrase gives none, and says it is sealed where one is wanted", async () => {
    await choose({ "handover.open": () => ends(fail({ kind: "invalid", issues: [{ path: ["passphrase"], code: "required" }] })) });
    await click(findButton("Open"));
    await holds(() => expect(shown()).toContain("The file is sealed. Enter its passphrase."));
    expect(inputsOf("handover.open")).toEqual([{ file: "f1", passphrase: null }]);
    expect(shown()).not.toContain("One entry is not valid.");
    expect(document.activeElement).toBe(boxOf("open-passphrase"));
  });

  it("with a wrong passphrase says so, and keeps the file and what was typed", async () => {
    await choose({ "handover.open": () => ends(fail({ kind: "wrong-password", subject: "handover" })) });
    await type(boxOf("open-passphrase"), "otter-velvet-canyom");
    await click(findButton("Open"));
    await holds(() => expect(shown()).toContain("The passphrase does not open the handover file."));
    expect(boxOf("open-passphrase").value).toBe("otter-velvet-canyom");
    expect(shown()).toContain("stores.age");
    expect(inputsOf("files.release")).toEqual([]);
  });

  it("can be cancelled, and keeps the file", async () => {
    await choose({ "handover.open": (_input, signal) => lasts(signal) });
    await click(findButton("Open"));
    await holds(() => findButton("Cancel: Opening stores.age"));
    await click(findButton("Cancel: Opening stores.age"));
    await holds(() => expect(isOff("Open")).toBe(false));
    expect(shown()).toContain("stores.age");
  });

  it("lets go of the file and of what was opened when another one comes, when it is removed, and when the page is left", async () => {
    await open([fresh]);
    await drop();
    await holds(() => expect(inputsOf("handover.release")).toEqual([{ bundle: "b1" }]));
    expect(inputsOf("files.release")).toEqual([{ file: "f1" }]);
    await click(findButton("Remove stores.age"));
    expect(inputsOf("files.release")).toHaveLength(2);
    await drop();
    await holds(() => findButton("Open"));
    await click(findButton("Open"));
    await holds(() => expect(shown()).toContain("What is in the file"));
    page?.unmount();
    page = null;
    expect(inputsOf("handover.release")).toHaveLength(2);
    expect(inputsOf("files.release")).toHaveLength(3);
    expect(imports.getState()).toEqual(noImport);
  });

  it("keeps what was opened while one looks at the other part of the page", async () => {
    await open([fresh]);
    await act(async () => navigation.setState({ route: { page: "handover" } }));
    await act(async () => navigation.setState({ route: { page: "handover", way: "import" } }));
    expect(shown()).toContain("What is in the file");
    expect(inputsOf("handover.release")).toEqual([]);
  });

  it("gives back what was opened too late for anybody to see it", async () => {
    let finish = () => {};
    const wait = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await choose({
      "handover.open": async function* () {
        yield progress("opening-bundle");
        await wait;
        yield { type: "done", result: succeed(opened([fresh])) };
      },
    });
    await click(findButton("Open"));
    page?.unmount();
    page = null;
    finish();
    await holds(() => expect(inputsOf("handover.release")).toEqual([{ bundle: "b1" }]));
    expect(imports.getState().bundle).toBeNull();
  });
});

describe("what importing would do", () => {
  it("is said of each identity store; what changes nothing or is refused cannot be ticked", async () => {
    await open([{ ...fresh, changes: [change("values.domain")] }, changed, same, refused]);
    expect(entryOf("Branch")).toContain("New");
    findButton("1 field of Branch");
    expect(entryOf("Branch")).toContain("Comes as a draft: enter Microsoft Exchange: Password and save it.");
    expect(entryOf("Contoso HQ")).toContain("Changes 2 fields");
    expect(entryOf("Contoso HQ")).toContain("Is here as Headquarters, found by its identifier.");
    expect(entryOf("Lab")).toContain("Nothing changes");
    expect(entryOf("Lab")).toContain("Is here as Lab, found by its name.");
    expect(entryOf("Old")).toContain("Refused. Name: Another identity store has this name.");
    expect(["Branch", "Contoso HQ", "Lab", "Old"].map((name) => [tickBox(name).checked, tickBox(name).disabled])).toEqual([[true, false], [true, false], [false, true], [false, true]]);
  });

  it("is shown change by change, of a secret only that it changes", async () => {
    await open([changed]);
    const button = findButton("2 changes of Contoso HQ");
    await click(button);
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(entryOf("Contoso HQ")).toContain("Domain nameold.labnew.labdifferent");
    expect(entryOf("Contoso HQ")).toContain("Passwordchangeddifferent");
  });

  it("is said to be here or in the file, where one of both alone has it", async () => {
    const both = [{ ...change("values.domain"), before: null }, { ...change("values.username"), after: null }];
    await open([{ ...changed, changes: both }]);
    await click(findButton("2 changes of Contoso HQ"));
    expect(entryOf("Contoso HQ")).toContain("emptynew.labonly in the file");
    expect(entryOf("Contoso HQ")).toContain("old.labemptyonly here");
  });

  it("of what lacks secrets alone is not called a change", async () => {
    await open([compared({ match: here, state: "changed", missing: ["directory.password"] })]);
    expect(entryOf("Contoso HQ")).toContain("Nothing changes, but secrets are missing");
  });

  it("throws unsaved work away only where that was agreed to, and where it is in the way", async () => {
    await open([{ ...changed, hasDraft: true }], { "handover.apply": () => ends(succeed([imported({ place: 1, name: "Contoso HQ", id: "s1", outcome: "saved", revision: 4 })])) });
    expect(shown()).toContain("Unsaved work is in the way.");
    expect(isOff("Import 1 identity store")).toBe(true);
    await click(findButton("Import 1 identity store"));
    expect(inputsOf("handover.apply")).toEqual([]);
    // A new store meets no unsaved work.
    await select(asOf("Contoso HQ"), "new");
    expect(isOff("Import 1 identity store")).toBe(false);
    expect(shown()).not.toContain("Throw unsaved work away");
    await select(asOf("Contoso HQ"), "match");
    await click(tickBox("Throw unsaved work away where it is in the way"));
    await click(findButton("Import 1 identity store"));
    await holds(() => expect(inputsOf("handover.apply")).toEqual([{ bundle: "b1", stores: [{ place: 1, storeId: "s1" }], discardDrafts: true }]));
  });
});

describe("the import", () => {
  it("does what is ticked where it is to go, and tells what came of each, with the way there", async () => {
    await open([fresh, changed, same, refused], {
      "handover.apply": () =>
        ends(
          succeed([
            imported({ outcome: "draft", revision: null, missing: ["messaging.password"] }),
            imported({ place: 1, name: "Contoso HQ", id: null, outcome: "refused", revision: null, fault: { kind: "invalid", issues: [{ path: ["name"], code: "name-taken" }] } }),
          ]),
        ),
    });
    await select(asOf("Contoso HQ"), "new");
    await click(findButton("Import 2 identity stores"));
    await holds(() => expect(shown()).toContain("What came of stores.age"));
    expect(inputsOf("handover.apply")).toEqual([{ bundle: "b1", stores: [{ place: 0, storeId: null }, { place: 1, storeId: null }], discardDrafts: false }]);
    expect(entryOf("Branch")).toContain("Here as a draft.Still to be entered: Microsoft Exchange: Password. Then save it.");
    expect([...document.querySelectorAll("a")].find((link) => link.textContent === "Branch")?.getAttribute("href")).toBe("#/stores/s9/messaging-system");
    expect(entryOf("Contoso HQ")).toContain("Refused. Name: Another identity store has this name.");
    // What did not go well comes first.
    expect([...document.querySelectorAll("ul[aria-label='Imported identity stores'] li")].map((entry) => entry.textContent.slice(0, 6))).toEqual(["Contos", "Branch"]);
    await holds(() => expect(spoken("polite").join(" ")).toContain("1 identity store imported. 1 of them is a draft until its secrets are entered. 1 was refused."));
    expect(inputsOf("handover.release")).toEqual([{ bundle: "b1" }]);
    expect(inputsOf("files.release")).toEqual([{ file: "f1" }]);
  });

  it("of nothing is not offered", async () => {
    await open([fresh]);
    await click(tickBox("Branch"));
    expect(shown()).toContain("Tick at least one identity store.");
    expect(isOff("Import 0 identity stores")).toBe(true);
  });

  it("that is refused as a whole leaves every choice in its place", async () => {
    await open([fresh, changed], { "handover.apply": () => ends(fail({ kind: "not-stored", why: "disk-full" })) });
    await click(tickBox("Branch"));
    await select(asOf("Contoso HQ"), "new");
    await click(findButton("Import 1 identity store"));
    await holds(() => expect(shown()).toContain("Not saved: the disk is full."));
    expect([tickBox("Branch").checked, tickBox("Contoso HQ").checked, asOf("Contoso HQ").value]).toEqual([false, true, "new"]);
  });

  it("of a file that is not held open any more asks to open it again", async () => {
    await open([fresh], { "handover.apply": () => ends(fail({ kind: "not-found", what: "bundle" })) });
    await click(findButton("Import 1 identity store"));
    await holds(() => expect(shown()).toContain("The opened handover file is not held any more"));
    expect(shown()).not.toContain("What is in the file");
    findButton("Open");
  });

  it("that was cancelled shows no comparison that may be over, and says what to do", async () => {
    await open([fresh, changed], { "handover.apply": (_input, signal) => lasts(signal) });
    await click(findButton("Import 2 identity stores"));
    await holds(() => findButton("Cancel: Import of stores.age"));
    expect(isOff("Choose file…")).toBe(true);
    await click(findButton("Cancel: Import of stores.age"));
    await holds(() => expect(shown()).toContain("What was imported before that stays. Open the file again to see what is left."));
    expect(shown()).not.toContain("What is in the file");
    expect(inputsOf("handover.release")).toEqual([{ bundle: "b1" }]);
    findButton("Open");
  });

  it("goes on when the page is left, and is not ended by another file", async () => {
    let finish = () => {};
    const wait = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await open([fresh], {
      "handover.apply": async function* () {
        yield progress("importing-stores", { done: 0, total: 1 });
        await wait;
        yield { type: "done", result: succeed([imported({})]) };
      },
    });
    await click(findButton("Import 1 identity store"));
    await drop("other.age");
    expect(inputsOf("files.receive")).toHaveLength(1);
    page?.unmount();
    page = null;
    await act(async () => navigation.setState({ route: { page: "stores" } }));
    expect(inputsOf("handover.release")).toEqual([]);
    finish();
    await holds(() => expect(imports.getState().outcome?.stores).toHaveLength(1));
    expect(inputsOf("handover.release")).toEqual([{ bundle: "b1" }]);
  });
});
