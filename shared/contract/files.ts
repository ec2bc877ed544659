import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { FILE_PART } from "../rules/file-limits.ts";
import { work } from "./progress.ts";

/** A file held in main's memory until ten minutes after its last use, addressed by a random token. Its bytes never go to the renderer. */
export const heldFileSchema = z.object({ file: z.string(), name: z.string(), size: z.number() });
export type HeldFile = z.infer<typeof heldFileSchema>;

/** What a file is for; decides the picker's title and filter, and how large it may be. */
export const filePurposeSchema = z.enum(["certificate", "authority", "aliases", "mail-objects", "handover", "probe"]);
export type FilePurpose = z.infer<typeof filePurposeSchema>;

export const filesContract = {
  /** Opens the native picker; null when the person cancelled. Electron only. */
  pick: oc.input(z.object({ purpose: filePurposeSchema })).output(resultSchema(heldFileSchema.nullable())),
  /**
   * Takes a file in parts. The progress event `transfer` names, in its detail, what the parts are sent to with `part`; the
   * last of them ends the call. The transfer ends with the call: one that is cancelled or loses its connection leaves nothing.
   */
  receive: oc
    .input(z.object({ name: z.string().max(255), size: z.number().int().min(0), purpose: filePurposeSchema }))
    .output(work(heldFileSchema)),
  /** The next part, base64; `at` is how many bytes came before it. Answered once it is taken, which is when the next may be sent. */
  part: oc
    .input(z.object({ transfer: z.string(), at: z.number().int().min(0), base64: z.string().max(Math.ceil(FILE_PART / 3) * 4) }))
    .output(resultSchema(z.null())),
  /** The text of a held file that is no secret, such as an authority's PEM. Certificates are refused. */
  readText: oc.input(z.object({ file: z.string() })).output(resultSchema(z.string())),
  /** Forgets a held file that nobody needs any more. */
  release: oc.input(z.object({ file: z.string() })).output(resultSchema(z.null())),
};
