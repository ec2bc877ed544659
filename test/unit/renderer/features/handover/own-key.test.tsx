// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, spoken, type Rendered } from "../../render.tsx";
import { holds } from "../mail-objects/support.tsx";
import { drop, ends, forgetAll, inputsOf, opened, openPage, OWN_KEY, type Answers } from "./support.tsx";

let page: Rendered | null = null;
const shown = () => page?.host.textContent ?? "";
const open = async (answers: Answers = {}) => {
  page = await openPage(answers, "import");
  await holds(() => expect(inputsOf("handover.key")).toHaveLength(1));
};

beforeEach(forgetAll);
afterEach(() => {
  page?.unmount();
  page = null;
  forgetAll();
  vi.unstubAllGlobals();
});

describe("the public key of this console", () => {
  it("is shown beside the import, with what it is for, and copied", async () => {
    const copied: string[] = [];
    vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) } }));
    await open();
    await holds(() => expect(shown()).toContain(OWN_KEY));
    expect(shown()).toContain("Send it to the engineer who prepares");
    await click(findButton("Copy the public key"));
    await holds(() => findButton("Copied"));
    expect(copied).toEqual([OWN_KEY]);
  });

  it("that does not open is said to, can be asked for again, and gives way to a new one when a person agrees", async () => {
    await open({ "handover.key": () => fail({ kind: "unreadable", what: "own-key-unreadable" }), "handover.newKey": () => succeed({ publicKey: OWN_KEY }) });
    await holds(() => expect(shown()).toContain("The key of this console cannot be opened"));
    await click(findButton("Try again"));
    await holds(() => expect(inputsOf("handover.key")).toHaveLength(2));
    await click(findButton("Make a new key"));
    await holds(() => expect(document.body.textContent).toContain("What was exported to the key before opens nowhere any more"));
    await click(findButton("Cancel"));
    expect(inputsOf("handover.newKey")).toEqual([]);
    await click(findButton("Make a new key"));
    const agree = await vi.waitUntil(() => document.querySelector<HTMLButtonElement>("[role='alertdialog'] button[type='submit'], [role='dialog'] button[type='submit'], dialog button[type='submit']"), { timeout: 5_000 });
    await click(agree);
    await holds(() => expect(shown()).toContain(OWN_KEY));
    await holds(() => expect(spoken("polite")).toContain("A new key was made."));
  });

  it("that cannot be kept offers no new one, which could not be kept either", async () => {
    await open({ "handover.key": () => fail({ kind: "not-stored", why: "no-protection" }) });
    await holds(() => expect(shown()).toContain("the system does not protect secrets at the moment"));
    expect(() => findButton("Make a new key")).toThrow("no button");
  });
});

it("a file that is sealed to it opens with an empty box, and is told as that", async () => {
  await open({ "handover.open": () => ends(succeed({ ...opened([]), sealed: "key" })) });
  await drop();
  await holds(() => findButton("Open"));
  await click(findButton("Open"));
  await holds(() => expect(shown()).toContain("Anybody who has that key can have made the file"));
  expect(inputsOf("handover.open")).toEqual([{ file: "f1", passphrase: null }]);
});
