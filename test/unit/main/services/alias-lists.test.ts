import { describe, expect, it, vi } from "vitest";
import { createAliasBench } from "../../../../main/aliases/index.ts";
import { AliasLists, LIST_HOLD_MS, LISTS_HELD, type ListQuestion } from "../../../../main/services/alias-lists.ts";
import { FileHolder } from "../../../../main/services/files.ts";
import type { Progress } from "../../../../shared/contract/progress.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { fakeClock } from "../monitor/support.ts";
import { take } from "../store/support.ts";

const rule = { pattern: "^[a-z.]+", maximumLength: 20, domain: null };

function bed() {
  const clock = fakeClock();
  const files = new FileHolder(clock, null);
  const aliases = createAliasBench({ powershell: null, logger: silentLogger });
  const lists = new AliasLists(aliases, clock, files);
  const heard: Progress[] = [];
  const options = { signal: new AbortController().signal, progress: (event: Progress) => heard.push(event) };
  const judge = (text: string, name = "names.csv") => lists.judge(take(files.hold(name, Buffer.from(text), "aliases")).file, null, rule, options);
  return { clock, lists, judge, heard };
}
const everything: Omit<ListQuestion, "list"> = { filter: "all", search: "", from: 0, most: 100 };

describe("a judged list", () => {
  it("is summed up with the lines of its file, and tells how far it is", async () => {
    const { judge, heard } = bed();
    const summary = take(await judge("alias;ou\nanna;x\nbernd2;x\nanna;y\n1;x\n"));
    expect(summary).toMatchObject({ column: "alias", names: 4, engine: "JavaScript", unanchored: true, stoppedAt: null, duplicates: 1, outcomes: { fits: 2, partial: 1, "no-match": 1 } });
    expect(heard.map(({ step, done, total }) => [step, done, total])).toEqual([
      ["reading-list", 36, 36],
      ["judging-names", 4, 4],
    ]);
  });

  it("is given a page at a time, from where the last one ended", async () => {
    const { judge, lists } = bed();
    const { list } = take(await judge(Array.from({ length: 25 }, (_none, i) => `anna${"x".repeat(i)}`).join("\n")));
    const first = take(lists.page({ ...everything, list, most: 10 }));
    const last = take(lists.page({ ...everything, list, most: 10, from: 20 }));
    expect([first.rows.length, first.next, last.rows.length, last.next]).toEqual([10, 10, 5, null]);
    expect(last.rows[0]?.line).toBe(21);
    expect(take(lists.page({ ...everything, list, most: 15, from: 10 })).next).toBeNull();
  });

  it("is filtered by outcome and by duplicates, with the line of the first, and searched without case", async () => {
    const { judge, lists } = bed();
    const { list } = take(await judge("anna\nBernd\nclara2\nanna\n", "names.txt"));
    const lines = (question: Partial<ListQuestion>) => take(lists.page({ ...everything, list, ...question })).rows.map(({ line, sameAs }) => [line, sameAs]);
    expect(lines({ filter: "duplicate" })).toEqual([[4, 1]]);
    expect(lines({ filter: "partial" })).toEqual([[3, null]]);
    expect(lines({ search: " BERN " })).toEqual([[2, null]]);
    expect(lines({ search: "ann", filter: "no-match" })).toEqual([]);
  });

  it("is held for an hour after the last look at it, and is one of four", async () => {
    const { judge, lists, clock } = bed();
    const { list } = take(await judge("anna"));
    await clock.advance(LIST_HOLD_MS - 1);
    expect(lists.page({ ...everything, list }).ok).toBe(true);
    await clock.advance(LIST_HOLD_MS - 1);
    expect(lists.page({ ...everything, list }).ok).toBe(true);
    await clock.advance(LIST_HOLD_MS);
    expect(lists.page({ ...everything, list })).toEqual({ ok: false, fault: { kind: "not-found", what: "alias-list" } });
    const more = [];
    for (let i = 0; i <= LISTS_HELD; i += 1) more.push(take(await judge("anna")).list);
    expect(more.map((held) => lists.page({ ...everything, list: held }).ok)).toEqual([false, true, true, true, true]);
    lists.release(more[1] ?? "");
    expect(lists.page({ ...everything, list: more[1] ?? "" }).ok).toBe(false);
  });

  it("is none when the file is no list or is gone", async () => {
    const { judge, lists } = bed();
    expect(await judge("")).toMatchObject({ fault: { kind: "unreadable", what: "no-names" } });
    expect(await lists.judge("gone", null, rule, { signal: new AbortController().signal, progress: vi.fn() })).toEqual({ ok: false, fault: { kind: "not-found", what: "file" } });
  });
});
