/** Licences of the users whom the rows of a plan stand for. */
import { succeed, type Result } from "../../../shared/fault.ts";
import type { LicenceHolder } from "../../../shared/model/licence.ts";

/** For more rows the whole tenant is read instead: a page of it holds 999 users, and a request tells of one. */
const ONE_BY_ONE = 50;

interface Ways {
  readonly one: (user: string) => Promise<Result<LicenceHolder>>;
  readonly every: () => Promise<Result<ReadonlyMap<string, LicenceHolder>>>;
}

/**
 * Looks users up by their ids. Of many rows the first user who is asked for has the tenant read, once; whoever is not in it is asked for alone,
 * because who was made meanwhile is missing there and nowhere else. Fails as the cloud does.
 */
export function holderLookup(rows: number, { one, every }: Ways): (user: string) => Promise<Result<LicenceHolder>> {
  if (rows <= ONE_BY_ONE) return one;
  let reading: ReturnType<Ways["every"]> | null = null;
  return async (user) => {
    reading ??= every();
    const holders = await reading;
    if (!holders.ok) return holders;
    const holder = holders.value.get(user);
    return holder === undefined ? one(user) : succeed(holder);
  };
}
