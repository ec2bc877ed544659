/** Codes of the service in words; one that has none is shown as it is. */
import { say, sayIfKnown } from "../../text/text.ts";

/** Why a kind of object cannot be made, or nothing be done with one that was found. */
export function whyNot(why: string): string {
  return sayIfKnown(`mail-objects.why-${why}`) ?? sayIfKnown(`faults-objects.object-refused-${why}`) ?? sayIfKnown(`issues.${why}`) ?? why;
}

/** What is left to do by hand. */
export function byHandText(code: string): string {
  return sayIfKnown(`mail-objects.hand-${code}`) ?? say("mail-objects.hand-other", { code });
}
