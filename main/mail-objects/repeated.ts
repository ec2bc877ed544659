/** Requests of one run that ask for the same twice: the directory knows of neither yet, and would refuse the second. */
import type { MailRequest } from "../../shared/model/mail-object.ts";

/** A property that an earlier request has as well. */
export interface Repetition {
  readonly path: "name" | "alias" | "address" | "externalAddress" | "accountName";
  /** The place of the earlier one. */
  readonly first: number;
}

/** What the directory makes of a request. */
export interface Naming {
  /** The address that results; null where nobody can say before. */
  readonly addressOf: (request: MailRequest) => string | null;
  /** Whether two objects of one container cannot have one name, as in an Active Directory. A cloud takes any number of one display name. */
  readonly oneNameEach: boolean;
}

/** By the place of the later request; null stands for one that is none. */
export function repeated(requests: readonly (MailRequest | null)[], naming: Naming): ReadonlyMap<number, readonly Repetition[]> {
  const seen = new Map<string, number>();
  const found = new Map<number, Repetition[]>();
  for (const [index, request] of requests.entries()) {
    if (request === null) continue;
    for (const [path, value] of valuesOf(request, naming)) {
      if (value === null || value === "") continue;
      const key = `${path} ${value.toLowerCase()}`;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, index);
        continue;
      }
      const told = found.get(index) ?? [];
      // The same alias makes the same address, which is nothing more to be mended.
      if (path !== "address" || told.every((one) => one.path !== "alias")) found.set(index, [...told, { path, first }]);
    }
  }
  return found;
}

/** What no two objects have. One that is there keeps its name and its account's. */
function valuesOf(request: MailRequest, { addressOf, oneNameEach }: Naming): readonly (readonly [Repetition["path"], string | null])[] {
  const { action, name, container, alias, externalAddress, accountName } = request;
  const isNew = action === "create";
  return [
    ["name", isNew && oneNameEach ? `${name}\n${container ?? ""}` : null],
    ["alias", alias],
    ["address", addressOf(request)],
    ["externalAddress", externalAddress],
    ["accountName", isNew ? accountName : null],
  ];
}
