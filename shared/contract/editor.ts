import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { draftContentSchema, draftViewSchema, reviewSchema } from "../model/draft.ts";
import { messagingViewSchema, providerDescriptorSchema } from "../model/messaging.ts";
import { storeDetailSchema } from "../model/identity-store.ts";
import { work } from "./progress.ts";

const store = z.object({ storeId: z.string() });
const field = z.object({ storeId: z.string(), provider: z.string(), field: z.string() });

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
  /** Autosave: replaces the draft's values; secrets and certificates travel on their own. Answers the draft as it now stands. */
  saveDraft: oc.input(z.object({ storeId: z.string(), draft: draftContentSchema })).output(resultSchema(draftViewSchema)),
  discardDraft: oc.input(store).output(resultSchema(z.null())),
  /** Seals a secret into the draft. Null clears it. The value never comes back. */
  setSecret: oc.input(field.extend({ value: z.string().max(4096).nullable() })).output(resultSchema(draftViewSchema)),
  /** Puts a picked or uploaded file (`files.*`) into the draft. Null clears it. */
  setCertificate: oc.input(field.extend({ file: z.string().nullable() })).output(resultSchema(draftViewSchema)),
  /** Chooses among the certificates of a draft's file, by SHA-256 thumbprint; null leaves it to the console. */
  chooseIdentity: oc.input(field.extend({ thumbprint: z.string().nullable() })).output(resultSchema(draftViewSchema)),
  /** Field by field; an empty change list with no issues means there is nothing to save. Fails with `invalid`. */
  review: oc.input(store).output(resultSchema(reviewSchema)),
  /** Saves the draft as a new revision. Fails with `invalid` or `conflict`. */
  save: oc
    .input(z.object({ storeId: z.string(), expectedRevision: z.number() }))
    .output(resultSchema(z.object({ revision: z.number(), saved: messagingViewSchema }))),
  /** Tests the draft (or the saved configuration when there is none); remembered as its test result. */
  test: oc.input(store).output(work(z.null())),
  /** Sync Again: lists the servers with the draft's account and merges them into the draft. */
  sync: oc.input(store).output(work(draftViewSchema)),
};
