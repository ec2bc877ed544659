/** Subscriptions of a tenant, with their seats and service plans, as its cloud tells of them. */
import { z } from "zod";

/**
 * What a subscription may be used for (Microsoft Graph, `subscribedSku.capabilityStatus`): `warning` has ended and still works, `suspended`
 * and `locked-out` give nothing any more, `deleted` is being taken away. `unknown` is a word that this console does not know.
 */
export const subscriptionStates = ["enabled", "warning", "suspended", "deleted", "locked-out", "unknown"] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

/** Whether a service plan can be used in the tenant (`servicePlanInfo.provisioningStatus`). */
export const servicePlanStates = ["success", "disabled", "pending-input", "pending-activation", "pending-provisioning", "unknown"] as const;

export const servicePlanSchema = z.object({
  id: z.string(),
  /** As scripts name it, such as `EXCHANGE_S_ENTERPRISE`. */
  name: z.string(),
  state: z.enum(servicePlanStates),
  /** False for one that the whole tenant has, and no user. */
  isForUsers: z.boolean(),
});
export type ServicePlan = z.infer<typeof servicePlanSchema>;

/** Seats by the state that they are in, and those that somebody has. */
export const seatsSchema = z.object({ enabled: z.number(), warning: z.number(), suspended: z.number(), lockedOut: z.number(), used: z.number() });
export type Seats = z.infer<typeof seatsSchema>;

export const subscriptionSchema = z.object({
  /** The product's identifier, the same in every tenant (`skuId`). */
  id: z.string(),
  /** As scripts name it, such as `ENTERPRISEPACK` (`skuPartNumber`). */
  partNumber: z.string(),
  state: z.enum(subscriptionStates),
  /** False for one that nobody can be given. */
  isForUsers: z.boolean(),
  seats: seatsSchema,
  plans: z.array(servicePlanSchema),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export const subscriptionListSchema = z.object({
  subscriptions: z.array(subscriptionSchema),
  /** The host that was asked. */
  source: z.string(),
  /** When, epoch milliseconds. */
  at: z.number(),
});
export type SubscriptionList = z.infer<typeof subscriptionListSchema>;
