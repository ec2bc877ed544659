/** Licences of a user: which subscriptions somebody has, by whom, and what is to be changed. */
import { z } from "zod";

/** How an assignment stands (Microsoft Graph, `licenseAssignmentState.state`). */
export const licenceStates = ["active", "active-with-error", "disabled", "error", "unknown"] as const;

/** One way by which a user has a subscription: it may be given directly and by groups at once. */
export const userLicenceSchema = z.object({
  /** `skuId`. */
  subscription: z.string(),
  /** The id of the group that it is inherited from; null where it was given to the user. */
  group: z.string().nullable(),
  /** Null where the group's name cannot be read, or there is none. */
  groupName: z.string().nullable(),
  state: z.enum(licenceStates),
  /** Graph's own word for what is wrong, such as `CountViolation`; null for nothing. */
  problem: z.string().nullable(),
});
export type UserLicence = z.infer<typeof userLicenceSchema>;

export const licenceHolderSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `userPrincipalName`. */
  signInName: z.string(),
  /** Two letters (ISO 3166-1 alpha-2); null where none is set: nothing can be given directly then. */
  usageLocation: z.string().nullable(),
  licences: z.array(userLicenceSchema),
});
export type LicenceHolder = z.infer<typeof licenceHolderSchema>;

/** What is to be changed of one user's direct licences, in one call. Subscriptions by `skuId`. */
export const licenceChangeSchema = z.object({
  give: z.array(z.string()).max(100),
  take: z.array(z.string()).max(100),
  /** Set before; null leaves it as it is. */
  usageLocation: z.string().regex(/^[A-Z]{2}$/).nullable(),
});
export type LicenceChange = z.infer<typeof licenceChangeSchema>;
