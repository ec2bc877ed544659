/** What holds a run of a job before its first write, in words. */
import type { Halt } from "../../shared/model/job-plan.ts";
import { formatCount } from "./format.ts";
import { productName } from "./product-names.ts";
import { say } from "./text.ts";

/** So many keys of rows that are in each other's way are named. */
const KEYS_NAMED = 5;

function keysText(keys: readonly string[]): string {
  return [...keys.slice(0, KEYS_NAMED), ...(keys.length > KEYS_NAMED ? ["…"] : [])].join(", ");
}

function productText(partNumber: string): string {
  const name = productName(partNumber);
  return name === null ? partNumber : `${name} (${partNumber})`;
}

/** Why a brake holds, with its numbers. */
export function haltSentence(halt: Halt): string {
  switch (halt.kind) {
    case "source-empty":
      return say("job-verbs.halt-source-empty");
    case "source-shrank":
      return say("job-verbs.halt-source-shrank", { before: formatCount(halt.before), now: formatCount(halt.now), most: halt.most });
    case "twice-in-source":
    case "twice-in-destination":
      return say(`job-verbs.halt-${halt.kind}`, { count: halt.rows, keys: keysText(halt.keys) });
    case "over-limit": {
      const facts = { action: say(`job-verbs.action-${halt.action}`), planned: formatCount(halt.count), most: formatCount(halt.most) };
      return halt.percent === null ? say("job-verbs.halt-over-limit", facts) : say("job-verbs.halt-over-limit-percent", { ...facts, percent: halt.percent });
    }
    case "rows-refused":
      return say("job-verbs.halt-rows-refused", { count: halt.rows });
    case "no-seats":
    default:
      return say("job-verbs.halt-no-seats", { product: productText(halt.product), needed: formatCount(halt.needed), free: formatCount(halt.free) });
  }
}

/** What to do about it. */
export function haltNextStep({ kind }: Halt): string {
  return say(`job-verbs.halt-${kind}-next`);
}
