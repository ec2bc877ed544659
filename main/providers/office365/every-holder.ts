/** Every user of a tenant with its licences ("List users"): 999 a page, which is the most that Graph takes as `$top`. */
import { z } from "zod";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { LicenceHolder } from "../../../shared/model/licence.ts";
import type { ProviderContext } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import { graphAccess, type AskGraph } from "./graph-access.ts";
import { nextPath } from "./graph-call.ts";
import { holderSchema, SELECTED, USERS } from "./licences.ts";

const PAGE = 999;
const pageSchema = z.object({ value: z.array(holderSchema), "@odata.nextLink": z.string().optional() });

interface Page {
  readonly holders: readonly LicenceHolder[];
  /** Null for the last one. */
  readonly next: string | null;
}

async function readPage(ask: AskGraph, path: string): Promise<Result<Page>> {
  const answer = await ask({ method: "GET", path, isLarge: true }, USERS);
  if (!answer.ok) return answer;
  const page = pageSchema.safeParse(answer.value);
  return page.success ? succeed({ holders: page.data.value, next: nextPath(page.data["@odata.nextLink"]) }) : fail({ kind: "unreachable", rung: "permissions", reason: "bad-status", detail: "200" });
}

/** Also a page without anybody may be followed by others (Microsoft: "Paging Microsoft Graph data in your app"). */
export async function* everyHolder(configuration: Office365Configuration, context: ProviderContext): AsyncGenerator<Result<readonly LicenceHolder[]>, void> {
  const ask = graphAccess(configuration, context);
  const asked = new Set<string>();
  for (let path: string | null = `/v1.0/users?$select=${SELECTED}&$top=${PAGE}`; path !== null; ) {
    // One that leads back to an earlier one would be followed for ever.
    const page: Result<Page> = asked.has(path) ? fail({ kind: "unsupported", why: "listing-without-end", detail: `${asked.size} pages` }) : await readPage(ask, path);
    asked.add(path);
    yield page.ok ? succeed(page.value.holders) : page;
    path = page.ok ? page.value.next : null;
  }
}
