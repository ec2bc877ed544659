/** What was asked for once is asked for again after main was away. */
import { useStore } from "zustand";
import { session } from "../../stores/session.ts";

/** How often main came back: for what an effect depends on. Stays as it is while `follow` is false. */
export function useReturns(follow = true): number {
  return useStore(session, ({ returns }) => (follow ? returns : 0));
}
