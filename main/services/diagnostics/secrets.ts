/** Every secret that the console can open at this moment: what is saved, what was, unsaved work, what signs in to a team's database and to web proxies, and what opens files that are sealed to it. */
import type { SealedMessaging, StoreDocument } from "../../store/types.ts";
import type { Turns } from "../../diagnostics/turns.ts";
import type { Foundation } from "../rooms.ts";
import { DIRECTORY_PASSWORD, NOTIFICATION_PASSWORD, purposeOf } from "../secrets.ts";

interface Sealed {
  readonly id: string;
  readonly purpose: string;
}

function ofForm(provider: string, { secrets, certificates }: SealedMessaging): Sealed[] {
  const references = [...Object.entries(secrets), ...Object.entries(certificates).map(([field, { secret }]) => [field, secret] as const)];
  return references.map(([field, { id }]) => ({ id, purpose: purposeOf(provider, field) }));
}

function ofDocument({ directoryPassword, messaging, notifications }: StoreDocument): Sealed[] {
  const own = directoryPassword === null ? [] : [{ id: directoryPassword.id, purpose: DIRECTORY_PASSWORD }];
  const mail = notifications?.password ?? null;
  return [...own, ...(mail === null ? [] : [{ id: mail.id, purpose: NOTIFICATION_PASSWORD }]), ...(messaging === null ? [] : ofForm(messaging.configuration.provider, messaging))];
}

/** As it stands in an address such as `http://user:password@proxy:8080`, and without its escapes. */
function passwordIn(address: string): string[] {
  const [, password = ""] = /^(?:[^/:]+:\/\/)?[^/:@]*:(.*)@/s.exec(address) ?? [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    // A percent sign that was never meant as an escape.
    return [password];
  }
}

/** Of each web proxy that is set, whichever hosts it is for and whether it is used. */
function ofProxies({ ports }: Foundation): string[] {
  const variables = Object.entries(process.env).flatMap(([name, value = ""]) => (/(?<!no)_proxy$/i.test(name) ? [value] : []));
  return [ports.preferences.get().proxyAddress, ...variables].flatMap(passwordIn);
}

function ofTeam({ data }: Foundation): string[] {
  const kept = data.entrance.home.read();
  if (!kept.ok || kept.value === null) return [];
  const { settings, console } = kept.value;
  return [settings.signIn.by === "password" ? settings.signIn.password : settings.signIn.key, console.seal, console.sign];
}

/** One that does not open now stands in no text of this process. */
function ofOwnKey({ ownKey }: Foundation): string[] {
  const kept = ownKey.read();
  return kept.ok && kept.value !== null ? [kept.value] : [];
}

/** A file opens all that it is asked for in one turn. */
const OPENED_AT_ONCE = 100;

/** `earlier`: documents of revisions that are not the newest. Rejects with what the database throws. */
export async function ownSecrets(foundation: Foundation, earlier: readonly StoreDocument[], turns: Turns): Promise<readonly Uint8Array[]> {
  const { identityStores, drafts, vault } = foundation.store;
  const stores = identityStores.all();
  const unsaved: Sealed[] = [];
  for (const { id } of stores) {
    unsaved.push(...Object.entries(drafts.get(id)?.forms ?? {}).flatMap(([provider, form]) => ofForm(provider, form)));
    await turns.take();
  }
  const sealed = [...stores.flatMap(({ document }) => ofDocument(document)), ...earlier.flatMap(ofDocument), ...unsaved];
  const once = [...new Map(sealed.map((one) => [one.id, one])).values()];
  const opened: Uint8Array[] = [];
  for (let from = 0; from < once.length; from += OPENED_AT_ONCE) {
    opened.push(...(await vault.openAll(once.slice(from, from + OPENED_AT_ONCE))).values());
    await turns.take();
  }
  const texts = [...ofProxies(foundation), ...ofTeam(foundation), ...ofOwnKey(foundation)].map((text) => new Uint8Array(Buffer.from(text, "utf8")));
  return [...opened, ...texts].filter(({ length }) => length > 0);
}
