/** The end of planning a document: what was given is sealed. */
import { succeed, type Result } from "../../shared/fault.ts";
import type { StoreDocument } from "../store/types.ts";
import { boundForm } from "./forms.ts";
import type { PendingSecrets } from "./pending-secrets.ts";
import type { Foundation } from "./rooms.ts";

/** A document that nothing was found against; what was given is still to be sealed. */
export interface PlannedDocument {
  readonly document: StoreDocument;
  readonly pending: PendingSecrets;
  /** The form was held to where it sends its secrets. One that the document does not speak of keeps them for where they were. */
  readonly isFormJudged: boolean;
}

/** The document with everything sealed that was given. Fails with `not-stored`. */
export async function sealDocument({ store, providers }: Foundation, { document, pending, isFormJudged }: PlannedDocument): Promise<Result<StoreDocument>> {
  const directoryPassword = await pending.seal(store.vault, document.directoryPassword);
  if (!directoryPassword.ok) return directoryPassword;
  const form = document.messaging === null ? succeed(null) : await pending.sealForm(store.vault, document.messaging);
  if (!form.ok) return form;
  const messaging = form.value === null || !isFormJudged ? form.value : boundForm(providers, form.value, document.connection);
  return succeed({ ...document, directoryPassword: directoryPassword.value, messaging });
}
