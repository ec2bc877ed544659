/** What support is given in a case: one zip file without secrets, and without names unless they are wanted. */
import { oc } from "@orpc/contract";
import { z } from "zod";
import { work } from "./progress.ts";

export const diagnosticsSchema = z.object({
  fileName: z.string(),
  /** The zip file. */
  base64: z.string(),
  /** What is in it, in its order; sizes in bytes before they are compressed. */
  files: z.array(z.object({ name: z.string(), size: z.number() })),
});
export type Diagnostics = z.infer<typeof diagnosticsSchema>;

/** Longer than any README that goes in. */
const README_MOST = 20_000;

export const diagnosticsContract = {
  /**
   * Gathers what the console knows of itself. `names`: names of the customer stay as they are. `readme`: the words of its README.txt. Nothing is
   * kept. Fails with `unsupported: diagnostics-secret` where a stored secret stands in what was gathered; the detail names the file.
   */
  gather: oc.input(z.object({ names: z.boolean(), readme: z.string().max(README_MOST) })).output(work(diagnosticsSchema)),
};
