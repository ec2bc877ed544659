/** Two states of an identity store beside each other. */
import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { comparedSideSchema, comparisonSchema } from "../model/comparison.ts";
import { work } from "./progress.ts";

export const comparisonContract = {
  /**
   * Changes nothing that is configured. Fails with `not-found` for a side that is not there, with `invalid` for a handed-over store that
   * importing would refuse, and as the directory does where one of the sides is what it says.
   */
  compare: oc.input(z.object({ storeId: z.string(), left: comparedSideSchema, right: comparedSideSchema })).output(work(comparisonSchema)),
  /**
   * Takes certificates and rights for granted as a comparison showed them, so that they are no difference any more. `seen` is the
   * comparison's. Fails with `not-found` (`sighting` where something else was seen meanwhile) and `not-stored`.
   */
  takeOver: oc.input(z.object({ storeId: z.string(), seen: z.string().max(100) })).output(resultSchema(z.null())),
};
