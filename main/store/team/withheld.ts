/** Secrets of identity stores that are not used stay shut. */
import { textOf } from "../columns.ts";
import type { Engine } from "../engine.ts";
import { all } from "../steps.ts";
import type { IdentityStores, Vault } from "../types.ts";
import type { RevisionSeals } from "./seals.ts";

const OWNERS = "SELECT store_id FROM revision_secret WHERE secret_id = ? UNION SELECT store_id FROM draft_secret WHERE secret_id = ?";

/** The vault of a team. Opening fails, beside what it fails with, with the fault of the store that the secret belongs to. */
export function withholding(vault: Vault, { engine, seals, stores }: { readonly engine: Engine; readonly seals: RevisionSeals; readonly stores: IdentityStores }): Vault {
  const allowed = (id: string) => {
    const owners = engine.now(all(OWNERS, id, id)).map((row) => textOf(row, "store_id"));
    // Asked for, it is judged.
    for (const owner of owners) stores.get(owner);
    return seals.faultOf(owners);
  };
  return {
    get protection() {
      return vault.protection;
    },
    seal: (purpose, plain) => vault.seal(purpose, plain),
    adopt: (secrets) => vault.adopt(secrets),
    open: (purpose, reference) => {
      const may = allowed(reference.id);
      return may.ok ? vault.open(purpose, reference) : may;
    },
    openAll: (secrets) => vault.openAll(secrets.filter(({ id }) => allowed(id).ok)),
  };
}
