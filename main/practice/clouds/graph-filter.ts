/** The filters of Graph (OData 4, "URL Conventions", 5.1.1) that a search for groups and users takes: clauses joined by `or`. */

/** A group or a user; further properties by name. */
export interface GraphResource {
  readonly [property: string]: unknown;
  readonly id: string;
  readonly proxyAddresses: readonly string[];
  readonly onPremisesSyncEnabled: boolean | null;
}

type Fits = (resource: GraphResource) => boolean;

const CLAUSE = /^(?:startswith\((?<begins>\w+),'(?<start>(?:[^']|'')*)'\)|(?<equals>\w+) eq '(?<value>(?:[^']|'')*)'|proxyAddresses\/any\(p:p eq '(?<proxy>(?:[^']|'')*)'\))/;

/** A property's text without case; empty for what is none. */
export function lower(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase() : "";
}

/** Who fits; null for a filter that is not understood. Nothing is filtered by an empty one. */
export function filterOf(text: string): Fits | null {
  const clauses: Fits[] = [];
  for (let rest = text; rest !== ""; ) {
    const found = CLAUSE.exec(rest);
    if (found === null) return null;
    const { begins, start, equals, value, proxy } = found.groups ?? {};
    const wanted = lower((start ?? value ?? proxy ?? "").replaceAll("''", "'"));
    if (begins !== undefined) clauses.push((resource) => lower(resource[begins]).startsWith(wanted));
    else if (equals !== undefined) clauses.push((resource) => lower(resource[equals]) === wanted);
    else clauses.push(({ proxyAddresses }) => proxyAddresses.some((address) => lower(address) === wanted));
    rest = rest.slice(found[0].length);
    if (rest !== "" && !rest.startsWith(" or ")) return null;
    rest = rest.slice(" or ".length);
  }
  return (resource) => clauses.length === 0 || clauses.some((fits) => fits(resource));
}
