import { oc } from "@orpc/contract";
import { z } from "zod";
import { licenceChangeSchema, licenceHolderSchema } from "../model/licence.ts";
import { subscriptionListSchema } from "../model/subscription.ts";
import { work } from "./progress.ts";

export const subscriptionsContract = {
  /** Asks the cloud of what is saved, with the saved account; a draft is left alone. Nothing is kept. */
  list: oc.input(z.object({ storeId: z.string() })).output(work(subscriptionListSchema)),
  /** The licences of one user, by the whole sign-in name or the id. Fails with `not-found` (`user-in-tenant`) where there is no such user. */
  holder: oc.input(z.object({ storeId: z.string(), user: z.string().min(1).max(320) })).output(work(licenceHolderSchema)),
  /**
   * Changes a user's direct licences in one call. The user is read again first: `seen` are the direct ones that the change was decided
   * over, and where they are others now nothing is done (`object-refused: changed-meanwhile`). Fails with `invalid` (`planLicences`) before
   * anything is written. Answers what the cloud shows afterwards, which may still be what was there before.
   */
  change: oc.input(z.object({ storeId: z.string(), user: z.string().min(1).max(320), seen: z.array(z.string()), change: licenceChangeSchema })).output(work(licenceHolderSchema)),
};
