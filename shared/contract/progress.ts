/** Long work: any number of progress events, then exactly one `done`. Aborting the call cancels the work. */
import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { resultSchema, type Result } from "../fault.ts";
import { madeStepSchema, type MadeStep } from "../model/mail-object.ts";
import { rungResultSchema, type RungResult } from "../model/mail-server.ts";

export const progressSchema = z.object({
  type: z.literal("progress"),
  /** Picks the sentence, such as `searching-servers`. */
  step: z.string(),
  /** Facts for the sentence. */
  detail: z.string().nullable(),
  done: z.number().nullable(),
  total: z.number().nullable(),
  /** A finished rung, for ladders that grow while one looks. */
  rung: rungResultSchema.nullable(),
  /** A step that was made with a mail object, begun or ended. */
  made: madeStepSchema.optional(),
});
export type Progress = z.infer<typeof progressSchema>;

export type WorkEvent<T> = Progress | { readonly type: "done"; readonly result: Result<T> };

/** A procedure output that streams progress and ends with a result. */
export function work<S extends z.ZodType>(value: S) {
  return eventIterator(
    z.discriminatedUnion("type", [progressSchema, z.object({ type: z.literal("done"), result: resultSchema(value) })]),
  );
}

/** A progress event for a step. */
export function progress(step: string, facts: Partial<Omit<Progress, "type" | "step">> = {}): Progress {
  return { type: "progress", step, detail: null, done: null, total: null, rung: null, ...facts };
}

/** A progress event for a finished rung. */
export function rungProgress(rung: RungResult): Progress {
  return progress("rung", { rung });
}

/** A progress event for a step that was made with a mail object. */
export function madeProgress(made: MadeStep, facts: Partial<Pick<Progress, "done" | "total">> = {}): Progress {
  return { ...progress("made", { detail: made.name, ...facts }), made };
}
