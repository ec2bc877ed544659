// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lastExport } from "../../../../../renderer/features/handover/export-work.ts";
import { session } from "../../../../../renderer/stores/session.ts";
import type { Hello } from "../../../../../shared/contract/app.ts";
import type { Exported } from "../../../../../shared/contract/handover.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, spoken, type, type Rendered } from "../../render.tsx";
import { holds } from "../mail-objects/support.tsx";
import { areaOf, boxOf, ends, entryOf, forgetAll, handed, inputsOf, lasts, openPage, OWN_KEY, tickBox, type Answers } from "./support.tsx";

const LONG = "otter-velvet-canyon-mimic-tulip-anchor";
const exported: Exported = { fileName: "contoso.age", base64: btoa("sealed"), stores: 1, missing: [] };

let page: Rendered | null = null;
const shown = () => page?.host.textContent ?? "";
const isOff = (name: string | RegExp) => findButton(name).getAttribute("aria-disabled") === "true";
const saved: { readonly name: string; readonly blob: Blob }[] = [];
let made: Blob[] = [];

async function open(answers: Answers = {}): Promise<void> {
  page = await openPage(answers);
  await holds(() => expect(inputsOf("handover.contents")).toEqual([{ storeIds: null }]));
}

async function typeTwice(text: string): Promise<void> {
  await type(boxOf("passphrase"), text);
  await type(boxOf("passphrase-again"), text);
}

beforeEach(() => {
  forgetAll();
  made = [];
  saved.length = 0;
  Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${made.push(blob)}`, revokeObjectURL: () => {} });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    const blob = made.at(-1);
    if (blob !== undefined) saved.push({ name: this.download, blob });
  });
});
afterEach(() => {
  page?.unmount();
  page = null;
  forgetAll();
  vi.restoreAllMocks();
});

describe("the export", () => {
  it("says of each identity store what goes in, what cannot and what is not saved", async () => {
    await open({
      "handover.contents": () => succeed([handed({ unreadable: ["messaging.password"], hasDraft: true }), handed({ id: "s2", name: "Branch", kind: "entra-id", messaging: null, servers: 0, secrets: [] })]),
    });
    expect(entryOf("Contoso HQ")).toContain("Active Directory, Microsoft Exchange 2016, 3 mail servers");
    expect(entryOf("Contoso HQ")).toContain("With it go: Directory: Password.");
    expect(entryOf("Contoso HQ")).toContain("Cannot be opened on this computer and is left out: Microsoft Exchange: Password.");
    expect(entryOf("Contoso HQ")).toContain("Has unsaved work, which is not handed over.");
    expect(entryOf("Branch")).toContain("Microsoft Entra ID, Not chosen yet, 0 mail serversNo secret is stored.");
    expect([tickBox("Contoso HQ").checked, tickBox("Branch").checked]).toEqual([true, true]);
    await click(tickBox("All identity stores"));
    expect([tickBox("Contoso HQ").checked, tickBox("Branch").checked]).toEqual([false, false]);
    expect(shown()).toContain("Tick at least one identity store.");
    expect(isOff("Export 0 identity stores")).toBe(true);
  });

  it("of nothing says what to do first", async () => {
    await open({ "handover.contents": () => succeed([]) });
    expect(shown()).toContain("There is nothing to hand over.");
    expect(() => findButton(/^Export \d/)).toThrow("no button");
  });

  it("seals what is ticked with the passphrase, saves the file, says how to hand it over, and keeps no passphrase", async () => {
    await open({
      "handover.contents": () => succeed([handed(), handed({ id: "s2", name: "Branch" })]),
      "handover.export": () => ends(succeed({ ...exported, missing: [{ name: "Contoso HQ", secrets: ["messaging.password"] }] })),
    });
    await click(tickBox("Branch"));
    await typeTwice(LONG);
    await click(findButton("Export 1 identity store"));
    await holds(() => expect(shown()).toContain("1 identity store in contoso.age. Hand the passphrase over by another way than the file"));
    expect(inputsOf("handover.export")).toEqual([{ storeIds: ["s1"], protection: { by: "passphrase", passphrase: LONG } }]);
    expect(shown()).toContain("Left out of the fileContoso HQ: Microsoft Exchange: Password");
    expect([boxOf("passphrase").value, boxOf("passphrase-again").value]).toEqual(["", ""]);
    expect(JSON.stringify(lastExport.getState())).not.toContain("otter");
    expect(saved.map(({ name, blob }) => [name, blob.size, blob.type])).toEqual([["contoso.age", 6, "application/octet-stream"]]);
    expect(spoken("polite").join(" ")).toContain("1 identity store in contoso.age.");
  });

  it("takes no passphrase that is too short, and none that was typed unseen once or two ways", async () => {
    await open({ "handover.export": () => ends(succeed(exported)) });
    expect(isOff(/^Export 1/)).toBe(true);
    await typeTwice("short");
    expect(shown()).toContain("Too short: take at least 12 characters.");
    expect(shown()).toContain("Enter a passphrase of at least 12 characters.");
    await type(boxOf("passphrase"), LONG);
    expect(shown()).toContain("Strong: nobody guesses it.");
    expect(shown()).toContain("Enter the same passphrase twice.");
    await click(findButton(/^Export 1/));
    expect(inputsOf("handover.export")).toEqual([]);
    await click(findButton("Show"));
    expect(isOff(/^Export 1/)).toBe(false);
    expect(document.querySelector("[name='passphrase-again']")).toBeNull();
  });

  it("says what a passphrase is worth when that changes, not at each letter", async () => {
    await open();
    for (const text of ["pass", "password", "password12", "password1234", "password12345", LONG]) await type(boxOf("passphrase"), text);
    expect(spoken("polite").filter((line) => /^(Too short|Weak|Fair|Strong)/.test(line))).toEqual([
      "Too short: take at least 12 characters.",
      "Weak: whoever has the file may guess it.",
      "Strong: nobody guesses it.",
    ]);
  });

  it("suggests words, shows them, and takes them without being typed twice", async () => {
    await open({ "handover.words": () => succeed({ passphrase: LONG }), "handover.export": () => ends(succeed(exported)) });
    await click(findButton("Suggest words"));
    await holds(() => expect(boxOf("passphrase").value).toBe(LONG));
    expect(boxOf("passphrase").type).toBe("text");
    findButton("Copy");
    await click(findButton("Hide"));
    expect(boxOf("passphrase").type).toBe("password");
    await click(findButton(/^Export 1/));
    await holds(() => expect(inputsOf("handover.export")).toEqual([{ storeIds: ["s1"], protection: { by: "passphrase", passphrase: LONG } }]));
  });

  it("keeps suggested words in sight after the export: they are written down nowhere else", async () => {
    await open({ "handover.words": () => succeed({ passphrase: LONG }), "handover.export": () => ends(succeed(exported)) });
    await click(findButton("Suggest words"));
    await holds(() => expect(boxOf("passphrase").value).toBe(LONG));
    await click(findButton(/^Export 1/));
    await holds(() => expect(shown()).toContain("Hand the passphrase over"));
    expect(boxOf("passphrase").value).toBe(LONG);
  });

  it("without secrets asks for no passphrase, says that none go in, and sends none that was typed", async () => {
    await open({ "handover.export": () => ends(succeed({ ...exported, fileName: "contoso.json", base64: btoa("{}") })) });
    await typeTwice(LONG);
    await click(tickBox("Without secrets"));
    expect(document.querySelector("[name='passphrase']")).toBeNull();
    expect(entryOf("Contoso HQ")).toContain("Left out: Directory: Password, Microsoft Exchange: Password.");
    await click(findButton(/^Export 1/));
    await holds(() => expect(shown()).toContain("1 identity store in contoso.json."));
    expect(inputsOf("handover.export")).toEqual([{ storeIds: ["s1"], protection: { by: "nothing" } }]);
    expect(shown()).not.toContain("Hand the passphrase over");
    expect(saved[0]?.blob.type).toBe("application/json");
  });

  it("to a console's key asks for that alone, and says where it opens", async () => {
    await open({ "handover.export": () => ends(succeed(exported)) });
    await typeTwice(LONG);
    await click(tickBox("Sealed to the public keys of consoles"));
    expect(document.querySelector("[name='passphrase']")).toBeNull();
    expect(shown()).toContain("Paste the public key of each console that the file is for.");
    expect(isOff(/^Export 1/)).toBe(true);
    await type(areaOf("recipients"), OWN_KEY);
    expect(entryOf("Contoso HQ")).toContain("With it go: Directory: Password, Microsoft Exchange: Password.");
    await click(findButton(/^Export 1/));
    await holds(() => expect(shown()).toContain("1 identity store in contoso.age. It opens on the consoles that the keys are from, and nowhere else."));
    expect(inputsOf("handover.export")).toEqual([{ storeIds: ["s1"], protection: { by: "key", recipients: [OWN_KEY] } }]);
    expect(shown()).not.toContain("Hand the passphrase over");
    expect(saved[0]?.blob.type).toBe("application/octet-stream");
  });

  it("to what is no key says what is wrong with it beside it, until another one is entered", async () => {
    await open({ "handover.export": () => ends(fail({ kind: "invalid", issues: [{ path: ["recipients", 0], code: "recipient-ssh" }] })) });
    await click(tickBox("Sealed to the public keys of consoles"));
    await type(areaOf("recipients"), "ssh-ed25519 AAAA");
    await click(findButton(/^Export 1/));
    await holds(() => expect(shown()).toContain("This is an SSH key."));
    expect(shown()).not.toContain("One entry is not valid.");
    await type(areaOf("recipients"), OWN_KEY);
    expect(shown()).not.toContain("This is an SSH key.");
  });

  it("to several consoles takes a key a line, passes over remarks, and says which one is wrong", async () => {
    await open({ "handover.export": () => ends(fail({ kind: "invalid", issues: [{ path: ["recipients", 1], code: "recipient-mistyped" }] })) });
    await click(tickBox("Sealed to the public keys of consoles"));
    await type(areaOf("recipients"), `# HQ\n  ${OWN_KEY}\r\n\n# Branch\nage1branch\n`);
    await click(findButton(/^Export 1/));
    await holds(() => expect(shown()).toContain("Key 2: A character of this key is wrong"));
    expect(inputsOf("handover.export")).toEqual([{ storeIds: ["s1"], protection: { by: "key", recipients: [OWN_KEY, "age1branch"] } }]);
    await type(areaOf("recipients"), "# nothing but a remark\n");
    expect(shown()).toContain("Paste the public key of each console that the file is for.");
    await type(areaOf("recipients"), Array.from({ length: 21 }, () => OWN_KEY).join("\n"));
    expect(shown()).toContain("A file is sealed to at most 20 public keys.");
    expect(isOff(/^Export 1/)).toBe(true);
  });

  it("that main refuses leaves what was typed, and says what is wrong where it is", async () => {
    await open({ "handover.export": () => ends(fail({ kind: "invalid", issues: [{ path: ["passphrase"], code: "passphrase-short", facts: { limit: 12 } }] })) });
    await typeTwice(LONG);
    await click(findButton(/^Export 1/));
    await holds(() => expect(shown()).toContain("This passphrase is too short to protect anything. Take at least 12 characters"));
    expect(boxOf("passphrase").value).toBe(LONG);
    expect(saved).toEqual([]);
  });

  it("of an identity store that is gone looks again at which there are", async () => {
    await open({ "handover.export": () => ends(fail({ kind: "not-found", what: "identity-store" })) });
    await typeTwice(LONG);
    await click(findButton(/^Export 1/));
    await holds(() => expect(inputsOf("handover.contents")).toHaveLength(2));
    expect(shown()).toContain("This identity store does not exist any more.");
    expect(boxOf("passphrase").value).toBe(LONG);
  });

  it("can be cancelled, and then saves nothing and keeps what was typed", async () => {
    await open({ "handover.export": (_input, signal) => lasts(signal) });
    await typeTwice(LONG);
    await click(findButton(/^Export 1/));
    await holds(() => findButton("Cancel: Export of 1 identity store"));
    await click(findButton("Cancel: Export of 1 identity store"));
    await holds(() => expect(lastExport.getState().export?.result?.ok).toBe(false));
    expect(saved).toEqual([]);
    expect(boxOf("passphrase").value).toBe(LONG);
    expect(isOff(/^Export 1/)).toBe(false);
  });
});

describe("the site report", () => {
  const hello: Hello = { contract: "", version: "0.1.0", host: "loopback", platform: "linux", practice: true, dataDirectory: "", keyProtection: null, filePicker: "upload", user: "eva", storeNotice: null };
  const answers = (more: Answers = {}): Answers => ({
    "handover.contents": () => succeed([handed(), handed({ id: "s2", name: "Branch" })]),
    "expiry.list": () => succeed([]),
    "editor.open": ({ storeId }: { readonly storeId: string }) =>
      succeed({ store: { id: storeId, name: `Store ${storeId}`, connection: { kind: "entra-id", cloud: "worldwide", tenant: "contoso.com" }, directoryPassword: { state: "not-set" }, revision: 3 }, saved: null, draft: null, providers: [] }),
    "servers.watch": async function* watch() {
      yield { type: "snapshot", sequence: 0, entries: [] };
    },
    ...more,
  });

  it("is a page for each ticked identity store, which is not asked for a passphrase", async () => {
    session.setState({ hello });
    await open(answers());
    await click(findButton("Save the report of 2 identity stores"));
    await holds(() => expect(saved).toHaveLength(1));
    expect(saved[0]?.name).toMatch(/^Site report \d{4}-\d\d-\d\d\.html$/);
    const html = await saved[0]?.blob.text();
    for (const words of ["Store s1", "Store s2", "none of it is real"]) expect(html).toContain(words);
    expect(spoken("polite")).toContain("The report was handed to your downloads.");
    await click(tickBox("All identity stores"));
    expect(isOff("Save the report of 0 identity stores")).toBe(true);
  });

  it("says why it cannot be made, and saves nothing", async () => {
    session.setState({ hello });
    await open(answers({ "editor.open": () => fail({ kind: "not-found", what: "identity-store" }) }));
    await click(findButton("Save the report of 2 identity stores"));
    await holds(() => expect(shown()).toContain("This identity store does not exist any more."));
    expect(saved).toEqual([]);
    expect(isOff("Save the report of 2 identity stores")).toBe(false);
  });
});

describe("the scripts for the management shell", () => {
  const hello: Hello = { contract: "", version: "0.1.0", host: "loopback", platform: "linux", practice: false, dataDirectory: "", keyProtection: null, filePicker: "upload", user: "eva", storeNotice: null };
  const form = (server: string) => ({ choice: { provider: "exchange", variant: "2013" }, settings: { provider: "exchange2013", parameters: {}, asks: { for: "credential", account: null }, server: { from: "chosen" } }, servers: [server], values: [] });

  it("set what is there, and put back what was before, as files of their own", async () => {
    session.setState({ hello });
    await open({ "handover.shell": () => succeed([{ name: "Contoso HQ", now: form("exb"), before: form("exa") }]) });
    await click(findButton("Save the script that sets them"));
    await holds(() => expect(saved).toHaveLength(1));
    await click(findButton("Save the script that puts back what was before"));
    await holds(() => expect(saved).toHaveLength(2));
    expect(inputsOf("handover.shell")).toEqual([{ storeIds: ["s1"] }, { storeIds: ["s1"] }]);
    expect(saved.map(({ name }) => name.replace(/ \S+$/, ""))).toEqual(["Set messaging system", "Put messaging system back"]);
    const [apply = "", undo = ""] = await Promise.all(saved.map(({ blob }) => blob.text()));
    expect(apply).toContain("-SmtpServer 'exb' -Priority 1");
    expect(undo).toContain("-SmtpServer 'exa' -Priority 1");
  });

  it("are not made of nothing, and say why they cannot be made", async () => {
    session.setState({ hello });
    await open({ "handover.shell": () => fail({ kind: "not-found", what: "identity-store" }) });
    await click(findButton("Save the script that sets them"));
    await holds(() => expect(shown()).toContain("This identity store does not exist any more."));
    await click(tickBox("All identity stores"));
    expect(isOff("Save the script that sets them")).toBe(true);
    expect(saved).toEqual([]);
  });
});

describe("the carry-in probe", () => {
  const HELLO: Hello = { contract: "", version: "1", host: "electron", platform: "linux", practice: false, dataDirectory: "/d", keyProtection: "key-file", filePicker: "upload", user: "a", storeNotice: null };
  const task = { storeId: "s1", storeName: "Contoso HQ", provider: "exchange", server: "exa.contoso.lab", port: 443, page: null };

  it("says, and says aloud, of which identity stores and how many servers its script asks nothing", async () => {
    session.setState({ hello: HELLO });
    await open({ "handover.probe": () => succeed({ tasks: [task], nothing: ["Branch", "Lab"], leftOut: 3 }) });
    await click(findButton("Save the probe script"));
    await holds(() => expect(saved).toHaveLength(1));
    const words = "Nothing to ask of Branch, Lab. Left out: 3 mail servers; one script asks no more than 500. Name fewer identity stores.";
    expect(shown()).toContain(words);
    await holds(() => expect(spoken("polite").join(" ")).toContain(words));
  });
});
