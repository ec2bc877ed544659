/** Why a directory, a mail server or a cloud does not do with an object what was asked. No other server would say anything else. */
import { z } from "zod";

export const objectRefusalSchema = z.enum([
  /** Another object in the same container has the name. */
  "name-taken",
  "account-name-taken",
  "alias-taken",
  "address-taken",
  "container-missing",
  "object-missing",
  /** The directory does not take the name, or a value, as it is. */
  "name-not-allowed",
  "value-not-allowed",
  /** The password is too short, too simple or too old. */
  "password-policy",
  /** Active Directory takes a password over a protected connection alone. */
  "password-needs-encryption",
  "not-universal",
  "not-mail-enabled",
  /** It is mail-enabled already, and otherwise than was asked. */
  "enabled-otherwise",
  "administrator",
  "synchronised",
  "contacts-not-supported",
  "type-not-supported",
  "licence-missing",
  /** Nothing can be given to a user of whom no country is known. */
  "usage-location-missing",
  "no-seats",
  "licences-conflict",
  "licence-depends",
  /** It comes from a group, and goes with it alone. */
  "licence-by-group",
  "licence-not-held",
  /** What was decided over is otherwise now. */
  "changed-meanwhile",
  "module-missing",
  "command-missing",
  "not-empty",
  "refused",
]);
export type ObjectRefusal = z.infer<typeof objectRefusalSchema>;
