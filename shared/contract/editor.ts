import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { draftAnswerSchema, draftChangeSchema, draftMarkSchema, draftSightSchema, draftViewSchema, picksSchema, rebasedSchema, reviewSchema } from "../model/draft.ts";
import { messagingViewSchema, providerDescriptorSchema } from "../model/messaging.ts";
import { storeDetailSchema } from "../model/identity-store.ts";
import { work } from "./progress.ts";

const store = z.object({ storeId: z.string() });
const seen = store.extend({ sight: draftSightSchema });
const field = seen.extend({ provider: z.string(), field: z.string() });

/** Everything the Messaging System page opens with. */
export const editorStateSchema = z.object({
  store: storeDetailSchema,
  /** Null before the first save: the wizard. */
  saved: messagingViewSchema.nullable(),
  draft: draftViewSchema.nullable(),
  /** Providers in the order of the drop-down, limited to the store's kind. */
  providers: z.array(providerDescriptorSchema),
});
export type EditorState = z.infer<typeof editorStateSchema>;

export const editorContract = {
  open: oc.input(store).output(resultSchema(editorStateSchema)),
  /**
   * Makes changes. Changes of different fields merge; one of a field that another window changed since it was seen is not made
   * and answered as a difference. Without changes it answers what is new. Fails with `draft-changed` when what was seen is gone.
   */
  change: oc.input(seen.extend({ changes: z.array(draftChangeSchema).max(10_000) })).output(resultSchema(draftAnswerSchema)),
  /** Discards this version. Fails with `draft-changed` when it is another one by now. */
  discardDraft: oc.input(store.extend({ version: z.number() })).output(resultSchema(z.null())),
  /** Seals a secret into the draft. Null clears it. The value never comes back. Judged as a change is. */
  setSecret: oc.input(field.extend({ value: z.string().max(4096).nullable() })).output(resultSchema(draftAnswerSchema)),
  /** Puts a picked or uploaded file (`files.*`) into the draft. Null clears it. Judged as a change is. */
  setCertificate: oc.input(field.extend({ file: z.string().nullable() })).output(resultSchema(draftAnswerSchema)),
  /** Chooses among the certificates of a draft's file, by SHA-256 thumbprint; null leaves it to the console. Judged as a change is. */
  chooseIdentity: oc.input(field.extend({ thumbprint: z.string().nullable() })).output(resultSchema(draftAnswerSchema)),
  /**
   * Puts the draft over what was saved since it began, field by field: what only one side changed stands, what both did wants
   * a pick. Picks count against the revision that was seen: what was saved again meanwhile is asked anew. Fails with `draft-changed`.
   */
  rebase: oc.input(seen.extend({ picks: picksSchema })).output(resultSchema(rebasedSchema)),
  /** Field by field; an empty change list with no issues means there is nothing to save. Fails with `invalid`. */
  review: oc.input(store).output(resultSchema(reviewSchema)),
  /**
   * Saves the draft as a new revision, and only the one that was reviewed. What changes nothing makes no revision. Fails with
   * `invalid`, `conflict`, or `draft-changed` when the draft is another one by now.
   */
  save: oc
    .input(store.extend({ expectedRevision: z.number(), draft: draftMarkSchema.nullable() }))
    .output(resultSchema(z.object({ revision: z.number(), changed: z.boolean(), saved: messagingViewSchema }))),
  /** Tests the draft (or the saved configuration when there is none); remembered as its test result. */
  test: oc.input(store).output(work(z.null())),
  /** Sync Again: lists the servers with the draft's account and merges them into the draft. */
  sync: oc.input(store).output(work(draftViewSchema)),
};
