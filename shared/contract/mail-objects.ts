import { oc } from "@orpc/contract";
import { z } from "zod";
import { issueSchema, resultSchema } from "../fault.ts";
import { foundObjectSchema, journalEntrySchema, journalStateSchema, mailObjectTypeSchema, mailRequestSchema } from "../model/mail-object.ts";
import { containerSchema, mailOfferSchema, mailPlanSchema, rehearsalSchema, serverFailureSchema } from "../model/mail-plan.ts";
import { MAIL_OBJECTS_MOST } from "../rules/file-limits.ts";
import { feed } from "./feed.ts";
import { work } from "./progress.ts";

const ofStore = z.object({ storeId: z.string() });

/** What stands in a line of a file, by the property of a mail object that it becomes. */
export const mailColumnSchema = z.enum(["type", "name", "container", "alias", "address", "externalAddress", "accountName", "password"]);
export type MailColumn = z.infer<typeof mailColumnSchema>;
/** A column of the file by its name in the first line, for each property; null for one that the file does not have. */
export const columnMappingSchema = z.record(mailColumnSchema, z.string().nullable());
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

/** Columns that somebody chose; what is left out goes by the names of the columns. */
export const chosenColumnsSchema = z.partialRecord(mailColumnSchema, z.string().nullable());
export type ChosenColumns = z.infer<typeof chosenColumnsSchema>;

/** A file of mail objects as it was read: held in main under its id until it is applied or let go of. */
export const mailBatchSchema = z.object({
  batch: z.string(),
  fileName: z.string(),
  columns: z.array(z.string()),
  mapping: columnMappingSchema,
  objects: z.number(),
  /** How many lines cannot be done as they are; nothing is written while there is one. */
  refused: z.number(),
  /** The first refused lines, with the number of the line in the file. */
  lines: z.array(z.object({ line: z.number(), name: z.string(), issues: z.array(issueSchema) })),
  /** The first plans. */
  sample: z.array(mailPlanSchema),
});
export type MailBatch = z.infer<typeof mailBatchSchema>;

/** How a run ended: entries of the journal by state. */
export const runSummarySchema = z.object({ run: z.string(), total: z.number(), counts: z.record(z.string(), z.number()), entries: z.array(journalEntrySchema) });
export type RunSummary = z.infer<typeof runSummarySchema>;

export const journalQuestionSchema = z.object({
  /** Null for every identity store. */
  storeId: z.string().nullable(),
  run: z.string().nullable(),
  states: z.array(journalStateSchema),
  /** Held without case by name, alias, address or server. */
  search: z.string().max(255),
  /** The entry before which the page begins; null for the newest. */
  before: z.string().max(100).nullable(),
  most: z.number().int().min(1).max(200),
});
export type JournalQuestion = z.infer<typeof journalQuestionSchema>;
export const journalPageSchema = z.object({ entries: z.array(journalEntrySchema), next: z.string().nullable() });
export type JournalPage = z.infer<typeof journalPageSchema>;

/** First passwords of new users go in with the call that makes them, and are kept nowhere. */
const password = z.string().max(256).nullable();

const calls = {
  /** What can be made in a store. Fails with `unsupported` (`no-mail-system`, `nothing-saved`) where nothing can. */
  offer: oc.input(ofStore).output(resultSchema(mailOfferSchema)),
  /** The containers below one; null for the domain itself. */
  containers: oc.input(ofStore.extend({ parent: z.string().nullable() })).output(resultSchema(z.array(containerSchema))),
  /** Alias, account name and address that a name suggests, free in the directory where that can be asked. */
  propose: oc
    .input(ofStore.extend({ type: mailObjectTypeSchema, name: z.string().max(256) }))
    .output(resultSchema(z.object({ alias: z.string(), accountName: z.string(), address: z.string().nullable() }))),
  /** Objects of the directory that hold the text in name, address, alias or account name, or whose distinguished name it is; at most 50. */
  find: oc.input(ofStore.extend({ text: z.string().min(1).max(2048) })).output(work(z.object({ objects: z.array(foundObjectSchema), more: z.boolean() }))),
  /** What would be done, checked against the provider's rules and, with `ask`, against what the directory holds. Writes nothing. */
  plan: oc.input(ofStore.extend({ request: mailRequestSchema, ask: z.boolean() })).output(resultSchema(mailPlanSchema)),
  /** Does it. Progress carries each step; the entry says what came of it, also where it failed. */
  apply: oc.input(ofStore.extend({ request: mailRequestSchema, password })).output(work(journalEntrySchema)),
  /** Reads a held CSV file and plans every line; null lets the columns be guessed from their names. `sample` is how many plans are answered at most. */
  readBatch: oc
    .input(ofStore.extend({ file: z.string(), mapping: chosenColumnsSchema.nullable(), container: z.string().nullable(), ask: z.boolean(), sample: z.number().int().min(0).max(MAIL_OBJECTS_MOST).optional() }))
    .output(work(mailBatchSchema)),
  /**
   * Does a file that has no refused line. Cancelling ends it between two objects, of which the next one may have been made in the directory
   * already; `resume` goes on. The progress event `run-begun` names the
   * run in its detail, for whoever does not hear the end.
   */
  applyBatch: oc.input(ofStore.extend({ batch: z.string(), password })).output(work(runSummarySchema)),
  releaseBatch: oc.input(z.object({ batch: z.string() })).output(resultSchema(z.null())),
  /** What would happen if servers failed, without any traffic. */
  rehearse: oc.input(ofStore.extend({ request: mailRequestSchema, failures: z.record(z.string(), serverFailureSchema) })).output(resultSchema(rehearsalSchema)),
  /** Goes on with a run, or with one object of it: finishes what is half done, begins what was not begun. */
  resume: oc.input(z.object({ run: z.string(), entry: z.string().nullable(), password })).output(work(runSummarySchema)),
  /** Takes out of the directory what a half-done entry put there. */
  undo: oc.input(z.object({ entry: z.string() })).output(work(journalEntrySchema)),
  journal: oc.input(journalQuestionSchema).output(resultSchema(journalPageSchema)),
  /** A change of the journal under the key `newest`. */
  journalNews: oc.output(feed(z.string())),
};
type Calls = typeof calls;
/** A name for the type: the contract of all calls would be too long to spell out otherwise. */
export interface MailObjectsContract extends Calls {}
export const mailObjectsContract: MailObjectsContract = calls;
