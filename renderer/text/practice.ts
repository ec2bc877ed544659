/** What a part of the practice organisation is, in the words of the drawer and of the command line. */
import type { PracticeComponent } from "../../shared/contract/practice.ts";
import { sayIfKnown } from "./text.ts";

export function verbWord(verb: string): string {
  return sayIfKnown(`practice.verb-${verb}`) ?? verb;
}

export function stateWord(state: string): string {
  return sayIfKnown(`practice.state-${state}`) ?? state;
}

/** What a part is called, and what it is where that is not its name. */
export function partWords({ id, detail, kind }: PracticeComponent): { readonly name: string; readonly what: string | null } {
  const known = sayIfKnown(`practice.part-${id}`, { detail: detail ?? "" });
  if (known !== null || kind !== "server" || detail === null) return { name: known ?? id, what: null };
  return { name: id, what: sayIfKnown(`practice.release-${detail}`) ?? detail };
}
