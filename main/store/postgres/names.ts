/** How things of ours are called in a team's database. */
import { createHash } from "node:crypto";

/** Everything of ours is in this schema: what others put into `public` is neither ours nor in the way of our names. */
export const SCHEMA = "messaging_console";

/** Any number that nobody else locks: of two that make tables at once the second waits, and finds what the first one made. */
export const SCHEMA_LOCK = 7_103_351;

/** Those who listen hear of changes here. */
export const CHANNEL = "messaging_console";

/** Each may do what those before it may. */
export const ROLE_KINDS = ["reader", "operator", "administrator"] as const;
export type RoleKind = (typeof ROLE_KINDS)[number];

/** PostgreSQL cuts longer names off, without an error. In bytes. */
const LONGEST_NAME = 63;

/** The group roles of a database. Roles are the whole server's, so that each carries the database's name; an odd or a long one as a hash. */
export function rolesOf(database: string): Readonly<Record<RoleKind, string>> {
  const named = (of: string) => ({ reader: `${SCHEMA}_reader_${of}`, operator: `${SCHEMA}_operator_${of}`, administrator: `${SCHEMA}_administrator_${of}` });
  const plain = named(database);
  const fits = /^[\w .-]+$/.test(database) && plain.administrator.length <= LONGEST_NAME;
  return fits ? plain : named(createHash("sha256").update(database).digest("hex").slice(0, 16));
}
