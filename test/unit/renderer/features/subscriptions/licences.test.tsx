// @vitest-environment jsdom
/** The licences of a user on the page Subscriptions: looked up, given and taken over a plan, and what stands there when it fails. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SubscriptionsPage } from "../../../../../renderer/features/subscriptions/subscriptions-page.tsx";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import { storesList } from "../../../../../renderer/stores/stores-list.ts";
import "../../../../../renderer/text/all-texts.ts";
import type { WorkEvent } from "../../../../../shared/contract/progress.ts";
import type { StoreSummary } from "../../../../../shared/model/identity-store.ts";
import type { LicenceHolder, UserLicence } from "../../../../../shared/model/licence.ts";
import type { Subscription } from "../../../../../shared/model/subscription.ts";
import { fail, succeed, type Result } from "../../../../../shared/result.ts";
import { click, findButton, hush, render, spoken, type as typeInto, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";
import { ends, lasts, tickBox } from "../handover/support.tsx";
import { holds } from "../mail-objects/support.tsx";

const summary: StoreSummary = {
  id: "s1", name: "Contoso HQ", kind: "entra-id", domain: "contoso.lab", messaging: { provider: "office365", variant: null }, hasSubscriptions: true, serversTotal: 1, serversOnline: 1, serversUnknown: 0,
  state: "saved", hasDraft: false, draftVersion: null, editing: [], revision: 2, prepareOnly: false, nextExpiry: null, drift: null, probed: null, updatedAt: 0,
};
const bought = (partNumber: string, plan: string, used: number): Subscription => ({
  id: `id-${partNumber}`, partNumber, state: "enabled", isForUsers: true, seats: { enabled: 25, warning: 0, suspended: 0, lockedOut: 0, used }, plans: [{ id: plan, name: plan, state: "success", isForUsers: true }],
});
const list = [bought("ENTERPRISEPACK", "EXCHANGE_S_ENTERPRISE", 22), bought("EMS", "INTUNE_A", 4), bought("SPE_E3", "EXCHANGE_S_ENTERPRISE", 25), bought("SPE_E5", "EXCHANGE_S_ENTERPRISE", 1), { ...bought("CDS_DB", "CDS", 0), isForUsers: false }];
const licence = (partNumber: string, change: Partial<UserLicence> = {}): UserLicence => ({ subscription: `id-${partNumber}`, group: null, state: "active", problem: null, ...change });
const eva: LicenceHolder = { id: "u1", name: "Eva Lind", signInName: "eva.lind@contoso.com", usageLocation: "DE", licences: [licence("ENTERPRISEPACK")] };
const tom: LicenceHolder = { id: "u2", name: "Tom Reed", signInName: "tom.reed@contoso.com", usageLocation: null, licences: [licence("EMS", { group: "g1", state: "error", problem: "CountViolation" })] };
const users = [eva, tom];
const WARNING = "Eva Lind then has no mailbox by any licence. Exchange Online keeps the mail of the mailbox for 30 days and then deletes it.";

type Work = AsyncGenerator<WorkEvent<LicenceHolder>>;
let page: Rendered | null = null;
let asked: (readonly [call: string, input: unknown])[];
let find: (user: string, signal?: AbortSignal) => Work;
let change: (signal?: AbortSignal) => Work;
const found = (user: string): Result<LicenceHolder> => {
  const holder = users.find(({ id, signInName }) => id === user || signInName === user);
  return holder === undefined ? fail({ kind: "object-refused", why: "object-missing" }) : succeed(holder);
};
const inputs = (call: string) => asked.filter(([name]) => name === call).map(([, input]) => input);
const shown = () => page?.host.textContent ?? "";
const rowsOf = (label: string) => [...document.querySelectorAll(`table[aria-label='${label}'] > tbody > tr`)].map((row) => [...row.children].map((cell) => cell.textContent));
const boxOf = (label: string): HTMLInputElement => {
  const box = [...document.querySelectorAll("input")].find((each) => each.labels?.[0]?.textContent.startsWith(label) === true);
  if (box === undefined) throw new Error(`there is no box ${label}`);
  return box;
};
const tick = (words: string) => click(tickBox(words));
const changeButton = () => findButton("Change licences");
const isOff = () => changeButton().getAttribute("aria-disabled") === "true";
const inDialog = (name: string): HTMLElement => {
  const button = [...document.querySelectorAll<HTMLElement>("[role='alertdialog'] button")].find((each) => each.textContent === name);
  if (button === undefined) throw new Error(`the dialog has no button ${name}`);
  return button;
};
const lookUp = async (user: string) => {
  await typeInto(boxOf("User's sign-in name"), user);
  await click(findButton("Look up"));
};
const lookUpEva = async () => {
  await lookUp(eva.signInName);
  await holds(() => changeButton());
};

function held<T>(result: Result<T>): { readonly work: () => AsyncGenerator<WorkEvent<T>>; readonly letGo: () => Promise<void> } {
  let open: () => void = () => {};
  const waiting = new Promise<void>((resolve) => {
    open = resolve;
  });
  async function* work(): AsyncGenerator<WorkEvent<T>> {
    await waiting;
    yield* ends(result);
  }
  return { work, letGo: () => act(async () => open()) };
}

beforeEach(async () => {
  asked = [];
  find = (user) => ends(found(user));
  change = () => ends(succeed(eva));
  storesList.setState({ freshness: "current", entries: new Map([["s1", summary]]) });
  const heard = (call: string, answer: (input: { readonly user: string }, signal?: AbortSignal) => unknown) => (input: unknown, signal?: AbortSignal) => {
    asked.push([call, input]);
    return Reflect.apply(answer, null, [input, signal]);
  };
  provideClient(
    standInClient({
      "subscriptions.list": heard("list", () => ends(succeed({ subscriptions: list, source: "graph.microsoft.com", at: Date.now() }))),
      "subscriptions.holder": heard("holder", ({ user }, signal) => find(user, signal)),
      "subscriptions.change": heard("change", (_input, signal) => change(signal)),
    }),
  );
  navigation.setState({ route: { page: "store", id: "s1", section: "subscriptions" } });
  page = await render(<SubscriptionsPage storeId="s1" />);
  await holds(() => findButton("Look up"));
});
afterEach(() => {
  page?.unmount();
  page = null;
  hush();
  runningWork.setState({ entries: [], used: false });
  storesList.setState({ freshness: "loading", entries: new Map() });
});

describe("looking a user up", () => {
  it("tells who that is, where, and which licences are there by what way", async () => {
    await lookUp(" eva.lind@contoso.com ");
    await holds(() => expect(rowsOf("Licences of Eva Lind")).toEqual([["Office 365 E3ENTERPRISEPACK", "given to the user", "works"]]));
    expect(inputs("holder")).toEqual([{ storeId: "s1", user: "eva.lind@contoso.com" }]);
    expect(shown()).toContain("Usage locationDE");
    expect(spoken("polite")).toEqual(expect.arrayContaining(["Looking up eva.lind@contoso.com", "Eva Lind found."]));
    await lookUp(tom.signInName);
    await holds(() => expect(rowsOf("Licences of Tom Reed")).toEqual([["Enterprise Mobility + Security E3EMS", "by a group", "does not workMicrosoft's word for it: CountViolation"]]));
    expect(shown()).toContain("Usage locationnone");
    expect(rowsOf("Subscriptions that Tom Reed can be given")).toEqual([
      ["Enterprise Mobility + Security E3EMS", "21", "also by a group"],
      ["Office 365 E3ENTERPRISEPACK", "3", "no"],
      ["Microsoft 365 E3SPE_E3", "0", "no"],
      ["Microsoft 365 E5SPE_E5", "24", "no"],
    ]);
  });

  it("says that there is none, that a name is needed, and that a user has nothing", async () => {
    await lookUp("nobody@contoso.com");
    await holds(() => expect(shown()).toContain("There is no user with the sign-in name nobody@contoso.com"));
    await lookUp(" ");
    expect(shown()).toContain("Enter the whole sign-in name");
    expect(document.activeElement).toBe(boxOf("User's sign-in name"));
    find = () => ends(succeed({ ...eva, name: "", licences: [] }));
    await lookUp(eva.signInName);
    await holds(() => expect(shown()).toContain("eva.lind@contoso.com has no licence."));
  });

  it("is cancelled with the focus left at the button", async () => {
    find = (_user, signal) => lasts(signal);
    await lookUp(eva.signInName);
    await holds(() => findButton("Cancel: Looking up eva.lind@contoso.com"));
    findButton("Cancel: Looking up eva.lind@contoso.com").focus();
    await click(findButton("Cancel: Looking up eva.lind@contoso.com"));
    await holds(() => expect(shown()).toContain("Cancelled."));
    expect(document.activeElement).toBe(findButton("Look up"));
  });

  it("shows nothing of an older answer once another user is asked for", async () => {
    const late = held(succeed(eva));
    find = (user) => (user === eva.signInName ? late.work() : ends(found(user)));
    await lookUp(eva.signInName);
    await lookUp(tom.signInName);
    await holds(() => expect(shown()).toContain("Tom Reed"));
    await late.letGo();
    await holds(() => expect(runningWork.getState().entries.every(({ ended }) => ended !== null)).toBe(true));
    expect(shown()).toContain("Tom Reed");
    expect(shown()).not.toContain("Eva Lind");
  });
});

describe("a change", () => {
  it("gives, says so, shows what the cloud answers, and asks for the seats again", async () => {
    await lookUpEva();
    expect(isOff()).toBe(true);
    expect(shown()).toContain("Nothing to change.");
    change = () => ends(succeed({ ...eva, licences: [...eva.licences, licence("EMS")] }));
    await tick("Enterprise Mobility + Security E3");
    expect(shown()).toContain("Give: Enterprise Mobility + Security E3 (EMS)");
    await click(changeButton());
    await holds(() => expect(rowsOf("Licences of Eva Lind")).toHaveLength(2));
    expect(inputs("change")).toEqual([{ storeId: "s1", user: "u1", seen: ["id-ENTERPRISEPACK"], change: { give: ["id-EMS"], take: [], usageLocation: null } }]);
    await holds(() => expect(inputs("list")).toHaveLength(2));
    expect(spoken("polite")).toContain("Licences of Eva Lind changed");
    expect(isOff()).toBe(true);
    expect(shown()).not.toContain("does not show all of it yet");
  });

  it("says that the cloud may show it later, and looks again", async () => {
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    await holds(() => expect(shown()).toContain("does not show all of it yet"));
    await click(findButton("Look up again"));
    await holds(() => expect(shown()).not.toContain("does not show all of it yet"));
    expect(inputs("holder").at(-1)).toEqual({ storeId: "s1", user: "u1" });
    expect(document.activeElement).toBe(findButton("Look up"));
  });

  it("that takes asks first, and swaps in one call", async () => {
    await lookUpEva();
    await tick("Office 365 E3");
    await tick("Microsoft 365 E5");
    expect(shown()).not.toContain("no mailbox by any licence");
    await click(changeButton());
    const dialog = () => document.querySelector("[role='alertdialog']")?.textContent ?? "";
    expect(dialog()).toContain("Take licences from Eva Lind?");
    expect(dialog()).toContain("Take: Office 365 E3 (ENTERPRISEPACK)");
    expect(dialog()).toContain("Give: Microsoft 365 E5 (SPE_E5)");
    expect(dialog()).not.toContain("no mailbox");
    await click(inDialog("Cancel"));
    expect(inputs("change")).toEqual([]);
    expect(tickBox("Office 365 E3").checked).toBe(false);
    await click(changeButton());
    await click(inDialog("Change licences"));
    await holds(() => expect(inputs("change")).toEqual([{ storeId: "s1", user: "u1", seen: ["id-ENTERPRISEPACK"], change: { give: ["id-SPE_E5"], take: ["id-ENTERPRISEPACK"], usageLocation: null } }]));
  });

  it("warns where the mailbox goes with it, before and in the question", async () => {
    await lookUpEva();
    await tick("Office 365 E3");
    expect(shown()).toContain(WARNING);
    expect(spoken("assertive")).toContain(WARNING);
    await click(changeButton());
    expect(document.querySelector("[role='alertdialog']")?.textContent).toContain(WARNING);
  });

  it("needs a usage location where none is set, and takes no other than two letters", async () => {
    await lookUp(tom.signInName);
    await holds(() => changeButton());
    await tick("Office 365 E3");
    expect(shown()).toContain("without one no licence can be given");
    expect(isOff()).toBe(true);
    await typeInto(boxOf("Usage location to set"), "Germany");
    expect(shown()).toContain("Enter two letters, such as DE.");
    expect(isOff()).toBe(true);
    await typeInto(boxOf("Usage location to set"), " de ");
    expect(shown()).toContain("Set the usage location DE");
    await click(changeButton());
    await holds(() => expect(inputs("change")).toEqual([{ storeId: "s1", user: "u2", seen: [], change: { give: ["id-ENTERPRISEPACK"], take: [], usageLocation: "DE" } }]));
  });

  it("that cannot be is told in words, with the button off", async () => {
    await lookUpEva();
    await tick("Microsoft 365 E3");
    expect(shown()).toContain("Microsoft 365 E3 (SPE_E3): No seat is left of that subscription.");
    expect(isOff()).toBe(true);
    await click(changeButton());
    expect(inputs("change")).toEqual([]);
    await tick("Microsoft 365 E3");
    expect(shown()).toContain("Nothing to change.");
  });

  it("is done once, however often the button is pressed", async () => {
    const slow = held(succeed(eva));
    change = slow.work;
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    await click(changeButton());
    expect(inputs("change")).toHaveLength(1);
    expect(tickBox("Enterprise Mobility + Security E3").disabled).toBe(true);
    await slow.letGo();
  });

  it("over what changed meanwhile offers a new look and keeps what was ticked", async () => {
    change = () => ends(fail({ kind: "object-refused", why: "changed-meanwhile" }));
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    await holds(() => findButton("Look up again"));
    expect(tickBox("Enterprise Mobility + Security E3").checked).toBe(true);
    find = () => ends(succeed({ ...eva, licences: [...eva.licences, licence("SPE_E5")] }));
    await click(findButton("Look up again"));
    await holds(() => expect(rowsOf("Licences of Eva Lind")).toHaveLength(2));
    expect(() => findButton("Look up again")).toThrow("no button");
    // What somebody else gave meanwhile is not to be taken because it was not ticked before.
    expect(tickBox("Microsoft 365 E5").checked).toBe(true);
    expect(tickBox("Enterprise Mobility + Security E3").checked).toBe(true);
    change = () => ends(succeed(eva));
    await click(changeButton());
    await holds(() => expect(inputs("change").at(-1)).toEqual({ storeId: "s1", user: "u1", seen: ["id-ENTERPRISEPACK", "id-SPE_E5"], change: { give: ["id-EMS"], take: [], usageLocation: null } }));
  });

  it("that was cancelled may have been done, and is looked at again", async () => {
    change = (signal) => lasts(signal);
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    await holds(() => findButton("Cancel: Change of the licences of eva.lind@contoso.com"));
    findButton("Cancel: Change of the licences of eva.lind@contoso.com").focus();
    await click(findButton("Cancel: Change of the licences of eva.lind@contoso.com"));
    await holds(() => findButton("Look up again"));
    expect(shown()).toContain("It is not known whether the licences were changed.");
    expect(document.activeElement).toBe(changeButton());
    expect(tickBox("Enterprise Mobility + Security E3").checked).toBe(true);
  });

  it.each([
    ["was done", succeed({ ...eva, usageLocation: "AT" }), "polite", "Licences of Eva Lind changed"],
    ["failed", fail({ kind: "object-refused", why: "no-seats" } as const), "assertive", "Licences of Eva Lind: No seat is left of that subscription."],
  ] as const)("that %s is told, and not as another user's who was looked up meanwhile", async (_how, result, urgency, words) => {
    const slow = held<LicenceHolder>(result);
    change = slow.work;
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    await lookUp(tom.signInName);
    await holds(() => expect(rowsOf("Licences of Tom Reed")).toHaveLength(1));
    await slow.letGo();
    await holds(() => expect(spoken(urgency)).toContain(words));
    expect(rowsOf("Licences of Tom Reed")).toHaveLength(1);
    expect(shown()).not.toContain("Eva Lind");
    expect(shown()).not.toContain("No seat is left");
  });

  it("goes on when the page is left", async () => {
    const slow = held(succeed(eva));
    change = slow.work;
    await lookUpEva();
    await tick("Enterprise Mobility + Security E3");
    await click(changeButton());
    page?.unmount();
    page = null;
    await slow.letGo();
    await holds(() => expect(runningWork.getState().entries.find(({ kind }) => kind === "licences-change")?.ended?.fault).toBeNull());
  });
});
