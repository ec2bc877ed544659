/** This computer's own network: a state of its own, said once and not of every server. */
import { z } from "zod";

/** Why names lead nowhere: no interface is up; nobody answers for names; who answers does not know the directory's domain. */
export const networkLossSchema = z.enum(["no-interface", "resolver-away", "names-unknown"]);
export type NetworkLoss = z.infer<typeof networkLossSchema>;

/** What is missing while it is missing; there is no such value while the network is there. */
export const networkAwaySchema = z.object({
  why: networkLossSchema,
  /** Epoch milliseconds. */
  since: z.number(),
  /** Names of the identity stores whose servers cannot be looked at. */
  stores: z.array(z.string()),
});
export type NetworkAway = z.infer<typeof networkAwaySchema>;
