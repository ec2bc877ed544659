/** What a column of a file may hold, in the order in which a person chooses. Apart from the schema, which the page does without. */
import type { MailColumn } from "../../../shared/contract/mail-objects.ts";

export const MAIL_COLUMNS: readonly MailColumn[] = ["type", "name", "container", "alias", "address", "externalAddress", "accountName", "password"];
