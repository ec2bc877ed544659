import { oc } from "@orpc/contract";
import { z } from "zod";
import { issueSchema, resultSchema } from "../fault.ts";
import { fieldMappingSchema, jobSchema, jobSettingsSchema, jobSourceSchema, jobTargetSchema } from "../model/job.ts";
import { jobPlanSchema, plannedActionSchema, plannedRowSchema, sourceFactsSchema } from "../model/job-plan.ts";
import { jobRowSchema, jobRowStateSchema, jobRunSchema } from "../model/job-run.ts";
import { feed } from "./feed.ts";
import { work } from "./progress.ts";

const ofJob = z.object({ storeId: z.string(), job: z.string() });
const row = z.record(z.string(), z.string());

/** A row of the page of jobs. */
export const jobSummarySchema = z.object({
  id: z.string(),
  storeId: z.string(),
  storeName: z.string(),
  name: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  type: jobSchema.shape.type,
  source: jobSourceSchema,
  /** Null where none was applied or held. */
  lastRun: jobRunSchema.nullable(),
  /** By its schedule, epoch milliseconds; null where it has none, or is disabled. */
  nextRun: z.number().nullable(),
  /** The newest run that its schedule missed, and that nobody has decided about where it says to ask; null otherwise. */
  missed: z.number().nullable(),
});
export type JobSummary = z.infer<typeof jobSummarySchema>;

export const jobDetailSchema = z.object({
  storeId: z.string(),
  job: jobSchema,
  /** The identity store's revision that it was read from. */
  revision: z.number(),
  /** What keeps it from being run. */
  issues: z.array(issueSchema),
});
export type JobDetail = z.infer<typeof jobDetailSchema>;

/** The first rows of a source. */
export const sourceSampleSchema = z.object({ facts: sourceFactsSchema, rows: z.array(row) });
export type SourceSample = z.infer<typeof sourceSampleSchema>;

/** What a mapping makes of one row: a value, or why there is none. */
export const evaluatedSchema = z.object({ target: jobTargetSchema, value: z.string().nullable(), issue: issueSchema.nullable() });
export type Evaluated = z.infer<typeof evaluatedSchema>;

export const jobsContract = {
  /** Jobs of every identity store, by name. */
  list: oc.output(resultSchema(z.array(jobSummarySchema))),
  /** Fails with `not-found` (`job`). */
  get: oc.input(ofJob).output(resultSchema(jobDetailSchema)),
  /** Settings that a new job of a store begins with, still without a name. Fails with `unsupported` as mail objects do where a store can have none. */
  blank: oc.input(z.object({ storeId: z.string() })).output(resultSchema(jobSettingsSchema.extend({ name: z.string() }))),
  /**
   * Saves a new job. What keeps it from being run does not keep it from being saved. `like`: a job of the same identity store whose own
   * messaging provider it begins with. Fails with `invalid` (`name-taken`, path `name`).
   */
  create: oc.input(z.object({ storeId: z.string(), settings: jobSettingsSchema, like: z.string().nullable().default(null) })).output(resultSchema(jobDetailSchema)),
  /** `seen` is the job as it was read: where it is another one now, nothing is saved (`object-refused: changed-meanwhile`). */
  save: oc.input(ofJob.extend({ settings: jobSettingsSchema, seen: jobSettingsSchema })).output(resultSchema(jobDetailSchema)),
  /** Its runs stay in the history. */
  remove: oc.input(ofJob).output(resultSchema(z.null())),
  /** What keeps settings from being run, asked while they are typed; `job` is null for a new one. */
  check: oc.input(z.object({ storeId: z.string(), job: z.string().nullable(), settings: jobSettingsSchema })).output(resultSchema(z.array(issueSchema))),
  /** Makes room for a messaging provider that is the job's alone: it is opened, changed and saved as an identity store's, under the id that this answers. Fails with `not-found` (`job`). */
  provide: oc.input(ofJob).output(resultSchema(z.object({ id: z.string() }))),
  /** Reads the source as far as its first 20 rows; `facts.rows` counts them all. */
  sample: oc.input(z.object({ source: jobSourceSchema })).output(work(sourceSampleSchema)),
  /** What mappings make of rows, for each row in the order of the mappings. */
  evaluate: oc.input(z.object({ mapping: z.array(fieldMappingSchema), rows: z.array(row).max(50) })).output(resultSchema(z.array(z.array(evaluatedSchema)))),
  /** Plans a run with what is saved. It is held in main for ten minutes after its last use. */
  plan: oc.input(ofJob).output(work(jobPlanSchema)),
  /** Rows of a held plan, by what is done with them; every row where no action is named. Fails with `not-found` (`job-plan`). */
  planned: oc
    .input(z.object({ plan: z.string(), actions: z.array(plannedActionSchema), search: z.string().max(255), from: z.number().int().min(0), most: z.number().int().min(1).max(200) }))
    .output(resultSchema(z.object({ rows: z.array(plannedRowSchema), total: z.number() }))),
  /** Lets a plan go. */
  release: oc.input(z.object({ plan: z.string() })).output(z.null()),
  /**
   * Applies the very plan. A halt is no fault: the run is kept as `halted`, and nothing is written. `password`: the first one of new users,
   * where the plan asks for it. Fails with `object-refused: changed-meanwhile` where the job or its store was saved after the plan.
   */
  apply: oc.input(z.object({ plan: z.string(), password: z.string().max(256).nullable() })).output(work(jobRunSchema)),
  /** Goes on with a run that was interrupted or cancelled; `password` as for `apply`. Fails with `not-found` (`job-run`), `unsupported: run-under-way`. */
  resume: oc.input(z.object({ run: z.string(), password: z.string().max(256).nullable() })).output(work(jobRunSchema)),
  /** What was missed up to now is decided about. Nothing is run by it: where somebody wants it to, the page plans as usual. Fails with `not-found` (`job`). */
  settle: oc.input(ofJob.extend({ run: z.boolean() })).output(resultSchema(z.null())),
  /** Newest first; of one job, or of all. */
  runs: oc.input(z.object({ job: z.string().nullable(), before: z.string().nullable(), most: z.number().int().min(1).max(200) })).output(resultSchema(z.object({ runs: z.array(jobRunSchema), next: z.string().nullable() }))),
  /** A run with rows of it; every row where no state is named. */
  rows: oc
    .input(z.object({ run: z.string(), states: z.array(jobRowStateSchema), search: z.string().max(255), from: z.number().int().min(0), most: z.number().int().min(1).max(200) }))
    .output(resultSchema(z.object({ run: jobRunSchema, rows: z.array(jobRowSchema), total: z.number() }))),
  /** Another value under the key `newest` once a job was saved or removed, a run begun or ended, or a row of one changed, by whomever. */
  news: oc.output(feed(z.string())),
  /** The next moments of a schedule, epoch milliseconds. Fails with `invalid` (path `pattern`, `timeZone`). */
  nextRuns: oc.input(z.object({ pattern: z.string().max(100), timeZone: z.string().max(64) })).output(resultSchema(z.array(z.number()))),
};

