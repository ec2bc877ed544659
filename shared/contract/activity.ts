import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { searchedWordSchema } from "../model/search.ts";
import { feed } from "./feed.ts";

/** Something that happened: a save, a change of state, a failed save. Kept for the Activity page. */
export const activityEventSchema = z.object({
  id: z.string(),
  at: z.number(),
  /** Picks the sentence, such as `server-offline`, `revision-saved`. */
  kind: z.string(),
  storeId: z.string().nullable(),
  storeName: z.string().nullable(),
  subject: z.string().nullable(),
  detail: z.string().nullable(),
});
export type ActivityEvent = z.infer<typeof activityEventSchema>;

export const activityQuestionSchema = z.object({
  /** The event before which the page begins; null for the newest. */
  before: z.string().max(40).nullable(),
  most: z.number().int().min(1).max(200),
  /** Null for the events of every identity store. */
  store: z.string().max(100).nullable(),
  /** An event must hold all of them. */
  words: z.array(searchedWordSchema).max(20),
});
export type ActivityQuestion = z.infer<typeof activityQuestionSchema>;

export const activityPageSchema = z.object({
  /** Newest first. */
  events: z.array(activityEventSchema),
  /** What the next page comes before; null at the end. */
  next: z.string().nullable(),
});
export type ActivityPage = z.infer<typeof activityPageSchema>;

export const activityContract = {
  page: oc.input(activityQuestionSchema).output(resultSchema(activityPageSchema)),
  /** The id of the newest event under the key `newest`: when it changes, the newest page is asked for again. */
  news: oc.output(feed(z.string())),
};
