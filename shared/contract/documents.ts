import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { newDocumentSchema } from "../model/written-document.ts";

const writing = {
  /** As `shared/model/written-document.ts` has it; the service refuses it field by field. */
  document: z.unknown(),
  /** By name, such as `directory.password`. The empty text clears. */
  secrets: z.record(z.string(), z.string()),
  /** Files that were sent (`files.upload`), by the path that the document names. */
  files: z.record(z.string(), z.string()),
};

export const documentsContract = {
  /** The document of a store. */
  read: oc.input(z.object({ storeId: z.string() })).output(resultSchema(z.object({ document: newDocumentSchema, revision: z.number() }))),
  /** Creates a store whole, as its first revision. Fails with `invalid` and every entry at fault. */
  create: oc.input(z.object(writing)).output(resultSchema(z.object({ id: z.string(), name: z.string(), revision: z.number() }))),
  /**
   * Changes a store in one revision or not at all; `changed` is false where the document says nothing new, and no revision
   * was made. Fails with `invalid`, `conflict`, or `unsaved-work` when a draft of the messaging part is in the way.
   */
  apply: oc
    .input(z.object({ storeId: z.string(), ...writing, discardDraft: z.boolean() }))
    .output(resultSchema(z.object({ name: z.string(), revision: z.number(), changed: z.boolean() }))),
};
