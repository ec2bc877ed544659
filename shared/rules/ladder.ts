/** The ladder that is shown while it is climbed. */
import type { RungResult } from "../model/mail-server.ts";

/** Takes over a rung. One that stands there already begins the ladder of another controller, so that what followed it goes. */
export function withRung(rungs: readonly RungResult[], rung: RungResult): RungResult[] {
  const at = rungs.findIndex((each) => each.rung === rung.rung);
  return [...(at === -1 ? rungs : rungs.slice(0, at)), rung];
}
