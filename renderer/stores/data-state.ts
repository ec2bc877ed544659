/** What the console works on, live: the file on this computer or a team's database. One entry, once main has said it. */
import type { Fault } from "../../shared/fault.ts";
import type { DataState } from "../../shared/model/team.ts";
import { client } from "../host/client.ts";
import { createKeyedStore, feedInto, type KeyedState } from "./keyed.ts";

export type TeamData = Extract<DataState, { kind: "team" }>;

export const dataState = createKeyedStore<DataState>();

/** Follows it; the returned function stops. */
export function followData(): () => void {
  return feedInto(dataState, (signal) => client().data.watch(undefined, { signal }));
}

/** What main said last; null before the first word. */
export function currentData({ entries }: KeyedState<DataState>): DataState | null {
  return entries.get("data") ?? null;
}

/** The team whose database the console works on; null where it works on the file. */
export function currentTeam(state: KeyedState<DataState>): TeamData | null {
  const data = currentData(state);
  return data?.kind === "team" ? data : null;
}

/** Why the console works on the file although it was to work on the team's database; null where that is not so. */
export function fileFault(state: KeyedState<DataState>): Fault | null {
  const data = currentData(state);
  return data?.kind === "file" ? data.fault : null;
}
