// @vitest-environment jsdom
/** The page Subscriptions: what is asked when, and what stands there meanwhile, afterwards, and where there is no answer. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SubscriptionsPage } from "../../../../../renderer/features/subscriptions/subscriptions-page.tsx";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import { session } from "../../../../../renderer/stores/session.ts";
import { storesList } from "../../../../../renderer/stores/stores-list.ts";
import "../../../../../renderer/text/all-texts.ts";
import { runShortcut } from "../../../../../renderer/ui/use-shortcut.ts";
import type { StoreSummary } from "../../../../../shared/model/identity-store.ts";
import type { Subscription } from "../../../../../shared/model/subscription.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, hush, render, spoken, type as typeInto, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";
import { ends, lasts } from "../handover/support.tsx";
import { holds } from "../mail-objects/support.tsx";

const summary: StoreSummary = {
  id: "s1", name: "Contoso HQ", kind: "entra-id", domain: "contoso.lab", messaging: { provider: "office365", variant: null }, hasSubscriptions: true, serversTotal: 1, serversOnline: 1, serversUnknown: 0,
  state: "saved", hasDraft: false, draftVersion: null, editing: [], revision: 2, prepareOnly: false, nextExpiry: null, drift: null, probed: null, updatedAt: 0,
};
const plan = (name: string, change: Partial<Subscription["plans"][number]> = {}) => ({ id: name, name, state: "success" as const, isForUsers: true, ...change });
const bought = (partNumber: string, change: Partial<Subscription> = {}): Subscription => ({
  id: partNumber, partNumber, state: "enabled", isForUsers: true, seats: { enabled: 1200, warning: 0, suspended: 0, lockedOut: 0, used: 1150 }, plans: [plan("EXCHANGE_S_ENTERPRISE")], ...change,
});
const seats = (enabled: number, used: number): Subscription["seats"] => ({ enabled, warning: 0, suspended: 0, lockedOut: 0, used });
const many = [bought("ENTERPRISEPACK"), bought("VISIOCLIENT", { plans: [plan("VISIO_CLIENT")] }), bought("FABRIKAM_X", { plans: [] }), bought("SPB"), bought("SPE_E5"), bought("EMS", { plans: [plan("INTUNE_A")] })];

let page: Rendered | null = null;
let asked: number;
let answer: (signal?: AbortSignal) => AsyncGenerator;
const shown = () => page?.host.textContent ?? "";
const rows = () => [...document.querySelectorAll("tbody > tr")].map((row) => [...row.querySelectorAll(":scope > td")].map((cell) => cell.textContent));
const products = () => rows().map(([product = ""]) => product);
const list = (change: Partial<StoreSummary> = {}) => act(async () => storesList.setState({ freshness: "current", entries: new Map([["s1", { ...summary, ...change }]]) }));
const answers = (subscriptions: readonly Subscription[], at = Date.now()) => {
  answer = () => ends(succeed({ subscriptions, source: "graph.microsoft.com", at }));
};
const refuses = () => {
  answer = () => ends(fail({ kind: "no-connection", outcome: "only-read" }));
};

async function openPage(): Promise<void> {
  provideClient(
    standInClient({
      "subscriptions.list": (_input, signal) => {
        asked += 1;
        return answer(signal);
      },
    }),
  );
  navigation.setState({ route: { page: "store", id: "s1", section: "subscriptions" } });
  page = await render(<SubscriptionsPage storeId="s1" />);
}

beforeEach(async () => {
  asked = 0;
  answers(many);
  await list();
});
afterEach(() => {
  page?.unmount();
  page = null;
  hush();
  runningWork.setState({ entries: [], used: false });
  storesList.setState({ freshness: "loading", entries: new Map() });
});

describe("the list", () => {
  it("is asked for when the page opens, and tells products, seats, mailbox, state, by whose word it is, and how old", async () => {
    await openPage();
    await holds(() => expect(rows()).toHaveLength(6));
    expect(asked).toBe(1);
    expect(rows()[1]).toEqual(["Office 365 E3ENTERPRISEPACK1 service plan", "1,200", "1,150", "50", "yes", "active"]);
    expect(rows()[2]).toEqual(["FABRIKAM_X", "1,200", "1,150", "50", "no", "active"]);
    expect(shown()).toMatch(/6 subscriptions\. As graph\.microsoft\.com said, \d\d:\d\d\. That was just now\./);
    expect(spoken("polite")).toEqual(["Asking for subscriptions", "6 subscriptions."]);
  });

  it("is asked for once it is known what is saved", async () => {
    storesList.setState({ freshness: "loading", entries: new Map() });
    await openPage();
    expect(asked).toBe(0);
    await list();
    await holds(() => expect(rows()).toHaveLength(6));
    expect(asked).toBe(1);
  });

  it("says in words that more seats are used than owned, and what no user can be given", async () => {
    answers([bought("SPE_E3", { seats: seats(5, 7) }), bought("RIGHTSMANAGEMENT_ADHOC", { isForUsers: false, seats: seats(1, 0), plans: [] })]);
    await openPage();
    await holds(() => expect(rows()).toHaveLength(2));
    expect(rows()[0]).toEqual(["Microsoft 365 E3SPE_E31 service plan", "5", "7", "0", "yes", "active2 seats too few"]);
    expect(products()[1]).toBe("RIGHTSMANAGEMENT_ADHOCfor the whole tenant");
  });

  it("opens a row on its service plans, and closes it", async () => {
    answers([bought("SPE_E3", { plans: [plan("EXCHANGE_S_ENTERPRISE"), plan("INTUNE_O365", { state: "pending-activation", isForUsers: false })] })]);
    await openPage();
    const name = "2 service plans of Microsoft 365 E3";
    await holds(() => findButton(name));
    expect(findButton(name).getAttribute("aria-expanded")).toBe("false");
    await click(findButton(name));
    expect(findButton(name).getAttribute("aria-expanded")).toBe("true");
    expect(document.getElementById(findButton(name).getAttribute("aria-controls") ?? "")?.textContent).toContain("INTUNE_O365");
    const plans = document.querySelector("table[aria-label='Service plans of Microsoft 365 E3']");
    expect([...(plans?.querySelectorAll(":scope > tbody > tr") ?? [])].map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
      ["EXCHANGE_S_ENTERPRISE", "works", "for users"],
      ["INTUNE_O365", "waits to be activated", "for the whole tenant"],
    ]);
    await click(findButton(name));
    expect(document.querySelector("table table")).toBeNull();
  });
});

describe("the search", () => {
  const box = () => document.querySelector<HTMLInputElement>("input[type='search']");
  const search = async (words: string) => {
    const found = box();
    if (found === null) throw new Error("there is no box to search with");
    await typeInto(found, words);
  };

  it("goes over names, part numbers and service plans, and says how many are left", async () => {
    await openPage();
    await holds(() => expect(rows()).toHaveLength(6));
    for (const [words, left] of [["microsoft 365 e5", ["SPE_E5"]], ["fabrikam", ["FABRIKAM_X"]], ["intune_a", ["EMS"]], ["exchange_s visio", []]] as const) {
      await search(words);
      expect(products().map((product) => left.find((partNumber) => product.includes(partNumber)))).toEqual(left);
      expect(document.querySelector("output")?.textContent).toBe(`${left.length} of 6 shown`);
    }
    expect(shown()).toContain("No subscription holds these words.");
    await search("");
    expect(rows()).toHaveLength(6);
    expect(document.querySelector("output")?.textContent).toBe("");
  });

  it("is not there where all are seen at a glance, and leaves nothing out then", async () => {
    await openPage();
    await holds(() => expect(rows()).toHaveLength(6));
    await search("fabrikam");
    answers(many.slice(0, 5));
    await click(findButton("Ask again"));
    await holds(() => expect(rows()).toHaveLength(5));
    expect(box()).toBeNull();
  });

  it("has the focus by its key", async () => {
    await openPage();
    await holds(() => expect(rows()).toHaveLength(6));
    await act(async () => void runShortcut("Control+F"));
    expect(document.activeElement).toBe(box());
  });
});

describe("asking again", () => {
  const older = "This is the list of before. It may not hold any more.";

  it("keeps the list that stands there, and says that it is asked anew, until the answer comes", async () => {
    await openPage();
    await holds(() => expect(rows()).toHaveLength(6));
    let letGo: () => void = () => {};
    const waiting = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    answer = async function* () {
      await waiting;
      yield* ends(succeed({ subscriptions: [bought("SPE_F1")], source: "graph.microsoft.com", at: Date.now() }));
    };
    await act(async () => void runShortcut("F5"));
    expect(asked).toBe(2);
    expect(rows()).toHaveLength(6);
    expect(shown()).toContain("It is being asked again.");
    expect(findButton("Ask again").getAttribute("aria-disabled")).toBe("true");
    await act(async () => void runShortcut("F5"));
    expect(asked).toBe(2);
    await act(async () => letGo());
    await holds(() => expect(products()).toEqual(["Microsoft 365 F3SPE_F11 service plan"]));
    expect(shown()).not.toContain("being asked again");
  });

  it("that is refused says why above the older list, and can be tried again", async () => {
    answers(many, Date.now() - 3 * 60_000);
    await openPage();
    await holds(() => expect(rows()).toHaveLength(6));
    expect(shown()).not.toContain(older);
    refuses();
    await click(findButton("Ask again"));
    await holds(() => findButton("Try again"));
    expect(rows()).toHaveLength(6);
    expect(shown()).toContain(older);
    expect(shown()).toContain("That was 3 minutes ago.");
    answers(many);
    await click(findButton("Try again"));
    await holds(() => expect(shown()).toContain("That was just now."));
    expect(shown()).not.toContain(older);
    expect(() => findButton("Try again")).toThrow("no button");
    expect(document.activeElement).toBe(findButton("Ask again"));
  });

  it("is cancelled with the older list left as it was", async () => {
    await openPage();
    await holds(() => expect(rows()).toHaveLength(6));
    answer = (signal) => lasts(signal);
    await click(findButton("Ask again"));
    await holds(() => findButton("Cancel: Subscriptions of Contoso HQ"));
    findButton("Cancel: Subscriptions of Contoso HQ").focus();
    await click(findButton("Cancel: Subscriptions of Contoso HQ"));
    await holds(() => expect(shown()).toContain("Asking was stopped."));
    expect(document.activeElement).toBe(findButton("Ask again"));
    expect(rows()).toHaveLength(6);
    expect(shown()).toContain(older);
    expect(findButton("Ask again").getAttribute("aria-disabled")).not.toBe("true");
    expect(spoken("polite")).toContain("Asking was stopped.");
  });

  it("comes by itself with another revision, of which the older list says nothing", async () => {
    await openPage();
    await holds(() => expect(rows()).toHaveLength(6));
    refuses();
    await list({ revision: 3 });
    await holds(() => findButton("Try again"));
    expect(asked).toBe(2);
    expect(rows()).toEqual([]);
    expect(shown()).not.toContain(older);
  });

  it.each([
    ["main is there again", () => act(async () => session.setState(({ returns }) => ({ returns: returns + 1 })))],
    ["the store may be asked for again", () => list({ prepareOnly: false })],
  ])("comes by itself once %s", async (_when, happen) => {
    await list({ prepareOnly: true });
    refuses();
    await openPage();
    await holds(() => findButton("Try again"));
    answers(many);
    await happen();
    await holds(() => expect(rows()).toHaveLength(6));
    expect(() => findButton("Try again")).toThrow("no button");
  });

  it("ends with the page", async () => {
    let ended = false;
    answer = (signal) => {
      signal?.addEventListener("abort", () => {
        ended = true;
      });
      return lasts(signal);
    };
    await openPage();
    expect(asked).toBe(1);
    page?.unmount();
    page = null;
    await holds(() => expect(runningWork.getState().entries[0]?.ended?.fault).toEqual({ kind: "cancelled" }));
    expect(ended).toBe(true);
  });
});

describe("nothing to list", () => {
  it.each([
    ["nothing is saved", fail({ kind: "not-found", what: "saved-messaging" } as const), "No messaging provider is saved yet"],
    ["the provider has none", fail({ kind: "unsupported", why: "no-subscriptions" } as const), "The saved messaging provider has no subscriptions"],
  ])("because %s is no error, and leads to where that is chosen", async (_why, result, title) => {
    answer = () => ends(result);
    await openPage();
    await holds(() => expect(document.querySelector("h2")?.textContent).toBe(title));
    expect(document.querySelector("section a")?.getAttribute("href")).toBe("#/stores/s1/messaging-system");
    expect(() => findButton("Try again")).toThrow("no button");
    expect(spoken("polite")).toContain(title);
  });

  it("because the tenant has none is said, with by whose word", async () => {
    answers([]);
    await openPage();
    await holds(() => expect(document.querySelector("h2")?.textContent).toBe("This tenant has no subscription."));
    expect(shown()).toMatch(/As graph\.microsoft\.com said, \d\d:\d\d\. That was just now\./);
    expect(spoken("polite")).toContain("This tenant has no subscription.");
  });

  it("and no answer yet: the first question can be cancelled, and asked again", async () => {
    answer = (signal) => lasts(signal);
    await openPage();
    await holds(() => findButton("Cancel: Subscriptions of Contoso HQ"));
    await click(findButton("Cancel: Subscriptions of Contoso HQ"));
    await holds(() => expect(shown()).toContain("Asking was stopped."));
    expect(shown()).not.toContain("list of before");
    answers(many);
    await click(findButton("Ask again"));
    await holds(() => expect(rows()).toHaveLength(6));
  });
});
