/** What happened lately, live. */
import type { ActivityEvent } from "../../shared/contract/app.ts";
import { client } from "../host/client.ts";
import { createKeyedStore, feedInto } from "./keyed.ts";

export const activity = createKeyedStore<ActivityEvent>();

/** Follows the events; the returned function stops. */
export function followActivity(): () => void {
  return feedInto(activity, (signal) => client().app.activity(undefined, { signal }));
}
