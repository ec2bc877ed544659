/** Moves identity stores with everything that belongs to them, between a file and a team's database. */
import { isDeepStrictEqual } from "node:util";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Sighting } from "../../shared/model/comparison.ts";
import type { MoveComparison, MoveReport } from "../../shared/model/team.ts";
import { nameKey } from "../../shared/rules/name-key.ts";
import type { PrepareOnly, SealedMessaging, SecretReference, Store, StoreDocument, StoredDraft, StoredIdentityStore, StoredProbe, WholeStore } from "../store/types.ts";
import { DIRECTORY_PASSWORD, NOTIFICATION_PASSWORD, purposeOf } from "./secrets.ts";

/** So many stores are written at a time: fast, and a person who cancels does not wait long. */
const TOGETHER = 25;

type Compared = MoveComparison["stores"][number]["there"];

function compareOne(store: StoredIdentityStore, there: StoredIdentityStore | null, names: ReadonlySet<string>): Compared {
  if (there === null) return names.has(nameKey(store.document.name)) ? "taken" : "absent";
  return there.revision === store.revision && isDeepStrictEqual(there.document, store.document) ? "same" : "differs";
}

/** What moving everything of `from` into `to` would do. */
export function compareStores(from: Store, to: Store): MoveComparison {
  const [here, there] = [from.identityStores.list(), new Map(to.identityStores.list().map((store) => [store.id, store]))];
  const names = new Set([...there.values()].map(({ document }) => nameKey(document.name)));
  const stores = here.map((store) => ({
    id: store.id,
    name: store.document.name,
    revisions: store.revision,
    there: compareOne(store, there.get(store.id) ?? null, names),
  }));
  const ids = new Set(here.map(({ id }) => id));
  return { stores, onlyThere: [...there.keys()].filter((id) => !ids.has(id)).length };
}

interface Sealed {
  readonly purpose: string;
  readonly reference: SecretReference;
}

function secretsOfMessaging(provider: string, { secrets, certificates }: SealedMessaging): readonly Sealed[] {
  const fields = [...Object.entries(secrets), ...Object.entries(certificates).map(([field, { secret }]) => [field, secret] as const)];
  return fields.map(([field, reference]) => ({ purpose: purposeOf(provider, field), reference }));
}

function secretsOfDocument({ directoryPassword, messaging, notifications }: StoreDocument): readonly Sealed[] {
  const own = directoryPassword === null ? [] : [{ purpose: DIRECTORY_PASSWORD, reference: directoryPassword }];
  const mail = notifications?.password ?? null;
  return [...own, ...(mail === null ? [] : [{ purpose: NOTIFICATION_PASSWORD, reference: mail }]), ...(messaging === null ? [] : secretsOfMessaging(messaging.configuration.provider, messaging))];
}

function secretsOfDraft({ forms }: StoredDraft): readonly Sealed[] {
  return Object.entries(forms).flatMap(([provider, form]) => secretsOfMessaging(provider, form));
}

/** A store that is on its way. */
interface Moving extends WholeStore {
  readonly name: string;
  readonly draft: StoredDraft | null;
  readonly secrets: readonly Sealed[];
}

async function takeOut(from: Store, { id, document }: StoredIdentityStore): Promise<Result<Moving>> {
  const read = await from.histories.read(id);
  if (!read.ok) return read;
  const revisions = read.value;
  const draft = from.drafts.get(id);
  const secrets = [...revisions.flatMap(({ decoded }) => secretsOfDocument(decoded)), ...(draft === null ? [] : secretsOfDraft(draft))];
  const once = new Map(secrets.map((secret) => [secret.reference.id, secret]));
  return succeed({ id, name: document.name, revisions, draft, secrets: [...once.values()] });
}

/** What probes said, and what was last seen of directories: without it, what changed since would be seen for the first time, and taken for granted. */
async function moveBeside(
  to: Store,
  { probes, sightings }: { readonly probes: readonly StoredProbe[]; readonly sightings: ReadonlyMap<string, Sighting> },
  ids: ReadonlyMap<string, string>,
): Promise<Result<null>> {
  const theirs = probes.flatMap((probe) => {
    const storeId = ids.get(probe.storeId);
    return storeId === undefined ? [] : [{ ...probe, storeId }];
  });
  const put = theirs.length === 0 ? succeed(0) : await to.probes.put(theirs);
  if (!put.ok) return put;
  for (const [id, there] of ids) {
    const sighting = sightings.get(id);
    const kept = sighting === undefined ? succeed(null) : await to.sightings.change(there, () => sighting);
    if (!kept.ok) return kept;
  }
  return succeed(null);
}

export interface MoveOptions {
  readonly signal: AbortSignal;
  /** Where it is kept, by the ids that stores have, that nothing is asked for them. */
  readonly prepareOnly: PrepareOnly;
  /** How many stores are there already, of how many. */
  readonly onStore: (done: number, total: number) => void;
}

/** Opens the secrets of some stores here and seals them there; answers how many, and where some did not open. */
async function moveSecrets(from: Store, to: Store, stores: readonly Moving[]): Promise<Result<{ readonly sealed: number; readonly unreadable: MoveReport["unreadable"] }>> {
  const wanted = stores.flatMap(({ name, secrets }) => secrets.map(({ purpose, reference }) => ({ id: reference.id, purpose, name })));
  const opened = wanted.length === 0 ? new Map<string, Uint8Array>() : await from.vault.openAll(wanted);
  const found = wanted.flatMap(({ id, purpose }) => {
    const plain = opened.get(id);
    return plain === undefined ? [] : [{ id, purpose, plain }];
  });
  const unreadable = wanted.flatMap(({ id, purpose, name }) => (opened.has(id) ? [] : [{ store: name, secret: purpose }]));
  const sealed = found.length === 0 ? succeed(null) : await to.vault.adopt(found);
  return sealed.ok ? succeed({ sealed: found.length, unreadable }) : sealed;
}

async function moveDrafts(to: Store, stores: readonly Moving[], ids: ReadonlyMap<string, string>): Promise<Result<null>> {
  for (const { id, draft } of stores) {
    const put = draft === null ? null : await to.drafts.put(ids.get(id) ?? id, { ...draft, version: 0 });
    if (put?.ok === false) return put;
  }
  return succeed(null);
}

/**
 * Moves what is not there yet, with all revisions, drafts and secrets. What is there under the same id or name stays as it is.
 * Cancelled or refused between two portions, what was moved by then is there, and moving again goes on from it.
 */
export async function moveStores(from: Store, to: Store, { signal, prepareOnly, onStore }: MoveOptions): Promise<Result<MoveReport>> {
  const { stores } = compareStores(from, to);
  const same = stores.filter(({ there }) => there === "same").length;
  const absent = new Set(stores.flatMap(({ id, there }) => (there === "absent" ? [id] : [])));
  const waiting = from.identityStores.list().filter(({ id }) => absent.has(id));
  const providers = from.identityStores.all().filter(({ document }) => document.providerFor !== undefined);
  const probes = await from.probes.all();
  const { sightings } = await from.sightings.read(0);
  const report = { moved: 0, same, revisions: 0, secrets: 0, unreadable: [] as MoveReport["unreadable"] };
  while (report.moved < waiting.length) {
    if (signal.aborted) return fail({ kind: "cancelled" });
    const portion: Moving[] = [];
    const stores = waiting.slice(report.moved, report.moved + TOGETHER);
    // Providers of jobs go with their identity store, behind it.
    for (const store of stores.flatMap((each) => [each, ...providers.filter(({ document }) => document.providerFor?.store === each.id)])) {
      const taken = await takeOut(from, store);
      if (!taken.ok) return taken;
      portion.push(taken.value);
    }
    const secrets = await moveSecrets(from, to, portion);
    if (!secrets.ok) return secrets;
    const adopted = await to.histories.adopt(portion);
    if (!adopted.ok) return adopted;
    // First of all: moving again finds the store there, and would not come here any more.
    for (const [id, there] of adopted.value) {
      const kept = id !== there && prepareOnly.has(id) ? await prepareOnly.set(there, true) : succeed(null);
      if (!kept.ok) return kept;
    }
    const beside = await moveBeside(to, { probes, sightings }, adopted.value);
    if (!beside.ok) return beside;
    const drafts = await moveDrafts(to, portion, adopted.value);
    if (!drafts.ok) return drafts;
    report.moved += stores.length;
    report.revisions += portion.reduce((sum, { revisions }) => sum + revisions.length, 0);
    report.secrets += secrets.value.sealed;
    report.unreadable.push(...secrets.value.unreadable);
    onStore(report.moved, waiting.length);
  }
  return succeed(report);
}
