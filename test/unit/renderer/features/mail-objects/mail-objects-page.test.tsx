// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MailObjectsPage } from "../../../../../renderer/features/mail-objects/mail-objects-page.tsx";
import { objectRuns } from "../../../../../renderer/features/mail-objects/runs.ts";
import { navigation, navigate } from "../../../../../renderer/stores/navigation.ts";
import { isAnythingRunning, runningWork } from "../../../../../renderer/stores/running-work.ts";
import { say } from "../../../../../renderer/text/text.ts";
import type { MailRequest } from "../../../../../shared/model/mail-object.ts";
import { madeProgress, progress } from "../../../../../shared/contract/progress.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, render, spoken, type, type Rendered } from "../../render.tsx";
import { entry, group, planOf, step } from "./fixtures.ts";
import { answer, asked, box, forgetAll, holds, inputsOf, journalOf, select, work } from "./support.tsx";

let page: Rendered | null = null;
const shown = () => page?.host.textContent ?? "";

async function open(answers: Parameters<typeof answer>[0] = {}): Promise<void> {
  answer(answers);
  navigation.setState({ route: { page: "store", id: "s", section: "mail-objects" } });
  page = await render(<MailObjectsPage storeId="s" />);
  await holds(() => expect(page?.host.querySelector("[name='type'], section, [role='alert'], .fui-MessageBar")).not.toBeNull());
}

async function fill(): Promise<void> {
  await type(box("name"), "Sales");
  await type(box("container"), "OU=Groups,DC=contoso,DC=lab");
  await holds(() => expect(box("alias").value).toBe("sales"));
}

async function plan(): Promise<void> {
  await click(findButton("Show the plan"));
  await holds(() => expect(shown()).toContain("What happens"));
}

beforeEach(forgetAll);
afterEach(() => {
  page?.unmount();
  page = null;
  forgetAll();
});

describe("a store in which no mail object can be made", () => {
  it.each(["no-mail-system", "nothing-saved"])("says why, and leads to Messaging System: %s", async (why) => {
    await open({ "mailObjects.offer": () => fail({ kind: "unsupported", why }) });
    await holds(() => expect(shown()).toContain("No mail object can be made here"));
    expect(page?.host.querySelector("a[href='#/stores/s/messaging-system']")).not.toBeNull();
    expect(page?.host.querySelector("[role='tab']")).toBeNull();
  });
});

describe("a new object", () => {
  it("has its alias and account name proposed until somebody types there", async () => {
    await open();
    await fill();
    expect(box("accountName").value).toBe("sales");
    await type(box("alias"), "verkauf");
    await type(box("name"), "Marketing");
    await holds(() => expect(box("accountName").value).toBe("marketing"));
    expect(box("alias").value).toBe("verkauf");
  });

  it("is checked while one types, and what is wrong stands beside its box", async () => {
    await open({
      "mailObjects.plan": ({ request }: { readonly request: MailRequest }) => succeed(planOf(request, { issues: request.alias === "taken" ? [{ path: ["alias"], code: "alias-taken" }] : [{ path: ["container"], code: "required" }] })),
    });
    // Its line stands from the first, so that no check moves what is below.
    expect(shown()).toContain("Not checked yet.");
    await type(box("name"), "Sales");
    await type(box("alias"), "taken");
    await holds(() => expect(shown()).toContain("Another object has that alias."));
    // Of a box that nobody filled in yet nothing is said.
    await type(box("alias"), "free");
    await holds(() => expect(shown()).toContain("The alias can be used."));
    expect(shown()).not.toContain("Enter a value.");
    await click(findButton("Show the plan"));
    await holds(() => expect(shown()).toContain("Enter a value."));
    expect(findButton("Make it").getAttribute("aria-disabled")).toBe("true");
    expect(inputsOf("mailObjects.apply")).toEqual([]);
  });

  it("is planned first: who is tried first and last, what is left to do by hand; a plan of something else is not shown", async () => {
    await open();
    await fill();
    await plan();
    for (const words of ["exb.contoso.lab is tried first", "exa.contoso.lab last, because it is offline", "exa.contoso.lab: The account may not do this", "made without members", "sales@contoso.lab", "CN=Sales,OU=Groups"]) expect(shown()).toContain(words);
    expect(inputsOf("mailObjects.apply")).toEqual([]);
    await type(box("alias"), "other");
    expect(shown()).not.toContain("What happens");
  });

  it("takes the proposal into a plan that is asked for before the typing rested", async () => {
    await open();
    await type(box("container"), "OU=Groups,DC=contoso,DC=lab");
    await type(box("name"), "Sales");
    await plan();
    expect(shown()).toContain("sales@contoso.lab");
  });

  it("is made with live steps, also when pressed twice, and the page that was left finds what came of it", async () => {
    let finish = () => {};
    const ended = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const steps = [
      step(1, { kind: "create", server: "dc1.contoso.lab", ms: 35 }),
      step(2, { server: "exb.contoso.lab", ms: 2100, outcome: { state: "not-reached", fault: { kind: "unreachable", rung: "tcp", reason: "refused" } } }),
      step(3, { ms: 240 }),
    ];
    await open({ "mailObjects.apply": () => work(steps, ended.then(() => succeed(entry({ steps, address: "sales@contoso.lab", object: { identity: "CN=Sales", guid: null, controller: "dc1.contoso.lab" } })))) });
    await fill();
    await plan();
    const make = findButton("Make it");
    await click(make);
    await click(make);
    await holds(() => expect(shown()).toContain("exa.contoso.lab did it in 240 ms"));
    expect(shown()).toContain("exb.contoso.lab could not be reached (TCP: connection refused, after 2 s)");
    expect(isAnythingRunning()).toBe(true);
    page?.unmount();
    await act(async () => navigate({ page: "stores" }));
    await act(async () => finish());
    await holds(() => expect(isAnythingRunning()).toBe(false));
    navigation.setState({ route: { page: "store", id: "s", section: "mail-objects" } });
    page = await render(<MailObjectsPage storeId="s" />);
    await holds(() => expect(shown()).toContain("The group is in the directory and mail-enabled."));
    expect(inputsOf("mailObjects.apply")).toHaveLength(1);
    await click(findButton("Next object"));
    expect(box("name").value).toBe("");
    expect(box("container").value).toBe("OU=Groups,DC=contoso,DC=lab");
  });

  it("that is half done is finished, or undone after a question", async () => {
    const half = entry({ state: "half-done", object: { identity: "CN=Sales", guid: null, controller: "dc1" }, fault: { kind: "unreachable", rung: "tcp", reason: "timed-out", host: "exa.contoso.lab" }, steps: [step(1, { kind: "create" })] });
    await open({
      "mailObjects.apply": () => work([], succeed(half)),
      "mailObjects.resume": () => work([step(2)], succeed({ run: "r1", total: 1, counts: { done: 1 }, entries: [{ ...half, state: "done", fault: null }] })),
    });
    await fill();
    await plan();
    await click(findButton("Make it"));
    await holds(() => expect(shown()).toContain("The group is in the directory, but not mail-enabled."));
    expect(spoken("assertive").join(" ")).toContain("Half done");
    await click(findButton("Undo Sales"));
    expect(document.querySelector("[role='alertdialog']")?.textContent).toContain("CN=Sales");
    await click(findButton("Cancel"));
    expect(inputsOf("mailObjects.undo")).toEqual([]);
    await click(findButton("Finish now: Sales"));
    await holds(() => expect(shown()).toContain("The group is in the directory and mail-enabled."));
    expect(inputsOf("mailObjects.resume")).toEqual([{ run: "r1", entry: "e1", password: null }]);
  });

  it("that is a user goes with a first password, which its result still has to show", async () => {
    await open({ "mailObjects.apply": ({ request }: { readonly request: MailRequest }) => work([], succeed(entry({ request }))) });
    await select(document.querySelector<HTMLSelectElement>("[name='type']") ?? document.createElement("select"), "mailbox");
    await fill();
    await click(findButton("Show the plan"));
    await holds(() => expect(shown()).toContain("Enter a first password, or generate one."));
    expect(findButton("Make it").getAttribute("aria-disabled")).toBe("true");
    await click(findButton("Generate"));
    const password = box("password").value;
    expect(password).toHaveLength(16);
    await click(findButton("Make it"));
    await holds(() => expect(shown()).toContain("The new user's first password"));
    expect(shown()).not.toContain(password);
    await click(findButton("Show"));
    expect(shown()).toContain(password);
    expect(inputsOf("mailObjects.apply")).toMatchObject([{ password }]);
    // Nothing but the call that makes the user carries it, and no list of work holds it.
    expect(JSON.stringify(asked.filter(([call]) => call !== "mailObjects.apply"))).not.toContain(password);
    expect(JSON.stringify(runningWork.getState())).not.toContain(password);
    expect([...spoken("polite"), ...spoken("assertive")].join(" ")).not.toContain(password);
    await click(findButton("Next object"));
    expect(box("password").value).toBe("");
  });
});

describe("work with one object that was cancelled", () => {
  it("is looked up in its own run, whatever the journal has got since", async () => {
    const cancelled = entry({ state: "cancelled" });
    const since = Array.from({ length: 250 }, (_one, index) => entry({ id: `f${index}`, run: "r2", place: index + 1 }));
    await open({
      "mailObjects.apply": async function* (_input: unknown, signal?: AbortSignal) {
        yield progress("run-begun", { detail: "r1", done: 0, total: 1 });
        yield madeProgress({ entry: "e1", name: "Sales", place: 1, step: step(1) });
        await new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError"))));
      },
      "mailObjects.journal": journalOf(() => [cancelled, ...since]),
    });
    await fill();
    await plan();
    await click(findButton("Make it"));
    await holds(() => findButton(/^Cancel/));
    await click(findButton(/^Cancel/));
    await holds(() => expect(shown()).toContain("Cancelled"));
    expect(page?.host.querySelector("[role='alert']")).toBeNull();
    expect(objectRuns.getState().runs.get("s/new")?.result).toEqual(succeed(cancelled));
  });
});

describe("a new user's first password", () => {
  const dialog = () => document.querySelector("[role='alertdialog'], [role='dialog']");

  async function refusedFirst(answers: Parameters<typeof answer>[0]): Promise<string> {
    await open({ "mailObjects.apply": ({ request }: { readonly request: MailRequest }) => work([], succeed(entry({ request, state: "failed", fault: { kind: "forbidden", needs: [] } }))), ...answers });
    await select(document.querySelector<HTMLSelectElement>("[name='type']") ?? document.createElement("select"), "mailbox");
    await fill();
    await click(findButton("Generate"));
    const first = box("password").value;
    await plan();
    await click(findButton("Make it"));
    await holds(() => findButton("Try again: Sales"));
    return first;
  }

  it("is not shown for a user that was not made, and is the one of the try that made it", async () => {
    const request = { ...group, type: "mailbox" } as const;
    await refusedFirst({ "mailObjects.resume": () => work([], succeed({ run: "r1", total: 1, counts: { done: 1 }, entries: [entry({ request, object: { identity: "CN=Sales", guid: null, controller: "dc1" } })] })) });
    expect(shown()).not.toContain("The new user's first password");
    await click(findButton("Try again: Sales"));
    await type(dialog()?.querySelector("input") ?? document.createElement("input"), "Second-Horse-9");
    await click(findButton("Finish"));
    await holds(() => expect(shown()).toContain("The new user's first password"));
    await click(findButton("Show"));
    expect(shown()).toContain("Second-Horse-9");
  });

  it("goes with a user that was taken out again", async () => {
    const request = { ...group, type: "mailbox" } as const;
    const half = entry({ request, state: "half-done", object: { identity: "CN=Sales", guid: null, controller: "dc1" } });
    await refusedFirst({
      "mailObjects.resume": () => work([], succeed({ run: "r1", total: 1, counts: { "half-done": 1 }, entries: [half] })),
      "mailObjects.undo": () => work([], succeed({ ...half, state: "undone" })),
    });
    await click(findButton("Try again: Sales"));
    await type(dialog()?.querySelector("input") ?? document.createElement("input"), "Second-Horse-9");
    await click(findButton("Finish"));
    await holds(() => expect(shown()).toContain("The new user's first password"));
    await click(findButton("Undo Sales"));
    await click(findButton("Delete"));
    await holds(() => expect(shown()).not.toContain("The new user's first password"));
  });
});

describe("an object that was found", () => {
  it("is not left for another while it is worked on", async () => {
    let finish = () => {};
    const ended = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const found = { identity: "CN=Sales,DC=contoso,DC=lab", name: "Sales", type: "distribution-group", mailEnabled: false, address: null, alias: "sales", accountName: "sales", why: null };
    await open({
      "mailObjects.find": () => work([], succeed({ objects: [found], more: false })),
      "mailObjects.apply": () => work([step(1)], ended.then(() => succeed(entry({ request: { ...group, action: "enable" } })))),
    });
    await act(async () => navigation.setState({ route: { page: "store", id: "s", section: "mail-objects", way: "find" } }));
    await holds(() => expect(page?.host.querySelector("input[type='search']")).not.toBeNull());
    await type(page?.host.querySelector<HTMLInputElement>("input[type='search']") ?? document.createElement("input"), "Sales");
    await click(findButton("Find"));
    await holds(() => findButton(say("mail-objects.enable-of", { name: "Sales" })));
    await click(findButton(say("mail-objects.enable-of", { name: "Sales" })));
    await plan();
    await click(findButton(say("mail-objects.apply-enable")));
    await holds(() => expect(isAnythingRunning()).toBe(true));
    const back = findButton(say("mail-objects.back"));
    expect(back.getAttribute("aria-disabled")).toBe("true");
    await click(back);
    expect(page?.host.querySelector("input[type='search']")).toBeNull();
    await act(async () => finish());
    await holds(() => expect(isAnythingRunning()).toBe(false));
    await click(findButton(say("mail-objects.back")));
    expect(page?.host.querySelector("input[type='search']")).not.toBeNull();
  });
});

describe("a container", () => {
  it("is chosen in the tree, a level at a time, with the keyboard", async () => {
    const containers = { null: [{ dn: "DC=lab", name: "lab", kind: "domain", hasChildren: true }], "DC=lab": [{ dn: "OU=Groups,DC=lab", name: "Groups", kind: "organizational-unit", hasChildren: false }] };
    await open({ "mailObjects.containers": ({ parent }: { readonly parent: "DC=lab" | null }) => succeed(containers[parent ?? "null"]) });
    await click(findButton("Choose from the directory"));
    await holds(() => expect(page?.host.querySelectorAll("[role='treeitem']")).toHaveLength(2));
    const [domain] = page?.host.querySelectorAll<HTMLElement>("[role='treeitem']") ?? [];
    const press = (key: string) => act(async () => document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));
    await act(async () => domain?.focus());
    await press("ArrowDown");
    expect(document.activeElement?.textContent).toBe("Groups");
    await press("Enter");
    expect(box("container").value).toBe("OU=Groups,DC=lab");
    expect(document.activeElement?.getAttribute("aria-selected")).toBe("true");
    expect(spoken("polite")).toContain("Groups was chosen");
  });

  it("is typed where the directory cannot be asked", async () => {
    await open({ "mailObjects.containers": () => fail({ kind: "unreachable", rung: "tcp", reason: "refused", host: "dc1" }) });
    await click(findButton("Choose from the directory"));
    await holds(() => expect(shown()).toContain("Type the distinguished name instead."));
    await type(box("container"), "OU=Groups,DC=contoso,DC=lab");
    expect(box("container").value).toBe("OU=Groups,DC=contoso,DC=lab");
  });
});
