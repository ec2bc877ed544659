/** Ten thousand aliases through the worker, against the same pattern in a plain loop. */
import { matchWithJavaScript } from "../../main/aliases/javascript-engine.ts";
import type { Span } from "../../main/aliases/matching.ts";
import type { BenchResult } from "./main.ts";
import { median } from "./paired-runs.ts";

const ALIASES = 10_000;
const ROUNDS = 101;
/** What an alias may be, said by one expression as forms ask for it: length, characters, no dot twice or at an end. */
const PATTERN = "^(?=.{3,64}$)(?!.*[.]{2})(?![.])[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+(?<![.])$";

/** Thirty to fifty characters each, as organisations with long names have them; one in ten is refused. */
function aliases(): readonly string[] {
  const given = ["anna-katharina", "bartholomew", "carla-francesca", "dieter", "elif-su", "farid.abdul", "giulia", "henrik-johan", "ines", "jun"];
  const family = ["berg-hansen", "de-la-cruz-moreno", "eriksson", "fischer-dieskau", "garcia.lopez", "haddad", "ivanova-petrova"];
  return Array.from({ length: ALIASES }, (_none, i) => {
    const alias = `${given[i % given.length]}.${family[i % family.length]}_department${i}`;
    return i % 10 === 0 ? `${alias}..x` : alias;
  });
}

/** Keeps where each match lies, as the bench does. */
function plainLoop(inputs: readonly string[]): readonly Span[] {
  const expression = new RegExp(PATTERN, "u");
  const spans: Span[] = [];
  for (const input of inputs) {
    const match = expression.exec(input);
    spans.push(match === null ? null : { start: match.index, end: match.index + match[0].length });
  }
  return spans;
}

export async function run(): Promise<BenchResult> {
  const inputs = aliases();
  const our: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    let started = performance.now();
    const answer = await matchWithJavaScript({ pattern: PATTERN, options: "None", inputs });
    our.push(performance.now() - started);
    started = performance.now();
    const spans = plainLoop(inputs);
    peer.push(performance.now() - started);
    if (!answer.ok || answer.value.spans.some((span, i) => span?.end !== spans[i]?.end)) throw new Error("the two disagree");
  }
  return { name: "regex", ours_ms: median(our), peer: `the pattern in a plain loop over ${ALIASES} aliases`, peer_ms: median(peer), ratio: median(our) / median(peer) };
}
