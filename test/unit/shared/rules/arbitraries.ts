/** Lists of mail servers for property tests. */
import * as fc from "fast-check";
import type { ServerEntry } from "../../../../shared/model/mail-server.ts";

/** As a list has held it: more than its name is known. */
export function entry(name: string, priority: number | null = null, change: Partial<ServerEntry> = {}): ServerEntry {
  return { name, version: "2013", build: null, roles: [], site: null, ticked: priority !== null, priority, vanished: false, ...change };
}

export const names = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }).map((ids) => ids.map((id) => `ex${id}.contoso.lab`));

/** Lists whose priorities hold: unique and gapless among ticked servers. */
export const rankedEntries = names.chain((list) =>
  fc.tuple(fc.shuffledSubarray(list), fc.array(fc.boolean(), { minLength: list.length, maxLength: list.length })).map(([ticked, vanished]) =>
    list.map((name, index) => {
      const place = ticked.indexOf(name);
      return entry(name, place < 0 ? null : place + 1, { vanished: vanished[index] ?? false });
    }),
  ),
);

/** Priorities as they may come from a file: gaps, doubles, ticks without a number. */
export const carelessEntries = names.chain((list) =>
  fc
    .array(fc.record({ ticked: fc.boolean(), priority: fc.option(fc.integer({ min: 1, max: 9 })) }), { minLength: list.length, maxLength: list.length })
    .map((ranks) => list.map((name, index) => entry(name, null, ranks[index]))),
);
