/** What the scripts answer. The practice organisation's stand-in answers the same. */
import { z } from "zod";

/** An error as PowerShell told it. Texts are in the server's language: nothing is decided by `message`, but by the marks that Exchange puts into it. */
export const remoteErrorSchema = z.object({
  /** Class of the exception at the server, without its namespace (`CategoryInfo.Reason`). */
  reason: z.string(),
  /** The class with its namespace, of the server's exception where there is one. */
  type: z.string(),
  /** `FullyQualifiedErrorId`. */
  id: z.string(),
  category: z.string(),
  /** What WSMan says of a lost or refused connection: a Win32 or WSMan code; null for a cmdlet's own error. */
  code: z.number().nullable(),
  message: z.string(),
  /** The connection failed, not the cmdlet. */
  transport: z.boolean(),
});
export type RemoteError = z.infer<typeof remoteErrorSchema>;

const refusedSchema = z.object({ ok: z.literal(false), error: remoteErrorSchema });
/** `sessionState`: a name of RunspaceState, such as `Opened` or `Broken`. */
const refusedInSessionSchema = refusedSchema.extend({ sessionState: z.string() });

export const openedSchema = z.discriminatedUnion("ok", [z.object({ ok: z.literal(true) }), refusedSchema]);
export const invokedSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), objects: z.array(z.record(z.string(), z.string())), warnings: z.array(z.string()) }),
  refusedInSessionSchema,
]);
export type Invoked = z.infer<typeof invokedSchema>;
export const offeredSchema = z.discriminatedUnion("ok", [z.object({ ok: z.literal(true), offered: z.array(z.string()) }), refusedInSessionSchema]);
export type Offered = z.infer<typeof offeredSchema>;
