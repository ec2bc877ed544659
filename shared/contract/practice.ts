import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { heldFileSchema } from "./files.ts";
import { feed } from "./feed.ts";

/** A part of the practice organisation that can be broken: a server, the directory, a cloud. */
export const practiceComponentSchema = z.object({
  id: z.string(),
  /** What tells it apart: a server's release, the directory's host, how many servers were generated, how many mails were taken. */
  detail: z.string().nullable(),
  kind: z.enum(["server", "directory", "network", "authority", "graph", "google-token", "google-directory", "smtp"]),
  /** `up` or the name of the failure in force. */
  state: z.string(),
  /** Verbs that make sense for this part, such as `down`, `up`, `drain`, `slow`. */
  verbs: z.array(z.string()),
});
export type PracticeComponent = z.infer<typeof practiceComponentSchema>;

export const practiceFactsSchema = z.object({
  domain: z.string(),
  username: z.string(),
  /** Public by nature: it opens nothing but the practice organisation. */
  password: z.string(),
  /** What to type into each provider's form, by field. `variant` names one of several values, such as `expired`. */
  forms: z.array(
    z.object({
      provider: z.string(),
      values: z.array(z.object({ field: z.string(), value: z.string(), variant: z.string().optional() })),
    }),
  ),
  /** Practice PFX and P12 files to choose in the form. */
  files: z.array(z.object({ name: z.string(), password: z.string(), base64: z.string() })),
});
export type PracticeFacts = z.infer<typeof practiceFactsSchema>;

export const practiceContract = {
  facts: oc.output(resultSchema(practiceFactsSchema)),
  watch: oc.output(feed(practiceComponentSchema)),
  /** Breaks or mends: `target` is a component id or null where the verb needs none (`reset`, `thousand`). */
  run: oc
    .input(z.object({ verb: z.string(), target: z.string().nullable(), argument: z.string().nullable() }))
    .output(resultSchema(z.null())),
  /** Puts a practice file where the form's Choose File puts a picked one. */
  holdFile: oc.input(z.object({ name: z.string() })).output(resultSchema(heldFileSchema)),
};
