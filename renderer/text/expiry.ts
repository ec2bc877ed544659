/** What ends on a date, in words. */
import type { ExpiryKind } from "../../shared/model/identity-store.ts";
import { choiceOf } from "../../shared/rules/choice-value.ts";
import { entryName } from "./provider.ts";
import { say } from "./text.ts";

/** `Microsoft Exchange 2016`, `Client secret of 5f0c…`, the name of a file or a server. */
export function expirySubject(kind: ExpiryKind, subject: string): string {
  if (kind === "support") return entryName(choiceOf(subject));
  return kind === "secret" ? say("expiry.secret-of", { application: subject }) : subject;
}
