// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileOf, removeMailFile, sendMailFile, takeMailFile } from "../../../../../renderer/features/mail-objects/file-state.ts";
import { FileWay } from "../../../../../renderer/features/mail-objects/file-way.tsx";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { preferences } from "../../../../../renderer/stores/preferences.ts";
import { madeProgress, progress } from "../../../../../shared/contract/progress.ts";
import type { ColumnMapping, MailBatch, RunSummary } from "../../../../../shared/contract/mail-objects.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, render, spoken, type, type Rendered } from "../../render.tsx";
import { entry, group, offer, planOf, step } from "./fixtures.ts";
import { answer, box, forgetAll, holds, inputsOf, journalOf, select, work } from "./support.tsx";

const route = { page: "store", id: "s", section: "mail-objects", way: "file" } as const;
const mapping: ColumnMapping = { type: null, name: "Name", container: null, alias: null, address: null, externalAddress: null, accountName: null, password: null };
const batch = (change: Partial<MailBatch> = {}): MailBatch => ({ batch: "b1", fileName: "pasted.csv", columns: ["Name", "Alias"], mapping, objects: 3, refused: 0, lines: [], sample: [planOf(group)], ...change });

async function* received() {
  yield progress("transfer", { detail: "t1" });
  yield { type: "done", result: succeed({ file: "f1", name: "pasted.csv", size: 20 }) };
}

/** A file that is done, as main tells of it. */
async function* begun(summary: Pick<RunSummary, "counts" | "entries">) {
  const total = summary.entries.length;
  yield progress("run-begun", { detail: "r1", done: 0, total });
  yield { type: "done", result: succeed({ run: "r1", total, ...summary }) };
}

let page: Rendered | null = null;
const shown = () => page?.host.textContent ?? "";

async function open(answers: Parameters<typeof answer>[0]): Promise<void> {
  answer({ "files.receive": () => received(), "files.part": () => succeed(null), ...answers });
  navigation.setState({ route });
  page = await render(<FileWay storeId="s" offer={offer} route={route} />);
  await type(box("lines"), "Name,Alias\nSales,sales\n");
  await click(findButton("Read these lines"));
  await holds(() => expect(shown()).toContain("Check"));
}

beforeEach(forgetAll);
afterEach(() => {
  page?.unmount();
  page = null;
  forgetAll();
});

describe("a file of mail objects", () => {
  it("with a refused line names it with the reason, and nothing of it can be done", async () => {
    const lines = [{ line: 3, name: "Anna, Berg", issues: [{ path: ["alias"], code: "alias-taken" }] }];
    await open({ "mailObjects.readBatch": () => work([], succeed(batch({ refused: 2, lines }))) });
    await holds(() => expect(shown()).toContain("Alias: Another object has that alias."));
    expect(shown()).toContain("2 lines cannot be done as they are.");
    await holds(() => expect(spoken("polite")).toContain("3 objects read, 2 refused."));
    expect(shown()).toContain("The first 1 are shown.");
    const make = findButton("Make 3 objects");
    expect(make.getAttribute("aria-disabled")).toBe("true");
    await click(make);
    expect(inputsOf("mailObjects.applyBatch")).toEqual([]);
  });

  it("is read by the columns that were chosen last where it has them", async () => {
    preferences.setState({ mailColumns: { alias: "Alias" } });
    await open({ "mailObjects.readBatch": ({ mapping: given }: { readonly mapping: ColumnMapping | null }) => work([], succeed(batch({ mapping: given ?? mapping }))) });
    await holds(() => expect(inputsOf("mailObjects.readBatch")).toHaveLength(2));
    expect(inputsOf("mailObjects.readBatch")[1]).toMatchObject({ mapping: { ...mapping, alias: "Alias" } });
    // What was read by other columns is let go of.
    expect(inputsOf("mailObjects.releaseBatch")).toEqual([{ batch: "b1" }]);
  });

  it("is not done by columns that were changed since it was read; read again, they are remembered", async () => {
    await open({ "mailObjects.readBatch": ({ mapping: given }: { readonly mapping: ColumnMapping | null }) => work([], succeed(batch({ mapping: given ?? mapping }))) });
    await holds(() => expect(findButton("Make 3 objects").getAttribute("aria-disabled")).not.toBe("true"));
    const alias = [...document.querySelectorAll("select")].find((one) => one.closest(".fui-Field")?.textContent.startsWith("Alias") === true);
    await select(alias ?? document.createElement("select"), "Alias");
    expect(findButton("Make 3 objects").getAttribute("aria-disabled")).toBe("true");
    await click(findButton("Read again"));
    await holds(() => expect(findButton("Make 3 objects").getAttribute("aria-disabled")).not.toBe("true"));
    expect(preferences.getState().mailColumns["alias"]).toBe("Alias");
  });

  it("takes no first password over to the next file, and keeps none once its users are begun", async () => {
    await open({
      "mailObjects.readBatch": () => work([], succeed(batch())),
      "mailObjects.applyBatch": () => begun({ counts: { done: 1 }, entries: [entry()] }),
    });
    await holds(() => expect(findButton("Make 3 objects").getAttribute("aria-disabled")).not.toBe("true"));
    await type(box("password"), "First-Horse-9");
    await act(async () => takeMailFile("s", route, succeed({ file: "f2", name: "other.csv", size: 20 })));
    await holds(() => findButton("Make 3 objects"));
    expect(box("password").value).toBe("");
    await type(box("password"), "Second-Horse-9");
    await click(findButton("Make 3 objects"));
    await holds(() => expect(shown()).toContain("Done: 1"));
    expect(inputsOf("mailObjects.applyBatch")).toMatchObject([{ password: "Second-Horse-9" }]);
    expect(JSON.stringify(fileOf("s"))).not.toContain("Horse");
  });

  it("that is being done is not ended by lines that are pasted, nor by a file that comes in meanwhile", async () => {
    let finish = () => {};
    const ended = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let aborted = false;
    await open({
      "mailObjects.readBatch": () => work([], succeed(batch())),
      "mailObjects.applyBatch": async function* (_input: unknown, signal?: AbortSignal) {
        signal?.addEventListener("abort", () => {
          aborted = true;
        });
        yield progress("run-begun", { detail: "r1" });
        await ended;
        yield { type: "done", result: succeed({ run: "r1", total: 1, counts: { done: 1 }, entries: [entry()] }) };
      },
    });
    await holds(() => expect(findButton("Make 3 objects").getAttribute("aria-disabled")).not.toBe("true"));
    await click(findButton("Make 3 objects"));
    await holds(() => findButton("Read these lines"));
    await type(box("lines"), "Name\nOther\n");
    expect(findButton("Read these lines").getAttribute("aria-disabled")).toBe("true");
    await click(findButton("Read these lines"));
    expect(await sendMailFile("s", route, new File(["Name"], "other.csv"))).toEqual(fail({ kind: "cancelled" }));
    await act(async () => takeMailFile("s", route, succeed({ file: "f2", name: "other.csv", size: 20 })));
    // What nobody takes is not left in main.
    expect(inputsOf("files.release")).toContainEqual({ file: "f2" });
    await act(async () => removeMailFile("s"));
    await act(async () => finish());
    await holds(() => expect(shown()).toContain("Done: 1"));
    expect(aborted).toBe(false);
    expect(inputsOf("mailObjects.readBatch")).toHaveLength(1);
  });

  it("asks for a first password again each time it goes on", async () => {
    const user = entry({ state: "failed", request: { ...group, type: "mailbox" } });
    const ended = () => begun({ counts: { failed: 1 }, entries: [user] });
    await open({ "mailObjects.readBatch": () => work([], succeed(batch())), "mailObjects.applyBatch": ended, "mailObjects.resume": ended, "mailObjects.journal": () => succeed({ entries: [user], next: null }) });
    await holds(() => expect(findButton("Make 3 objects").getAttribute("aria-disabled")).not.toBe("true"));
    await click(findButton("Make 3 objects"));
    await holds(() => findButton("Go on"));
    await type(box("password"), "Correct-Horse-9");
    await click(findButton("Go on"));
    await holds(() => expect(inputsOf("mailObjects.resume")).toEqual([{ run: "r1", entry: null, password: "Correct-Horse-9" }]));
    expect(box("password").value).toBe("");
  });

  it("is not done into a container that is shown no more, until it is read again", async () => {
    await open({ "mailObjects.readBatch": () => work([], succeed(batch())) });
    await holds(() => expect(findButton("Make 3 objects").getAttribute("aria-disabled")).not.toBe("true"));
    await type(box("container"), "OU=New,DC=contoso,DC=lab");
    expect(findButton("Make 3 objects").getAttribute("aria-disabled")).toBe("true");
    expect(shown()).toContain("What you chose has changed since the file was read.");
    await click(findButton("Make 3 objects"));
    expect(inputsOf("mailObjects.applyBatch")).toEqual([]);
    await click(findButton("Read again"));
    await holds(() => expect(findButton("Make 3 objects").getAttribute("aria-disabled")).not.toBe("true"));
    expect(inputsOf("mailObjects.readBatch")[1]).toMatchObject({ container: "OU=New,DC=contoso,DC=lab" });
    expect(shown()).not.toContain("What you chose has changed since the file was read.");
  });

  it("whose start is refused stays as it was read, and goes from main once it has begun", async () => {
    let refused = true;
    await open({
      "mailObjects.readBatch": () => work([], succeed(batch())),
      "mailObjects.applyBatch": async function* () {
        yield progress("signing-in");
        if (refused) {
          yield { type: "done", result: fail({ kind: "invalid", issues: [{ path: ["password"], code: "required" }] }) };
          return;
        }
        yield* begun({ counts: { done: 1 }, entries: [entry()] });
      },
    });
    await holds(() => expect(findButton("Make 3 objects").getAttribute("aria-disabled")).not.toBe("true"));
    await click(findButton("Make 3 objects"));
    await holds(() => expect(fileOf("s").fault?.kind).toBe("invalid"));
    expect(page?.host.querySelector("[name='lines']")).toBeNull();
    expect(inputsOf("files.release")).toEqual([]);
    expect(inputsOf("mailObjects.releaseBatch")).toEqual([]);
    refused = false;
    await type(box("password"), "First-Horse-9");
    await click(findButton("Make 3 objects"));
    await holds(() => expect(shown()).toContain("Done: 1"));
    expect(inputsOf("mailObjects.applyBatch")).toEqual([{ storeId: "s", batch: "b1", password: null }, { storeId: "s", batch: "b1", password: "First-Horse-9" }]);
    expect(inputsOf("files.release")).toEqual([{ file: "f1" }]);
    expect(inputsOf("mailObjects.releaseBatch")).toEqual([{ batch: "b1" }]);
    expect(fileOf("s")).toMatchObject({ file: null, batch: null, fault: null });
  });

  it("shows what is not done first, whoever made the summary", async () => {
    const many = Array.from({ length: 120 }, (_one, index) => entry({ id: `e${index}`, place: index + 1, request: { ...group, name: `Group ${index}` }, state: index === 119 ? "failed" : "done" }));
    await open({ "mailObjects.readBatch": () => work([], succeed(batch())), "mailObjects.applyBatch": () => begun({ counts: { done: 119, failed: 1 }, entries: many }) });
    await holds(() => expect(findButton("Make 3 objects").getAttribute("aria-disabled")).not.toBe("true"));
    await click(findButton("Make 3 objects"));
    await holds(() => expect(shown()).toContain("Group 0"));
    expect(page?.host.querySelector("tbody tr")?.textContent).toContain("Group 119");
  });

  it("that was cancelled between two objects goes on from where the journal says it stands, however long it is", async () => {
    let entries = Array.from({ length: 250 }, (_one, index) => entry({ id: `e${index + 1}`, place: index + 1, state: index === 0 ? "done" : "planned" }));
    async function* cut(_input: unknown, signal?: AbortSignal) {
      yield progress("run-begun", { detail: "r1", done: 0, total: 250 });
      yield madeProgress({ entry: "e1", name: "Sales", place: 1, step: step(1) });
      await new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError"))));
    }
    await open({
      "mailObjects.readBatch": () => work([], succeed(batch())),
      "mailObjects.applyBatch": cut,
      "mailObjects.journal": journalOf(() => [...entries, entry({ id: "other", run: "r0", place: 1 })]),
      // Of what was done before it says nothing.
      "mailObjects.resume": () => {
        entries = entries.map((one) => ({ ...one, state: "done" }));
        return begun({ counts: { done: 249 }, entries: entries.slice(1) });
      },
    });
    await holds(() => expect(findButton("Make 3 objects").getAttribute("aria-disabled")).not.toBe("true"));
    await click(findButton("Make 3 objects"));
    await holds(() => findButton(/^Cancel/));
    await click(findButton(/^Cancel/));
    await holds(() => expect(shown()).toContain("Not begun: 249"));
    await click(findButton("Go on"));
    await holds(() => expect(shown()).toContain("Done: 250"));
    expect(inputsOf("mailObjects.resume")).toEqual([{ run: "r1", entry: null, password: null }]);
    expect(fileOf("s").run?.running).toBe(false);
    await holds(() => expect(spoken("polite")).toContain("250 objects worked on: Done: 250."));
  });
});
