/** The JSON document of `stores add` and `stores set`. */
import { z } from "zod";
import { issuesOf } from "../../../shared/issues.ts";
import { parseJson } from "../../../shared/json.ts";
import { storeConnectionSchema, storeNameSchema } from "../../../shared/model/identity-store.ts";
import { fieldValueSchema } from "../../../shared/model/messaging.ts";
import { readLimited } from "../shared/read-limited.ts";
import { take } from "./take.ts";
import { VerbFailure } from "./verb.ts";

/** In bytes. */
const fileLimit = 4 * 1024 * 1024;

const serverSchema = z.strictObject({
  name: z.string().trim().toLowerCase().min(1).max(255),
  priority: z.number().int().min(1).nullable().describe("1 is tried first; null leaves the server unticked"),
});

const messagingDocumentSchema = z.strictObject({
  provider: z.string().describe("exchange, office365, google-workspace, other or none"),
  variant: z.string().nullable().default(null).describe("which entry of the provider, such as the Exchange version; null where there is one"),
  values: z.record(z.string(), fieldValueSchema).default({}).describe("the provider's fields by name; what is left out keeps its value"),
  servers: z.array(serverSchema).max(5000).optional().describe("replaces ticks and priorities; without it they stay"),
  certificates: z.record(z.string(), z.string()).default({}).describe("certificate fields by name: the path of a PFX or P12 file"),
});
export type MessagingDocument = z.infer<typeof messagingDocumentSchema>;

export const newStoreDocumentSchema = z.strictObject({
  name: storeNameSchema,
  connection: storeConnectionSchema,
  messaging: messagingDocumentSchema.optional(),
});

/** For `stores set` every part may be left out. */
export const storeChangeSchema = newStoreDocumentSchema.partial();

/** JSON Schema (draft 2020-12) of the document, from the same schemas that decode it. */
export function storeJsonSchema(): unknown {
  return z.toJSONSchema(newStoreDocumentSchema, { io: "input", reused: "ref" });
}

/** Reads and decodes a file. Fails with `not-found`, `unreadable` or `invalid`. */
export async function readDocument<S extends z.ZodType>(file: string, schema: S): Promise<z.infer<S>> {
  const bytes = take(await readLimited(file, fileLimit));
  if (bytes.length > fileLimit) throw new VerbFailure({ kind: "unreadable", what: "too-large", detail: file });
  const given = parseJson(new TextDecoder().decode(bytes));
  if (given === undefined) throw new VerbFailure({ kind: "unreadable", what: "not-json", detail: file });
  const decoded = schema.safeParse(given);
  if (decoded.success) return decoded.data;
  throw new VerbFailure({ kind: "invalid", issues: issuesOf(decoded.error, "message") });
}
