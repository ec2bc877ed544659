/** A subscription as Microsoft Graph describes it (learn.microsoft.com/graph/api/resources/subscribedsku). */
import { z } from "zod";
import { servicePlanStates, subscriptionStates, type ServicePlan, type Subscription } from "../../../shared/model/subscription.ts";
import { knownWord } from "./known-word.ts";

const seats = z.int().min(0).nullish().transform((count) => count ?? 0);

const planSchema = z
  .object({ servicePlanId: z.string(), servicePlanName: z.string(), provisioningStatus: z.string().nullish(), appliesTo: z.string().nullish() })
  .transform(({ servicePlanId, servicePlanName, provisioningStatus, appliesTo }): ServicePlan => ({
    id: servicePlanId,
    name: servicePlanName,
    state: knownWord(servicePlanStates, provisioningStatus ?? ""),
    isForUsers: appliesTo !== "Company",
  }));

/** `prepaidUnits` has no `lockedOut` in older tenants, and a subscription that ended can come without any of its entries. */
export const subscribedSkuSchema = z
  .object({
    skuId: z.string(),
    skuPartNumber: z.string(),
    capabilityStatus: z.string().nullish(),
    appliesTo: z.string().nullish(),
    consumedUnits: seats,
    prepaidUnits: z.object({ enabled: seats, warning: seats, suspended: seats, lockedOut: seats }).nullish(),
    servicePlans: z.array(planSchema).nullish(),
  })
  .transform(({ skuId, skuPartNumber, capabilityStatus, appliesTo, consumedUnits, prepaidUnits, servicePlans }): Subscription => ({
    id: skuId,
    partNumber: skuPartNumber,
    state: knownWord(subscriptionStates, capabilityStatus ?? ""),
    isForUsers: appliesTo !== "Company",
    seats: { ...(prepaidUnits ?? { enabled: 0, warning: 0, suspended: 0, lockedOut: 0 }), used: consumedUnits },
    plans: [...(servicePlans ?? [])],
  }));
