/** Moving everything from one store into another, whatever each of them stands on. */
import { fail, type Result } from "../../shared/fault.ts";
import type { MoveComparison, MoveOptions, MoveReport } from "./team/types.ts";
import type { Store } from "./types.ts";

export function compareStores(_from: Store, _to: Store): Promise<Result<MoveComparison>> {
  return Promise.resolve(fail({ kind: "unsupported", why: "no-team" }));
}

export function moveStores(_from: Store, _to: Store, _options: MoveOptions): Promise<Result<MoveReport>> {
  return Promise.resolve(fail({ kind: "unsupported", why: "no-team" }));
}
