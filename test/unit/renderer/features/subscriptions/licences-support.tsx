/** The page Subscriptions over a main that a test makes up, with users who have licences. */
import { act } from "react";
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
import { click, findButton, hush, render, type as typeInto, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";
import { ends, tickBox } from "../handover/support.tsx";
import { holds } from "../mail-objects/support.tsx";

const summary: StoreSummary = {
  id: "s1", name: "Contoso HQ", kind: "entra-id", domain: "contoso.lab", messaging: { provider: "office365", variant: null }, hasSubscriptions: true, serversTotal: 1, serversOnline: 1, serversUnknown: 0,
  state: "saved", hasDraft: false, draftVersion: null, editing: [], revision: 2, prepareOnly: false, nextExpiry: null, drift: null, probed: null, updatedAt: 0,
};
const bought = (partNumber: string, plan: string, used: number): Subscription => ({
  id: `id-${partNumber}`, partNumber, state: "enabled", isForUsers: true, seats: { enabled: 25, warning: 0, suspended: 0, lockedOut: 0, used }, plans: [{ id: plan, name: plan, state: "success", isForUsers: true }],
});
const list = [bought("ENTERPRISEPACK", "EXCHANGE_S_ENTERPRISE", 22), bought("EMS", "INTUNE_A", 4), bought("SPE_E3", "EXCHANGE_S_ENTERPRISE", 25), bought("SPE_E5", "EXCHANGE_S_ENTERPRISE", 1), { ...bought("CDS_DB", "CDS", 0), isForUsers: false }];
export const licence = (partNumber: string, change: Partial<UserLicence> = {}): UserLicence => ({ subscription: `id-${partNumber}`, group: null, groupName: null, state: "active", problem: null, ...change });
export const eva: LicenceHolder = { id: "u1", name: "Eva Lind", signInName: "eva.lind@contoso.com", usageLocation: "DE", licences: [licence("ENTERPRISEPACK")] };
export const tom: LicenceHolder = { id: "u2", name: "Tom Reed", signInName: "tom.reed@contoso.com", usageLocation: null, licences: [licence("EMS", { group: "g1", groupName: "Licensed staff", state: "error", problem: "CountViolation" })] };
const users = [eva, tom];

type Work = AsyncGenerator<WorkEvent<LicenceHolder>>;
let page: Rendered | null = null;
/** What main was asked, in its order. */
let asked: (readonly [call: string, input: unknown])[] = [];
/** What main answers; a test puts others in their place. */
export const answers: { find: (user: string, signal?: AbortSignal) => Work; change: (signal?: AbortSignal) => Work } = { find: (user) => ends(found(user)), change: () => ends(succeed(eva)) };
export const found = (user: string): Result<LicenceHolder> => {
  const holder = users.find(({ id, signInName }) => id === user || signInName === user);
  return holder === undefined ? fail({ kind: "not-found", what: "user-in-tenant", detail: user }) : succeed(holder);
};
export const inputs = (call: string) => asked.filter(([name]) => name === call).map(([, input]) => input);
export const shown = () => page?.host.textContent ?? "";
export const rowsOf = (label: string) => [...document.querySelectorAll(`table[aria-label='${label}'] > tbody > tr`)].map((row) => [...row.children].map((cell) => cell.textContent));
export const boxOf = (label: string): HTMLInputElement => {
  const box = [...document.querySelectorAll("input")].find((each) => each.labels?.[0]?.textContent.startsWith(label) === true);
  if (box === undefined) throw new Error(`there is no box ${label}`);
  return box;
};
export const tick = (words: string) => click(tickBox(words));
export const changeButton = () => findButton("Change licences");
export const isOff = () => changeButton().getAttribute("aria-disabled") === "true";
export const inDialog = (name: string): HTMLElement => {
  const button = [...document.querySelectorAll<HTMLElement>("[role='alertdialog'] button")].find((each) => each.textContent === name);
  if (button === undefined) throw new Error(`the dialog has no button ${name}`);
  return button;
};
export const lookUp = async (user: string) => {
  await typeInto(boxOf("User's sign-in name"), user);
  await click(findButton("Look up"));
};
export const lookUpEva = async () => {
  await lookUp(eva.signInName);
  await holds(() => changeButton());
};

/** Work that ends when it is let go. */
export function held<T>(result: Result<T>): { readonly work: () => AsyncGenerator<WorkEvent<T>>; readonly letGo: () => Promise<void> } {
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

export function closePage(): void {
  page?.unmount();
  page = null;
}

/** Puts everything that outlives a page back to its beginning. */
export function forgetAll(): void {
  closePage();
  hush();
  runningWork.setState({ entries: [], used: false });
  storesList.setState({ freshness: "loading", entries: new Map() });
}

/** Opens the page, until a user can be looked up. */
export async function openPage(): Promise<void> {
  asked = [];
  answers.find = (user) => ends(found(user));
  answers.change = () => ends(succeed(eva));
  storesList.setState({ freshness: "current", entries: new Map([["s1", summary]]) });
  const heard = (call: string, answer: (input: { readonly user: string }, signal?: AbortSignal) => unknown) => (input: unknown, signal?: AbortSignal) => {
    asked.push([call, input]);
    return Reflect.apply(answer, null, [input, signal]);
  };
  provideClient(
    standInClient({
      "subscriptions.list": heard("list", () => ends(succeed({ subscriptions: list, source: "graph.microsoft.com", at: Date.now() }))),
      "subscriptions.holder": heard("holder", ({ user }, signal) => answers.find(user, signal)),
      "subscriptions.change": heard("change", (_input, signal) => answers.change(signal)),
    }),
  );
  navigation.setState({ route: { page: "store", id: "s1", section: "subscriptions" } });
  page = await render(<SubscriptionsPage storeId="s1" />);
  await holds(() => findButton("Look up"));
}
