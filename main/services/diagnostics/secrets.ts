/** Every secret that the console can open at this moment: what is saved, what was, unsaved work, and what signs in to a team's database. */
import type { SealedMessaging, StoreDocument } from "../../store/types.ts";
import type { Foundation } from "../rooms.ts";
import { DIRECTORY_PASSWORD, purposeOf } from "../secrets.ts";

interface Sealed {
  readonly id: string;
  readonly purpose: string;
}

function ofForm(provider: string, { secrets, certificates }: SealedMessaging): Sealed[] {
  const references = [...Object.entries(secrets), ...Object.entries(certificates).map(([field, { secret }]) => [field, secret] as const)];
  return references.map(([field, { id }]) => ({ id, purpose: purposeOf(provider, field) }));
}

function ofDocument({ directoryPassword, messaging }: StoreDocument): Sealed[] {
  const own = directoryPassword === null ? [] : [{ id: directoryPassword.id, purpose: DIRECTORY_PASSWORD }];
  return [...own, ...(messaging === null ? [] : ofForm(messaging.configuration.provider, messaging))];
}

/** A host of the clouds, which a web proxy is set for. */
const CLOUD_HOST = "graph.microsoft.com";

/** `user:password` in the value of Proxy-Authorization, and the password alone (RFC 7617). */
function ofProxy({ ports }: Foundation): string[] {
  const proxy = ports.proxy(CLOUD_HOST);
  const value = proxy.ok ? (proxy.value?.authorization?.() ?? null) : null;
  const pair = value === null ? "" : Buffer.from(value.replace(/^Basic /i, ""), "base64").toString("utf8");
  return pair === "" ? [] : [value ?? "", pair, pair.slice(pair.indexOf(":") + 1)];
}

function ofTeam({ data }: Foundation): string[] {
  const kept = data.entrance.home.read();
  if (!kept.ok || kept.value === null) return [];
  const { settings, console } = kept.value;
  return [settings.signIn.by === "password" ? settings.signIn.password : settings.signIn.key, console.seal, console.sign];
}

/** `earlier`: documents of revisions that are not the newest. Rejects with what the database throws. */
export async function ownSecrets(foundation: Foundation, earlier: readonly StoreDocument[]): Promise<readonly Uint8Array[]> {
  const { identityStores, drafts, vault } = foundation.store;
  const stores = identityStores.list();
  const unsaved = stores.flatMap(({ id }) => Object.entries(drafts.get(id)?.forms ?? {}).flatMap(([provider, form]) => ofForm(provider, form)));
  const sealed = [...stores.flatMap(({ document }) => ofDocument(document)), ...earlier.flatMap(ofDocument), ...unsaved];
  const opened = await vault.openAll([...new Map(sealed.map((one) => [one.id, one])).values()]);
  const texts = [...ofProxy(foundation), ...ofTeam(foundation)].map((text) => new Uint8Array(Buffer.from(text, "utf8")));
  return [...opened.values(), ...texts].filter(({ length }) => length > 0);
}
