// @vitest-environment jsdom
/** The page Compare: what its selects, its address and its result say of each other. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ComparisonPage } from "../../../../../renderer/features/comparison/comparison-page.tsx";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { addressOf } from "../../../../../renderer/stores/routes.ts";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import { session } from "../../../../../renderer/stores/session.ts";
import { storesList } from "../../../../../renderer/stores/stores-list.ts";
import "../../../../../renderer/text/all-texts.ts";
import type { Comparison } from "../../../../../shared/model/comparison.ts";
import type { Revision } from "../../../../../shared/model/draft.ts";
import type { StoreSummary } from "../../../../../shared/model/identity-store.ts";
import { fail, succeed, type Result } from "../../../../../shared/result.ts";
import { click, findButton, hush, render, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";
import { ends, lasts, opened, type Answers } from "../handover/support.tsx";
import { holds, select } from "../mail-objects/support.tsx";

const NEWEST = 70;
const PAGE = 30;

const summary: StoreSummary = {
  id: "s1", name: "Contoso HQ", kind: "active-directory", domain: "contoso.lab", messaging: { provider: "exchange", variant: "2016" }, hasSubscriptions: false, serversTotal: 3, serversOnline: 2, serversUnknown: 0,
  state: "saved", hasDraft: true, draftVersion: 1, editing: [], revision: NEWEST, prepareOnly: false, nextExpiry: null, drift: null, probed: null, updatedAt: 0,
};
const revision = (number: number): Revision => ({ number, at: 0, who: "ann", action: "saved", restoredFrom: null, tested: "passed", changes: [] });
const certificate = { key: "servers.exa.certificate", provider: "exchange", before: "aa", after: "bb", secret: false };
const same: Comparison = { revision: NEWEST, changes: [], notCompared: [], probed: null, seen: null };

let page: Rendered | null = null;
let asked: (readonly [call: string, input: unknown])[] = [];
let revisionsFault = false;
let opening: (input: never, signal?: AbortSignal) => unknown;
let compared: () => Result<Comparison> | Promise<Result<Comparison>>;
let taken: Result<null> | Promise<Result<null>>;
const inputsOf = (call: string) => asked.filter(([name]) => name === call).map(([, input]) => input);
const shown = () => page?.host.textContent ?? "";
const sides = () => [...document.querySelectorAll("select")];
const side = (name: "Left" | "Right") => sides()[name === "Left" ? 0 : 1] ?? document.createElement("select");
const chosen = () => sides().map(({ value }) => value);
const list = (change: Partial<StoreSummary> = {}) => act(async () => storesList.setState({ freshness: "current", entries: new Map([["s1", { ...summary, ...change }]]) }));

async function openPage(address: { readonly left?: string; readonly right?: string } = {}): Promise<void> {
  const answers: Answers = {
    "stores.revisions": ({ before }: { readonly before: number | null }) => {
      if (revisionsFault) return fail({ kind: "not-stored", why: "locked" });
      const first = before === null ? NEWEST : before - 1;
      const numbers = Array.from({ length: Math.min(PAGE, first) }, (_, index) => first - index);
      const last = numbers.at(-1) ?? 1;
      return succeed({ newest: NEWEST, revisions: numbers.map(revision), next: last > 1 ? last : null });
    },
    "comparison.compare": async function* () {
      yield* ends(await compared());
    },
    "comparison.takeOver": () => taken,
    "files.pick": () => succeed({ file: `f${String(inputsOf("files.pick").length)}`, name: "hq.age", size: 4 }),
    "files.release": () => succeed(null),
    "handover.open": opening,
    "handover.release": () => succeed(null),
  };
  const heard = Object.entries(answers).map(([call, reply]) => [
    call,
    (input: never, signal?: AbortSignal) => {
      asked.push([call, input]);
      return reply(input, signal);
    },
  ]);
  provideClient(standInClient(Object.fromEntries(heard)));
  navigation.setState({ route: { page: "store", id: "s1", section: "compare", ...address } });
  page = await render(<ComparisonPage storeId="s1" />);
}

beforeEach(async () => {
  asked = [];
  revisionsFault = false;
  compared = () => succeed(same);
  taken = succeed(null);
  opening = () => ends(succeed(opened([])));
  session.setState({ hello: { contract: "", version: "1", host: "electron", platform: "linux", practice: false, dataDirectory: "/d", keyProtection: "key-file", filePicker: "native", user: "a", storeNotice: null } });
  await list();
});
afterEach(() => {
  page?.unmount();
  page = null;
  hush();
  runningWork.setState({ entries: [], used: false });
  session.setState({ hello: null });
});

describe("the revisions to choose from", () => {
  it("are all there are, a page at a time", async () => {
    await openPage();
    const numbers = () => [...side("Left").options].filter(({ value }) => /^\d+$/.test(value)).length;
    for (const count of [30, 60, 70]) {
      await holds(() => expect(numbers()).toBe(count));
      if (count < NEWEST) await click(findButton("List earlier revisions"));
    }
    expect(() => findButton("List earlier revisions")).toThrow("no button");
  });

  it("are said to be missing where they cannot be read", async () => {
    revisionsFault = true;
    await openPage();
    await holds(() => findButton("Try again"));
    revisionsFault = false;
    await click(findButton("Try again"));
    await holds(() => expect(side("Left").options.length).toBeGreaterThan(PAGE));
  });
});

describe("what probes said", () => {
  const optionOf = (name: "Left" | "Right") => [...side(name).options].find((option) => option.value === "probe");
  const at = new Date("2026-11-27T14:05:00").getTime();
  const probed = { source: "JUMP01", since: at, at, sources: 1 };

  it("is a choice only where a result was imported, with its source and time", async () => {
    compared = () => succeed({ ...same, probed });
    await openPage();
    expect(optionOf("Left")).toBeUndefined();
    await list({ probed });
    expect(optionOf("Right")?.textContent).toBe("Probe on JUMP01 at 2026-11-27 14:05");
    await select(side("Right"), "probe");
    await click(findButton("Compare"));
    await holds(() => expect(shown()).toContain("Saved, held against Probe on JUMP01 at 2026-11-27 14:05: no difference."));
    expect(inputsOf("comparison.compare")).toEqual([{ storeId: "s1", left: { kind: "saved" }, right: { kind: "probe" } }]);
  });

  it("of an older result is no more beside the name of a newer one", async () => {
    compared = () => succeed({ ...same, probed });
    await openPage({ left: "saved", right: "probe" });
    await list({ probed });
    await holds(() => expect(shown()).toContain("Saved, held against Probe on JUMP01 at 2026-11-27 14:05: no difference."));
    await list({ probed: { ...probed, at: probed.at + 60_000 } });
    expect(shown()).not.toContain("no difference.");
  });

  it("that an address names and that are not here are said to be missing", async () => {
    compared = () => fail({ kind: "not-found", what: "probe-result" });
    await openPage({ left: "probe", right: "saved" });
    await holds(() => expect(shown()).toContain("No result of a carry-in probe was imported for this identity store."));
    expect(optionOf("Left")?.disabled).toBe(true);
    expect(chosen()).toEqual(["probe", "saved"]);
  });
});

describe("the address", () => {
  const address = () => addressOf(navigation.getState().route);
  const goTo = (sidesThere: { readonly left?: string; readonly right?: string }) => act(async () => navigation.setState({ route: { page: "store", id: "s1", section: "compare", ...sidesThere } }));

  it("says what is chosen, and asks for nothing by that", async () => {
    await openPage();
    await select(side("Right"), "draft");
    expect(address()).toBe("#/stores/s1/compare?left=saved&right=draft");
    await click(findButton("Exchange the sides"));
    expect(address()).toBe("#/stores/s1/compare?left=draft&right=saved");
    expect(chosen()).toEqual(["draft", "saved"]);
    expect(inputsOf("comparison.compare")).toEqual([]);
  });

  it("is followed while the page is open, and compared where it names both", async () => {
    await openPage({ left: "3", right: "saved" });
    await holds(() => expect(inputsOf("comparison.compare")).toEqual([{ storeId: "s1", left: { kind: "revision", number: 3 }, right: { kind: "saved" } }]));
    await goTo({ left: "4", right: "draft" });
    expect(chosen()).toEqual(["4", "draft"]);
    await holds(() => expect(inputsOf("comparison.compare")[1]).toEqual({ storeId: "s1", left: { kind: "revision", number: 4 }, right: { kind: "draft" } }));
    await goTo({});
    expect(chosen()).toEqual(["saved", "directory"]);
    expect(inputsOf("comparison.compare")).toHaveLength(2);
  });
});

describe("a result", () => {
  const change = { key: "values.domain", provider: "exchange", before: "old.lab", after: "new.lab", secret: false };

  it("stands beside its own sides and what was saved then, and nowhere else", async () => {
    await openPage({ left: "3", right: "saved" });
    const sentence = "Revision 3, held against Saved: no difference.";
    await holds(() => expect(shown()).toContain(sentence));
    await select(side("Right"), "draft");
    expect(shown()).not.toContain(", held against");
    await select(side("Right"), "saved");
    expect(shown()).toContain(sentence);
    await list({ revision: NEWEST + 1 });
    expect(shown()).not.toContain(", held against");
  });

  it("that comes when other sides are chosen is not shown beside them, and neither is what failed", async () => {
    let answer: (result: Result<Comparison>) => void = () => {};
    compared = () => new Promise((resolve) => {
      answer = resolve;
    });
    for (const result of [succeed({ ...same, changes: [change] }), fail({ kind: "not-found", what: "revision" } as const)]) {
      await openPage({ left: "60", right: "saved" });
      await holds(() => expect(inputsOf("comparison.compare")).toHaveLength(1));
      await select(side("Left"), "draft");
      await act(async () => answer(result));
      await holds(() => expect(runningWork.getState().entries[0]?.ended).not.toBeNull());
      expect(shown()).not.toMatch(/, held against|not kept any more/);
      await select(side("Left"), "60");
      expect(shown()).toMatch(/, held against Saved: 1 difference\.|not kept any more/);
      page?.unmount();
      asked = [];
    }
  });

  it("is taken over as it was shown, and its own sides are compared again", async () => {
    compared = () => succeed({ ...same, changes: [certificate], seen: "mark" });
    await openPage({ left: "saved", right: "directory" });
    await holds(() => findButton("Take certificates and rights as they are"));
    let done: () => void = () => {};
    const waiting = new Promise<void>((resolve) => {
      done = resolve;
    });
    taken = waiting.then(() => succeed(null));
    await click(findButton("Take certificates and rights as they are"));
    await select(side("Right"), "draft");
    await act(async () => done());
    await holds(() => expect(inputsOf("comparison.compare")).toHaveLength(2));
    expect(inputsOf("comparison.takeOver")).toEqual([{ storeId: "s1", seen: "mark" }]);
    expect(inputsOf("comparison.compare")[1]).toEqual({ storeId: "s1", left: { kind: "saved" }, right: { kind: "directory" } });
  });
});

describe("a handed-over file", () => {
  const take = async () => {
    await click(findButton("Take a handed-over file…"));
    await holds(() => findButton("Open"));
  };

  it("that is taken is given back when another one is, and when the page is left", async () => {
    await openPage();
    await take();
    await take();
    await holds(() => expect(inputsOf("files.release")).toEqual([{ file: "f1" }]));
    page?.unmount();
    page = null;
    await holds(() => expect(inputsOf("files.release")).toEqual([{ file: "f1" }, { file: "f2" }]));
  });

  it("shows how far its opening is, and can be cancelled", async () => {
    opening = (_input, signal) => lasts(signal);
    await openPage();
    await take();
    await click(findButton("Open"));
    await holds(() => findButton("Cancel: Opening hq.age"));
    await click(findButton("Cancel: Opening hq.age"));
    await holds(() => expect(findButton("Open").getAttribute("aria-disabled")).not.toBe("true"));
    expect(shown()).toContain("hq.age");
  });

  it("is a side once it is open, until the page is left", async () => {
    await openPage();
    await take();
    await click(findButton("Open"));
    await holds(() => expect(chosen()).toEqual(["saved", "bundle"]));
    await click(findButton("Compare"));
    await holds(() => expect(shown()).toContain("Saved, held against hq.age: no difference."));
    expect(inputsOf("files.release")).toEqual([]);
    page?.unmount();
    page = null;
    await holds(() => expect([inputsOf("files.release"), inputsOf("handover.release")]).toEqual([[{ file: "f1" }], [{ bundle: "b1" }]]));
  });
});
