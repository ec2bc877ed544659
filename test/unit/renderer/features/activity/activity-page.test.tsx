// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ActivityPage } from "../../../../../renderer/features/activity/activity-page.tsx";
import { joined } from "../../../../../renderer/features/activity/use-activity.ts";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { searchedWords } from "../../../../../renderer/text/search.ts";
import "../../../../../renderer/text/all-texts.ts";
import type { ActivityEvent, ActivityPage as Answer } from "../../../../../shared/contract/activity.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { eventually } from "../../../../lab/eventually.ts";
import { click, findButton, render, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";

const event = (id: number, change: Partial<ActivityEvent> = {}): ActivityEvent => ({
  id: String(id), at: id, kind: "server-offline", storeId: "s", storeName: "Contoso", subject: `ex${id}.contoso.lab`, detail: null, ...change,
});
const events = (...ids: number[]) => ids.map((id) => event(id));

describe("the newest page and those that are known", () => {
  it("meet where they have an event in common", () => {
    const known: Answer = { events: events(5, 4, 3, 2), next: "2" };
    expect(joined({ events: events(6, 5, 4), next: "4" }, known)).toEqual({ events: events(6, 5, 4, 3, 2), next: "2" });
  });

  it("leave nothing out between them: what lies beyond a gap is asked for again", () => {
    const known: Answer = { events: events(5, 4, 3), next: "3" };
    const newest: Answer = { events: events(9, 8, 7), next: "7" };
    expect(joined(newest, known)).toEqual(newest);
  });

  it("are the newest alone where there is no more", () => {
    const newest: Answer = { events: events(2, 1), next: null };
    expect(joined(newest, { events: events(2, 1, 0), next: null })).toEqual(newest);
  });
});

describe("a search", () => {
  it("asks for each word in what differs, or in the sentence", () => {
    expect(searchedWords("  Offline EXA ", "activity")).toEqual([
      { text: "offline", kinds: ["server-offline"] },
      { text: "exa", kinds: [] },
    ]);
    expect(searchedWords("", "activity")).toEqual([]);
    expect(searchedWords("renamed", "history")).toEqual([{ text: "renamed", kinds: ["renamed"] }]);
  });
});

describe("the page", () => {
  let page: Rendered;
  const asked: unknown[] = [];
  let tell = () => {};
  let isDown = false;
  beforeEach(async () => {
    isDown = false;
    asked.length = 0;
    navigation.setState({ route: { page: "activity", store: "s" } });
    let sequence = 0;
    let newest = 3;
    async function* news() {
      yield { type: "snapshot", sequence: 0, entries: [{ key: "newest", value: "3" }] };
      for (;;) {
        await new Promise<void>((resolve) => {
          tell = resolve;
        });
        newest += 1;
        sequence += 1;
        yield { type: "change", sequence, set: [{ key: "newest", value: String(newest) }], removed: [] };
      }
    }
    provideClient(
      standInClient({
        "app.activity.news": () => news(),
        "app.activity.page": (question) => {
          asked.push(question);
          if (isDown) return fail({ kind: "internal", incident: "abc" });
          const older = JSON.stringify(question).includes('"before":"2"');
          return succeed(older ? { events: [event(1, { kind: "revision-saved", subject: "7" })], next: null } : { events: events(...(newest > 3 ? [4] : []), 3, 2), next: "2" });
        },
      }),
    );
    page = await render(<ActivityPage />);
    await eventually(() => {
      if (rows().length !== 2) throw new Error("the rows are not there yet");
    });
  });
  afterEach(() => page.unmount());

  const rows = () => [...page.host.querySelectorAll("tbody tr")].map((row) => row.textContent);

  it("asks for the events of the store in its address, shows more of them on demand, and keeps the focus on the button", async () => {
    expect(asked[0]).toMatchObject({ before: null, store: "s" });
    const button = findButton("Show more");
    button.focus();
    await click(button);
    await eventually(() => expect(rows()).toHaveLength(3));
    expect(document.activeElement).toBe(findButton("Show more"));
    expect(findButton("Show more").getAttribute("aria-disabled")).toBe("true");
    expect(page.host.textContent).toContain("3 shown, that is all.");
  });

  it("shows what happens while one looks, above the older ones that were asked for", async () => {
    await click(findButton("Show more"));
    await eventually(() => expect(rows()).toHaveLength(3));
    await act(async () => tell());
    await eventually(() => expect(rows()).toHaveLength(4));
    expect(rows()[0]).toContain("ex4.contoso.lab went offline");
  });

  it("leads from a save to its revision", async () => {
    await click(findButton("Show more"));
    await eventually(() => expect(rows()).toHaveLength(3));
    expect(page.host.querySelector("tbody a")?.getAttribute("href")).toBe("#/stores/s/history?revision=7");
  });

  it("keeps what it shows when it cannot be asked for again, and shows nothing of another filter as if it had passed this one", async () => {
    isDown = true;
    await act(async () => tell());
    await eventually(() => expect(page.host.textContent).toContain("Something went wrong inside the console."));
    expect(rows()).toHaveLength(2);
    await act(async () => navigation.setState({ route: { page: "activity", store: "other" } }));
    await eventually(() => expect(rows()).toEqual([]));
    expect(page.host.textContent).toContain("Something went wrong inside the console.");
  });
});
