/** Why the host could not start, in words. Loaded when it is needed: a console that starts has no use for it. */
import { faultSchema } from "../../shared/fault.ts";
import "../text/all-texts.ts";
import { explain, type Explanation } from "../text/fault.ts";

/** Null for what is no fault. */
export function notStarted(fault: unknown): Explanation | null {
  const decoded = faultSchema.safeParse(fault);
  return decoded.success ? explain(decoded.data) : null;
}
