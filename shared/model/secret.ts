/** What the renderer may know of a secret: that it is there and since when, never what it is. */
import { z } from "zod";

export const secretStateSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("not-set") }),
  /** Times are epoch milliseconds. */
  z.object({ state: z.literal("set"), at: z.number() }),
  z.object({ state: z.literal("changed"), at: z.number() }),
  /** Stored, but the key that sealed it cannot be used here: enter it again. */
  z.object({ state: z.literal("unreadable"), at: z.number() }),
]);
export type SecretState = z.infer<typeof secretStateSchema>;
