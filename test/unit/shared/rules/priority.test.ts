import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServerEntry } from "../../../../shared/model/mail-server.ts";
import { normalisePriorities, rankedNames, setPriority, tick, untick } from "../../../../shared/rules/priority.ts";
import { carelessEntries, entry, rankedEntries } from "./arbitraries.ts";

function expectRanked(entries: readonly ServerEntry[]) {
  const priorities = entries.filter((server) => server.ticked).map((server) => server.priority ?? 0);
  expect(priorities.toSorted((a, b) => a - b)).toEqual(priorities.map((_, index) => index + 1));
  expect(entries.filter((server) => !server.ticked && server.priority !== null)).toEqual([]);
}

const act = fc.record({
  verb: fc.constantFrom("tick", "untick", "set"),
  index: fc.nat(20),
  number: fc.integer({ min: -3, max: 20 }),
});

function apply(entries: readonly ServerEntry[], { verb, index, number }: { verb: string; index: number; number: number }) {
  const name = entries[index % Math.max(1, entries.length)]?.name ?? "nobody";
  if (verb === "tick") return tick(entries, name);
  return verb === "untick" ? untick(entries, name) : setPriority(entries, name, number);
}

describe("priorities", () => {
  it("stay unique and gapless whatever is done, and rows keep their order", () => {
    fc.assert(
      fc.property(carelessEntries, fc.array(act, { maxLength: 20 }), (start, acts) => {
        let entries: readonly ServerEntry[] = normalisePriorities(start);
        expectRanked(entries);
        for (const step of acts) {
          entries = apply(entries, step);
          expectRanked(entries);
          expect(entries.map((server) => server.name)).toEqual(start.map((server) => server.name));
        }
      }),
    );
  });

  it("give a server exactly the number asked for and keep the others' order", () => {
    fc.assert(
      fc.property(rankedEntries, fc.nat(20), fc.integer({ min: 1, max: 15 }), (entries, index, number) => {
        const name = entries[index % Math.max(1, entries.length)]?.name;
        fc.pre(name !== undefined);
        const ranked = rankedNames(setPriority(entries, name, number));
        expect(ranked.indexOf(name) + 1).toBe(Math.min(number, ranked.length));
        expect(ranked.filter((other) => other !== name)).toEqual(rankedNames(entries).filter((other) => other !== name));
      }),
    );
  });

  it("come back when a move is taken back", () => {
    fc.assert(
      fc.property(rankedEntries, fc.nat(20), fc.integer({ min: 1, max: 15 }), (entries, index, number) => {
        const ranked = rankedNames(entries);
        const name = ranked[index % Math.max(1, ranked.length)];
        fc.pre(name !== undefined);
        const place = ranked.indexOf(name) + 1;
        expect(setPriority(setPriority(entries, name, number), name, place)).toEqual(entries);
        expect(setPriority(untick(entries, name), name, place)).toEqual(entries);
      }),
    );
  });

  it("shift the others when 1 is typed", () => {
    const entries = [entry("exa", 1), entry("exb", 2), entry("exc", 3), entry("exd")];
    expect(rankedNames(setPriority(entries, "exc", 1))).toEqual(["exc", "exa", "exb"]);
    expect(rankedNames(setPriority(entries, "exd", 1))).toEqual(["exd", "exa", "exb", "exc"]);
    expect(rankedNames(untick(entries, "exa"))).toEqual(["exb", "exc"]);
  });

  it("leave a list alone for a name that is not in it", () => {
    const entries = [entry("exa", 1), entry("exb")];
    for (const next of [tick(entries, "no"), untick(entries, "no"), setPriority(entries, "no", 1)]) {
      expect(next).toEqual(entries);
    }
  });
});
