/** One of Microsoft's words as ours: theirs are in Pascal case, ours in kebab case; one that came later is `unknown`. */
export function knownWord<State extends string>(states: readonly State[], word: string): State | "unknown" {
  const name = word.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
  return states.find((state) => state === name) ?? "unknown";
}
