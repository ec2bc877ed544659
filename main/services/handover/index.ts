/** Handing identity stores over: bundles are made, opened and compared, and imported store by store. */
import { progress } from "../../../shared/contract/progress.ts";
import type { ComparedStore, Exported, HandedStore, ImportedStore, OpenedBundle, OpenedProbe, Protection } from "../../../shared/contract/handover.ts";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { Bundle, BundledStore, BundleSeal } from "../../../shared/model/bundle.ts";
import type { ProbePlan } from "../../../shared/model/probe.ts";
import type { ShellStore } from "../../../shared/model/management-shell.ts";
import { BUNDLE_LIMIT } from "../../../shared/rules/file-limits.ts";
import { nameKey } from "../../../shared/rules/name-key.ts";
import { PASSPHRASE_LEAST } from "../../../shared/rules/passphrase.ts";
import { managedValues } from "../../../shared/rules/policies.ts";
import { inJson } from "../../../shared/rules/read-document.ts";
import { readBundle, writeBundle } from "../../handover/bundle.ts";
import { readProbeFile } from "../../handover/probe-file.ts";
import { isSealed, type SealedFor } from "../../handover/sealing.ts";
import { suggestedPassphrase } from "../../handover/words.ts";
import type { StoredIdentityStore } from "../../store/types.ts";
import type { FileHolder } from "../files.ts";
import { gone, type Foundation, type WorkOptions } from "../rooms.ts";
import { planArrival } from "./arriving.ts";
import { carryStore, describeStore, leftOut } from "./carrying.ts";
import { importStore } from "./importing.ts";
import { OpenedBundles } from "./opened-bundles.ts";
import { newPublicKey, publicKey, readRecipients, type PublicKey } from "./own-key.ts";
import { probePlan, readAnswers } from "./probing.ts";
import { shellStore } from "./shell-stores.ts";

/** What a bundle is sealed for; null for nobody. Fails with `invalid`. */
async function sealedFor(protection: Protection): Promise<Result<SealedFor | null>> {
  if (protection.by === "nothing") return succeed(null);
  if (protection.by === "key") {
    const read = await readRecipients(protection.recipients);
    return read.ok ? succeed({ recipients: read.value }) : read;
  }
  const { passphrase } = protection;
  const isShort = passphrase.length < PASSPHRASE_LEAST;
  return isShort ? fail({ kind: "invalid", issues: [{ path: ["passphrase"], code: "passphrase-short", facts: { limit: PASSPHRASE_LEAST } }] }) : succeed({ passphrase });
}

export interface ImportChoice {
  readonly place: number;
  readonly storeId: string | null;
}

export class HandoverService {
  readonly #foundation: Foundation;
  readonly #files: FileHolder;
  readonly #opened: OpenedBundles;

  constructor(foundation: Foundation, files: FileHolder) {
    this.#foundation = foundation;
    this.#files = files;
    this.#opened = new OpenedBundles(foundation.ports.clock);
  }

  suggestedPassphrase(): string {
    return suggestedPassphrase();
  }

  /** Fails as the contract says. */
  publicKey(): Promise<Result<PublicKey>> {
    return publicKey(this.#foundation);
  }

  /** Fails as the contract says. */
  newPublicKey(): Promise<Result<PublicKey>> {
    return newPublicKey(this.#foundation);
  }

  /** What would go into a bundle of these stores, or of all, by name. Fails with `not-found`. */
  contents(storeIds: readonly string[] | null): Result<HandedStore[]> {
    const { store } = this.#foundation;
    const chosen = this.#chosen(storeIds);
    return chosen.ok ? succeed(chosen.value.map((stored) => describeStore(store.vault, stored, store.drafts.version(stored.id) !== null))) : chosen;
  }

  /** What the product's management shell would be told of these stores, or of all. Fails with `not-found`. */
  async shell(storeIds: readonly string[] | null): Promise<Result<ShellStore[]>> {
    const chosen = this.#chosen(storeIds);
    return chosen.ok ? succeed(await Promise.all(chosen.value.map((stored) => shellStore(this.#foundation, stored)))) : chosen;
  }

  /** What a carry-in probe would ask. Fails with `not-found`. */
  probePlan(storeIds: readonly string[] | null): Result<ProbePlan> {
    const chosen = this.#chosen(storeIds);
    return chosen.ok ? succeed(probePlan(this.#foundation, chosen.value)) : chosen;
  }

  /** What a held result says of the servers that are here; nothing is kept. Fails as the contract says. */
  async openProbe(file: string): Promise<Result<OpenedProbe>> {
    const read = await this.#readProbe(file);
    return read.ok ? succeed(read.value.opened) : read;
  }

  /** Keeps what is news. Fails as the contract says. */
  async applyProbe(file: string): Promise<Result<{ readonly kept: number }>> {
    const read = await this.#readProbe(file);
    if (!read.ok) return read;
    const { record, store } = this.#foundation;
    const found = read.value.answered.flatMap(({ kept }) => (kept === null ? [] : [kept]));
    const kept = await store.probes.put(found);
    if (!kept.ok) return kept;
    const names = new Map(read.value.opened.servers.map(({ storeId, storeName }) => [storeId, storeName]));
    for (const storeId of new Set(found.map((one) => one.storeId))) {
      record({ kind: "probe-imported", storeId, storeName: names.get(storeId) ?? null, subject: read.value.opened.computer, detail: null });
    }
    return succeed({ kept: kept.value });
  }

  async #readProbe(file: string): ReturnType<typeof readAnswers> {
    const held = this.#files.read(file);
    if (!held.ok) return held;
    const result = readProbeFile(held.value.bytes);
    return result.ok ? readAnswers(this.#foundation, result.value) : result;
  }

  /** Fails with `not-found`, and with `invalid` where nothing is sealed with such a passphrase, or to such a key. */
  async export(storeIds: readonly string[] | null, protection: Protection, options: WorkOptions): Promise<Result<Exported>> {
    const seal = await sealedFor(protection);
    if (!seal.ok) return seal;
    const chosen = this.#chosen(storeIds);
    if (!chosen.ok) return chosen;
    if (chosen.value.length === 0) return fail(gone("identity-stores"));
    const { store, ports } = this.#foundation;
    const withSecrets = seal.value !== null && managedValues(ports.managed).NoSecretsInExports !== true;
    const stores = chosen.value.map((stored) => carryStore(store.vault, stored, withSecrets));
    const createdAt = new Date(ports.clock.now()).toISOString();
    const plain = writeBundle({ application: ports.version, createdAt, createdBy: ports.user, stores });
    if (plain.length > BUNDLE_LIMIT) return fail({ kind: "unreadable", what: "too-large", most: BUNDLE_LIMIT });
    options.progress(progress(seal.value === null ? "writing-bundle" : "sealing-bundle"));
    const bytes = seal.value === null ? succeed(plain) : await this.#foundation.sealing.seal(plain, seal.value, options.signal);
    if (!bytes.ok) return bytes;
    const [only] = stores.length === 1 ? stores : [];
    const missing = stores.map((carried) => ({ name: carried.name, secrets: leftOut(carried) })).filter(({ secrets }) => secrets.length > 0);
    const fileName = fileNameOf(only, createdAt, seal.value !== null);
    return succeed({ fileName, base64: Buffer.from(bytes.value).toString("base64"), stores: stores.length, missing });
  }

  /** Nothing is changed. Fails as the contract says. */
  async open(file: string, passphrase: string | null, options: WorkOptions): Promise<Result<OpenedBundle>> {
    const held = this.#files.read(file);
    if (!held.ok) return held;
    const plain = await this.#unsealed(held.value.bytes, passphrase === "" ? null : passphrase, options);
    if (!plain.ok) return plain;
    const read = readBundle(plain.value.bytes);
    if (!read.ok) return read;
    const compared = await this.#compare(read.value, options);
    if (!compared.ok) return compared;
    const { createdAt, createdBy, application } = read.value;
    return succeed({ bundle: this.#opened.hold(read.value), sealed: plain.value.by, createdAt, createdBy, application, stores: compared.value });
  }

  /** What stands in the file, and what it was sealed with. */
  async #unsealed(bytes: Uint8Array, passphrase: string | null, options: WorkOptions): Promise<Result<{ readonly bytes: Uint8Array; readonly by: BundleSeal }>> {
    const { sealing, ownKey } = this.#foundation;
    if (!isSealed(bytes)) return succeed({ bytes, by: null });
    options.progress(progress("opening-bundle"));
    const own = ownKey.read();
    const opened = await sealing.open(bytes, { passphrase, identity: own.ok ? own.value : null }, options.signal);
    // Whose key it is sealed to nobody knows while this console's own does not open.
    const isOfUnknown = !opened.ok && !own.ok && opened.fault.kind === "unreadable" && opened.fault.what === "sealed-to-another-key";
    return isOfUnknown ? own : opened;
  }

  /** One store after the other; what is refused keeps no other one from being imported. Cancelling ends it between two. */
  async apply(bundle: string, choices: readonly ImportChoice[], discardDrafts: boolean, options: WorkOptions): Promise<Result<ImportedStore[]>> {
    const opened = this.#opened.get(bundle);
    if (opened === null) return fail(gone("bundle"));
    const imported: ImportedStore[] = [];
    for (const { place, storeId } of choices) {
      const carried = opened.stores[place];
      if (carried === undefined) return fail(gone("identity-store"));
      if (options.signal.aborted) return imported.length === 0 ? fail({ kind: "cancelled" }) : succeed(imported);
      options.progress(progress("importing-stores", { detail: carried.name, done: imported.length, total: choices.length }));
      // One after the other: two of one name are told apart by which came first.
      imported.push({ place, name: carried.name, ...(await importStore(this.#foundation, carried, storeId, discardDrafts)) });
    }
    return succeed(imported);
  }

  /** One store of an opened bundle: at a place, or the one that would be matched with a store. Fails with `not-found`. */
  carried(bundle: string, place: number | null, { id, document }: StoredIdentityStore): Result<BundledStore> {
    const opened = this.#opened.get(bundle);
    if (opened === null) return fail(gone("bundle"));
    const { stores } = opened;
    const carried = place !== null ? stores[place] : (stores.find((one) => one.id === id) ?? stores.find(({ name }) => nameKey(name) === nameKey(document.name)));
    return carried === undefined ? fail({ kind: "not-found", what: "store-in-file", detail: document.name }) : succeed(carried);
  }

  /** Forgets an opened bundle, which may be gone already. */
  release(bundle: string): void {
    this.#opened.release(bundle);
  }

  dispose(): void {
    this.#opened.dispose();
  }

  #chosen(storeIds: readonly string[] | null): Result<StoredIdentityStore[]> {
    const { identityStores } = this.#foundation.store;
    const all = identityStores.list().toSorted((one, other) => one.document.name.localeCompare(other.document.name));
    const chosen = storeIds === null ? all : all.filter(({ id }) => storeIds.includes(id));
    return chosen.length < (storeIds?.length ?? 0) ? fail(gone("identity-store")) : succeed(chosen);
  }

  async #compare({ stores }: Bundle, options: WorkOptions): Promise<Result<ComparedStore[]>> {
    const here = this.#foundation.store.identityStores.list();
    const byId = new Map(here.map((stored) => [stored.id, stored]));
    const byName = new Map(here.map((stored) => [nameKey(stored.document.name), stored]));
    const compared: ComparedStore[] = [];
    for (const [place, carried] of stores.entries()) {
      if (options.signal.aborted) return fail({ kind: "cancelled" });
      options.progress(progress("comparing-stores", { done: place, total: stores.length }));
      const [found, by] = byId.has(carried.id) ? [byId.get(carried.id), "id" as const] : [byName.get(nameKey(carried.name)), "name" as const];
      compared.push(await this.#compareOne(place, carried, found === undefined ? null : { stored: found, by }));
    }
    return succeed(compared);
  }

  async #compareOne(place: number, carried: BundledStore, match: { readonly stored: StoredIdentityStore; readonly by: "id" | "name" } | null): Promise<ComparedStore> {
    const { messaging, name, connection } = carried;
    const { changes, missing, issues } = await planArrival(this.#foundation, match?.stored.document ?? null, carried);
    const isSame = match !== null && changes.length === 0 && missing.length === 0;
    return {
      place,
      name,
      kind: connection.kind,
      messaging: messaging === null ? null : { provider: messaging.provider, variant: messaging.variant },
      match: match === null ? null : { id: match.stored.id, name: match.stored.document.name, by: match.by },
      state: issues.length > 0 ? "refused" : match === null ? "added" : isSame ? "same" : "changed",
      changes: [...changes],
      missing: [...missing],
      fault: issues.length > 0 ? { kind: "invalid", issues: inJson([...issues]) } : null,
      hasDraft: match !== null && this.#foundation.store.drafts.version(match.stored.id) !== null,
    };
  }
}

/** Characters that no system takes in a file's name are left out. */
function fileNameOf(only: BundledStore | undefined, createdAt: string, isSealed: boolean): string {
  const name = (only?.name ?? "identity stores").replaceAll(/[^\p{L}\p{N} ._-]/gu, "").trim();
  return `${name === "" ? "identity store" : name} ${createdAt.slice(0, 10)}.${isSealed ? "age" : "json"}`;
}
