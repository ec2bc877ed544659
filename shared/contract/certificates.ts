import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { certificateInspectionSchema } from "../model/certificate.ts";

export const certificatesContract = {
  /** Null and the empty text both say that nothing was typed. `identity` is the thumbprint of the certificate to describe, of several. */
  inspect: oc
    .input(z.object({ file: z.string(), password: z.string().max(1024).nullable(), identity: z.string().nullable().default(null) }))
    .output(resultSchema(certificateInspectionSchema)),
};
