/** The practice organisation's parts and how each is doing, live. Empty in real use. */
import type { PracticeComponent } from "../../shared/contract/practice.ts";
import { client } from "../host/client.ts";
import { createKeyedStore, feedInto } from "./keyed.ts";

export const practiceComponents = createKeyedStore<PracticeComponent>();

/** Follows the parts; the returned function stops. */
export function followPractice(): () => void {
  return feedInto(practiceComponents, (signal) => client().practice.watch(undefined, { signal }));
}
