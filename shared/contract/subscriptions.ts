import { oc } from "@orpc/contract";
import { z } from "zod";
import { subscriptionListSchema } from "../model/subscription.ts";
import { work } from "./progress.ts";

export const subscriptionsContract = {
  /** Asks the cloud of what is saved, with the saved account; a draft is left alone. Nothing is kept. */
  list: oc.input(z.object({ storeId: z.string() })).output(work(subscriptionListSchema)),
};
