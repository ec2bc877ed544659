import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { certificateInspectionSchema, CERTIFICATE_FILE_LIMIT } from "../model/certificate.ts";

/** A file held in main's memory for ten minutes, addressed by a random token. Its bytes never go to the renderer. */
export const heldFileSchema = z.object({ file: z.string(), name: z.string(), size: z.number() });
export type HeldFile = z.infer<typeof heldFileSchema>;

/** What the picker is for; decides its title and filter. */
export const filePurposeSchema = z.enum(["certificate", "authority", "aliases"]);
export type FilePurpose = z.infer<typeof filePurposeSchema>;

export const filesContract = {
  /** Opens the native picker; null when the person cancelled. Electron only. */
  pick: oc.input(z.object({ purpose: filePurposeSchema })).output(resultSchema(heldFileSchema.nullable())),
  /** Base64; at most 1 MiB decoded. The limit of the text leaves room for the refusal to name the real size. */
  upload: oc
    .input(z.object({ name: z.string().max(255), base64: z.string().max(Math.ceil((CERTIFICATE_FILE_LIMIT * 4) / 3) + 4096) }))
    .output(resultSchema(heldFileSchema)),
  /** The text of a held file that is no secret: an authority's PEM, a list of aliases. Certificates are refused. */
  readText: oc.input(z.object({ file: z.string() })).output(resultSchema(z.string())),
};

export const certificatesContract = {
  /** Null and the empty text both say that nothing was typed. `identity` is the thumbprint of the certificate to describe, of several. */
  inspect: oc
    .input(z.object({ file: z.string(), password: z.string().max(1024).nullable(), identity: z.string().nullable().default(null) }))
    .output(resultSchema(certificateInspectionSchema)),
};
