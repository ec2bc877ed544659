// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { journalCsv } from "../../../../../renderer/features/journal/export.ts";
import { JournalPage } from "../../../../../renderer/features/journal/journal-page.tsx";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import type { JournalEntry } from "../../../../../shared/model/mail-object.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, render, type, type Rendered } from "../../render.tsx";
import { entry, group, step } from "../mail-objects/fixtures.ts";
import { answer, box, forgetAll, holds, inputsOf, work } from "../mail-objects/support.tsx";

const half = entry({ id: "e2", state: "half-done", object: { identity: "CN=Sales,DC=contoso,DC=lab", guid: null, controller: "dc1.contoso.lab" }, steps: [step(1, { kind: "create", server: "dc1.contoso.lab", ms: 35 })] });

let page: Rendered | null = null;
const shown = () => page?.host.textContent ?? "";

async function open(entries: readonly JournalEntry[], answers: Parameters<typeof answer>[0] = {}, route = {}): Promise<void> {
  answer({ "mailObjects.journal": () => succeed({ entries, next: null }), ...answers });
  navigation.setState({ route: { page: "journal", ...route } });
  page = await render(<JournalPage />);
  await holds(() => expect(inputsOf("mailObjects.journal").length).toBeGreaterThan(0));
}

beforeEach(forgetAll);
afterEach(() => {
  page?.unmount();
  page = null;
  forgetAll();
});

describe("the journal", () => {
  it("asks main for what its address says, and shows every step on demand", async () => {
    await open([half], {}, { store: "s", state: "half-done", run: "r1", search: "sales" });
    expect(inputsOf("mailObjects.journal")[0]).toMatchObject({ storeId: "s", states: ["half-done"], run: "r1", search: "sales", before: null });
    await holds(() => expect(shown()).toContain("The group is in the directory, but not mail-enabled."));
    expect(shown()).not.toContain("made the object");
    const button = findButton("Everything that was tried with Sales");
    await click(button);
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(shown()).toContain("dc1.contoso.lab made the object in 35 ms");
    expect(shown()).toContain("CN=Sales,DC=contoso,DC=lab");
  });

  it("shows nothing of another filter as if it had passed this one, where the answer fails", async () => {
    let isDown = false;
    await open([], { "mailObjects.journal": () => (isDown ? fail({ kind: "internal", incident: "abc" }) : succeed({ entries: [half], next: null })) });
    await holds(() => expect(page?.host.querySelectorAll("tbody tr")).toHaveLength(1));
    isDown = true;
    await act(async () => navigation.setState({ route: { page: "journal", state: "done" } }));
    await holds(() => expect(shown()).toContain("Something went wrong inside the console."));
    expect(page?.host.querySelectorAll("tbody tr")).toHaveLength(0);
  });

  it("takes a state that there is not for none", async () => {
    await open([], {}, { state: "lost" });
    expect(inputsOf("mailObjects.journal")[0]).toMatchObject({ states: [] });
    await holds(() => expect(shown()).toContain("Nothing has been done with mail objects yet"));
  });

  it("offers nothing for what is done or under way", async () => {
    await open([entry(), entry({ id: "e3", state: "running" }), entry({ id: "e4", state: "undone" })]);
    await holds(() => expect(page?.host.querySelectorAll("tbody tr")).toHaveLength(3));
    expect(() => findButton(/^(Finish|Undo)/)).toThrow("no button");
  });

  it("deletes only after a question that names what goes", async () => {
    await open([half], { "mailObjects.undo": () => work([], succeed({ ...half, state: "undone", object: null })) });
    await holds(() => findButton("Undo Sales"));
    await click(findButton("Undo Sales"));
    expect(document.querySelector("[role='alertdialog']")?.textContent).toContain("CN=Sales,DC=contoso,DC=lab");
    expect(inputsOf("mailObjects.undo")).toEqual([]);
    await click(findButton("Delete"));
    await holds(() => expect(inputsOf("mailObjects.undo")).toEqual([{ entry: "e2" }]));
  });

  it("asks for a first password again where the user is still to be made", async () => {
    const user = entry({ id: "e5", state: "interrupted", request: { ...group, type: "mailbox", name: "Anna" } });
    await open([user], { "mailObjects.resume": () => work([], succeed({ run: "r1", total: 1, counts: { done: 1 }, entries: [{ ...user, state: "done" }] })) });
    await holds(() => findButton("Finish now: Anna"));
    await click(findButton("Finish now: Anna"));
    expect(inputsOf("mailObjects.resume")).toEqual([]);
    expect(findButton("Finish").getAttribute("aria-disabled")).toBe("true");
    await type(box("password"), "Correct-Horse-9");
    await click(findButton("Finish"));
    await holds(() => expect(inputsOf("mailObjects.resume")).toEqual([{ run: "r1", entry: "e5", password: "Correct-Horse-9" }]));
  });

  it("keeps no first password: neither of a dialog that was left, nor of one that was given", async () => {
    const user = entry({ id: "e5", state: "interrupted", request: { ...group, type: "mailbox", name: "Anna" } });
    await open([user], { "mailObjects.resume": () => work([], new Promise(() => undefined)) });
    await holds(() => findButton("Finish now: Anna"));
    await click(findButton("Finish now: Anna"));
    await type(box("password"), "Correct-Horse-9");
    await click(findButton("Cancel"));
    await click(findButton("Finish now: Anna"));
    expect(box("password").value).toBe("");
    await type(box("password"), "Correct-Horse-9");
    await click(findButton("Finish"));
    await holds(() => expect(inputsOf("mailObjects.resume")).toHaveLength(1));
    // It is still under way.
    expect(document.querySelector<HTMLInputElement>("[name='password']")?.value ?? "").toBe("");
  });
});

describe("the journal as a CSV", () => {
  it("has one line an entry, and runs nothing in a spreadsheet", async () => {
    const text = await journalCsv([entry({ request: { ...group, name: "=1+1" }, steps: [step(1, { ms: 240 })] }), half]);
    const lines = text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(3);
    expect(text.startsWith("\uFEFFWhen,Run,Place")).toBe(true);
    expect(lines[1]).toContain("'=1+1");
    expect(lines[1]).toContain("exa.contoso.lab did it in 240 ms");
    expect(lines[2]).toContain("Half done");
  });
});
