/** What an identity store has drifted by since it was saved. */
import { z } from "zod";

/** How what is saved and what was seen last differ, in numbers. */
export const driftSchema = z.object({
  /** When it was seen. */
  at: z.number(),
  vanished: z.number(),
  /** Gone from the list before, and there again. */
  returned: z.number(),
  added: z.number(),
  /** Servers of another build or with other roles. */
  changed: z.number(),
  certificates: z.number(),
  rights: z.number(),
  /** The directory lists none of the servers any more, which is told as that and not server by server. */
  noneListed: z.boolean(),
});
export type Drift = z.infer<typeof driftSchema>;
