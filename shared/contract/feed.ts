/**
 * A feed carries state: first a snapshot, then numbered changes. The receiver that sees a gap, or reconnects, asks anew
 * and begins with a new snapshot. A slow reader gets the latest value per key, never a backlog. Events are of bounded size:
 * a long snapshot comes in pieces (`shared/rules/whole-snapshots.ts` joins them), many changes at once as several changes.
 */
import { eventIterator } from "@orpc/contract";
import { z } from "zod";

/** The events of a feed whose entries have the given schema. `sequence` grows by one with every event. */
export function feedEventSchema<S extends z.ZodType>(value: S) {
  return z.discriminatedUnion("type", [
    z.object({
      type: z.literal("snapshot"),
      sequence: z.number(),
      entries: z.array(z.object({ key: z.string(), value })),
      /** The next event goes on with the same snapshot. */
      more: z.literal(true).optional(),
    }),
    z.object({
      type: z.literal("change"),
      sequence: z.number(),
      set: z.array(z.object({ key: z.string(), value })),
      removed: z.array(z.string()),
    }),
  ]);
}

export type FeedEvent<T> =
  | {
      readonly type: "snapshot";
      readonly sequence: number;
      readonly entries: readonly { readonly key: string; readonly value: T }[];
      readonly more?: true | undefined;
    }
  | {
      readonly type: "change";
      readonly sequence: number;
      readonly set: readonly { readonly key: string; readonly value: T }[];
      readonly removed: readonly string[];
    };

/** A procedure output that streams a feed. */
export function feed<S extends z.ZodType>(value: S) {
  return eventIterator(feedEventSchema(value));
}
