/** The key pair of this console: files that are sealed to its public half open here, and nowhere else. */
import { fail, succeed, type Issue, type Result } from "../../../shared/fault.ts";
import { makeIdentity, readRecipient, recipientOf } from "../../handover/recipient.ts";
import type { Foundation } from "../rooms.ts";

type Keeper = Pick<Foundation, "ownKey">;

export interface PublicKey {
  /** `age1…` */
  readonly publicKey: string;
}

/** The public half. A console that has none makes it. Fails with `unreadable: own-key-unreadable` and `not-stored`. */
export async function publicKey({ ownKey }: Keeper): Promise<Result<PublicKey>> {
  const kept = ownKey.read();
  if (!kept.ok) return kept;
  const secret = kept.value === null ? await ownKey.keep(await makeIdentity()) : succeed(kept.value);
  return secret.ok ? succeed({ publicKey: await recipientOf(secret.value) }) : secret;
}

/** The public half of a new pair, in place of the one before: what was sealed to that opens nowhere any more. Fails with `not-stored`. */
export async function newPublicKey({ ownKey }: Keeper): Promise<Result<PublicKey>> {
  const made = await makeIdentity();
  const kept = await ownKey.replace(made);
  return kept.ok ? succeed({ publicKey: await recipientOf(made) }) : kept;
}

/** Each key once. Fails with `invalid`, with a path for each that is none; what was typed is not in it, since it may be a secret. */
export async function readRecipients(typed: readonly string[]): Promise<Result<readonly string[]>> {
  const read = await Promise.all(typed.map(readRecipient));
  const issues: Issue[] = read.flatMap((one, at) => (one.ok ? [] : [{ path: ["recipients", at], code: one.why }]));
  return issues.length > 0 ? fail({ kind: "invalid", issues }) : succeed([...new Set(read.flatMap((one) => (one.ok ? [one.value] : [])))]);
}
