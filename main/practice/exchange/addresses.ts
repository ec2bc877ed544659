/** Aliases and addresses as Exchange makes them of names. */

/** Exchange's own words for what an alias may hold (learn.microsoft.com, Enable-DistributionGroup, -Alias). */
const ALIAS = /^[\w!#$%&'*+\-/=?^`{|}~\u00A1-\u00FF]+(?:\.[\w!#$%&'*+\-/=?^`{|}~\u00A1-\u00FF]+)*$/;
const LONGEST_ALIAS = 64;
const ADDRESS = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(?:\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

export function isAlias(text: string): boolean {
  return text.length <= LONGEST_ALIAS && ALIAS.test(text);
}

export function isAddress(text: string): boolean {
  return text.length <= 320 && ADDRESS.test(text);
}

/** What an alias becomes of a name where none is given: what is not allowed goes. */
export function aliasOf(name: string): string {
  const kept = name.replaceAll(/[^\w!#$%&'*+\-/=?^`{|}~.\u00A1-\u00FF]/g, "").replaceAll(/\.{2,}/g, ".").replaceAll(/^\.|\.$/g, "");
  return kept.slice(0, LONGEST_ALIAS);
}

/** The part before the @ by the default policy, which takes the alias: an address is ASCII. */
export function localPartOf(alias: string): string {
  return alias.replaceAll(/[^\x21-\x7e]/g, "");
}

/**
 * The first of `wanted`, `wanted2`, `wanted3` that is free: how Exchange goes on where an alias or an address that it makes itself is
 * taken (learn.microsoft.com, "Email address policies").
 */
export async function firstFree(make: (number: number) => string, isTaken: (text: string) => Promise<boolean>): Promise<string> {
  for (let number = 1; ; number += 1) {
    const text = make(number);
    if (!(await isTaken(text))) return text;
  }
}
