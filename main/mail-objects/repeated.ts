/** Requests of one run that ask for the same twice: the directory knows of neither yet, and would refuse the second. */
import type { MailRequest } from "../../shared/model/mail-object.ts";

/** A property that an earlier request has as well. */
export interface Repetition {
  readonly path: "name" | "alias" | "address" | "externalAddress" | "accountName";
  /** The place of the earlier one. */
  readonly first: number;
}

/** By the place of the later request; null stands for one that is none. `addressOf` is the address that results. */
export function repeated(requests: readonly (MailRequest | null)[], addressOf: (request: MailRequest) => string | null): ReadonlyMap<number, readonly Repetition[]> {
  const seen = new Map<string, number>();
  const found = new Map<number, Repetition[]>();
  for (const [index, request] of requests.entries()) {
    if (request === null) continue;
    for (const [path, value] of valuesOf(request, addressOf)) {
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
function valuesOf(request: MailRequest, addressOf: (request: MailRequest) => string | null): readonly (readonly [Repetition["path"], string | null])[] {
  const { action, name, container, alias, externalAddress, accountName } = request;
  const isNew = action === "create";
  return [
    ["name", isNew ? `${name}\n${container ?? ""}` : null],
    ["alias", alias],
    ["address", addressOf(request)],
    ["externalAddress", externalAddress],
    ["accountName", isNew ? accountName : null],
  ];
}
