/**
 * The random 256-bit keys that seal secrets. Each is stored wrapped by one of the platform's protections. Every key that
 * opens here is loaded, and the best protected one seals. Once a data folder has a protected key, nothing is sealed under
 * an unprotected one where the host knows a protection: it may only be slow today. What does not open is tried again.
 */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { KeyProtection } from "../../shared/contract/app.ts";
import { Guard } from "../guard.ts";
import type { Clock, KeyWrapping, Logger } from "../ports.ts";
import { bytesOf, textOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { all, run, type Steps } from "./steps.ts";

export interface SealingKey {
  readonly id: string;
  readonly key: Uint8Array;
  /** How what it seals now is bound (`vault.ts`). */
  readonly schema: number;
}

export interface KeyRing {
  /**
   * The key new secrets are sealed under, asked for in the transaction that seals: another console may have put a new one in its place.
   * Fails with `not-stored`: `no-protection` while the platform protects none.
   */
  current(): Steps<Result<SealingKey>>;
  /** How the sealing key is protected; null while there is none. */
  readonly protection: KeyProtection | null;
  find(id: string): SealingKey | null;
  close(): void;
}

interface WrappedKey {
  readonly id: string;
  readonly protection: string;
  readonly wrapped: Uint8Array;
  readonly proof: Uint8Array;
}

/** Of a key of the file; its name says nothing that the key itself does not. */
const SCHEMA = 1;

interface LoadedKey extends SealingKey {
  readonly protection: KeyProtection;
}

const KEY_BYTES = 32;
const NO_NONCE = new Uint8Array(12);
/** The first repeated try after this many milliseconds; each further one after twice the time, up to the last. */
const AGAIN_MS = 15_000;
const AGAIN_AT_MOST_MS = 10 * 60 * 1000;
/** Keys that still do not open then are another account's, or lost; without a sealing key it goes on. */
const TRIES = 6;

/** An authentication tag over the key's id. The all-zero nonce is used for this alone; secrets have random ones. */
function proofOf({ id, key }: Omit<SealingKey, "schema">): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, NO_NONCE).setAAD(Buffer.from(`key ${id}`));
  cipher.final();
  return cipher.getAuthTag();
}

function proves(candidate: Omit<SealingKey, "schema">, proof: Uint8Array): boolean {
  if (candidate.key.length !== KEY_BYTES || proof.length !== 16) return false;
  const decipher = createDecipheriv("aes-256-gcm", candidate.key, NO_NONCE, { authTagLength: 16 });
  try {
    decipher.setAAD(Buffer.from(`key ${candidate.id}`)).setAuthTag(proof).final();
    return true;
  } catch {
    return false;
  }
}

/** Oldest first. */
function* wrappedKeys(): Steps<readonly WrappedKey[]> {
  return (yield* all("SELECT id, protection, wrapped, proof FROM wrapped_key ORDER BY at, id")).map((row) => ({
    id: textOf(row, "id"),
    protection: textOf(row, "protection"),
    wrapped: bytesOf(row, "wrapped"),
    proof: bytesOf(row, "proof"),
  }));
}

/** A file beside the data keeps a key from nobody who can read the data. */
function isProtected(protection: string): boolean {
  return protection !== "key-file";
}

interface Dependencies {
  readonly engine: Engine;
  /** Best first. */
  readonly keyWrapping: readonly KeyWrapping[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called when a later try opened or made a key. */
  readonly onChange: () => void;
}

class Ring implements KeyRing {
  readonly #deps: Dependencies;
  readonly #guard: Guard;
  readonly #loaded = new Map<string, LoadedKey>();
  readonly #seen = new Set<string>();
  #sealing: LoadedKey | null = null;
  #tries = 0;
  #closed = false;
  #cancel: (() => void) | null = null;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#guard = new Guard("key that is tried again", deps.logger);
  }

  *current(): Steps<Result<SealingKey>> {
    // The ring of a file knows without asking.
    yield* [];
    return this.#sealing === null ? fail({ kind: "not-stored", why: "no-protection" }) : succeed(this.#sealing);
  }

  get protection(): KeyProtection | null {
    return this.#sealing?.protection ?? null;
  }

  find(id: string): SealingKey | null {
    return this.#loaded.get(id) ?? null;
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  /** Loads what opens, makes a key where a better one is wanted, and comes back later where that was not all. */
  async load(): Promise<void> {
    this.#tries += 1;
    await this.#unwrapAll();
    if (this.#closed) return;
    this.#choose();
    await this.#make();
    if (!this.#closed) this.#comeBack();
  }

  async #unwrapAll(): Promise<void> {
    const { engine, keyWrapping } = this.#deps;
    const opened = engine.now(wrappedKeys()).map(async ({ id, protection, wrapped, proof }) => {
      this.#seen.add(id);
      const way = keyWrapping.find((candidate) => candidate.protection === protection);
      if (way === undefined || this.#loaded.has(id)) return;
      const key = await way.unwrap(wrapped);
      if (key.ok && proves({ id, key: key.value }, proof)) this.#loaded.set(id, { id, key: key.value, schema: SCHEMA, protection: way.protection });
    });
    await Promise.all(opened);
  }

  #comeBack(): void {
    const { engine, keyWrapping, clock } = this.#deps;
    const shut = engine.now(wrappedKeys()).some(({ id, protection }) => !this.#loaded.has(id) && keyWrapping.some((way) => way.protection === protection));
    const sealless = this.#sealing === null && !engine.readOnly;
    if (!sealless && (!shut || this.#tries >= TRIES)) return;
    const wait = Math.min(AGAIN_AT_MOST_MS, AGAIN_MS * 2 ** (this.#tries - 1));
    this.#cancel = clock.after(wait, () => void this.#again());
  }

  async #again(): Promise<void> {
    const before = `${this.#loaded.size} ${this.#sealing?.id}`;
    try {
      await this.load();
      if (`${this.#loaded.size} ${this.#sealing?.id}` !== before) this.#deps.onChange();
    } catch (error) {
      this.#guard.report(error);
      if (!this.#closed) this.#cancel = this.#deps.clock.after(AGAIN_AT_MOST_MS, () => void this.#again());
    }
  }

  /** Among keys of the best protection the newest seals. */
  #choose(): void {
    const { engine, keyWrapping } = this.#deps;
    const newestFirst = engine.now(wrappedKeys()).toReversed().flatMap(({ id }) => this.#loaded.get(id) ?? []);
    const best = this.#allowed(keyWrapping).map(({ protection }) => newestFirst.find((key) => key.protection === protection));
    this.#sealing = best.find((key) => key !== undefined) ?? null;
  }

  /** The protections that may seal: none weaker than what the folder has had, where the host knows a better one. */
  #allowed(ways: readonly KeyWrapping[]): readonly KeyWrapping[] {
    const strong = ways.filter(({ protection }) => isProtected(protection));
    const hadStrong = this.#deps.engine.now(wrappedKeys()).some(({ protection }) => isProtected(protection));
    return hadStrong && strong.length > 0 ? strong : ways;
  }

  /** The protections to make a key under, best first: those better than the one that seals. */
  #wanted(): readonly KeyWrapping[] {
    const allowed = this.#allowed(this.#deps.keyWrapping);
    return this.#sealing === null ? allowed : allowed.slice(0, allowed.findIndex(({ protection }) => protection === this.#sealing?.protection));
  }

  async #make(): Promise<void> {
    const { engine, logger } = this.#deps;
    if (engine.readOnly) return;
    for (const way of this.#wanted()) {
      const done = await this.#makeUnder(way);
      if (this.#closed) return;
      this.#choose();
      if (done && !isProtected(way.protection)) logger.warn("nothing but a file protects the key for secrets on this machine");
      if (done) return;
    }
    if (this.#sealing === null) logger.error("the platform does not protect a key for secrets now", { tries: this.#tries });
  }

  async #makeUnder(way: KeyWrapping): Promise<boolean> {
    const made = await this.#wrapNew(way);
    if (made === null) return false;
    // Of processes that make the first key at once, the one that comes second reads what the first one stored.
    for (let attempt = 1; attempt <= 5 && !this.#closed; attempt += 1) {
      const inserted = await this.#insert(made.entry);
      if (inserted.ok && inserted.value) this.#loaded.set(made.key.id, made.key);
      else if (inserted.ok) await this.#unwrapAll();
      if (!inserted.ok || [...this.#loaded.values()].some(({ protection }) => protection === way.protection)) return inserted.ok;
    }
    return false;
  }

  /** A new key under a protection that gives back what it was given: some answer and have protected nothing. */
  async #wrapNew(way: KeyWrapping): Promise<{ readonly key: LoadedKey; readonly entry: WrappedKey } | null> {
    const key = { id: randomUUID(), key: new Uint8Array(randomBytes(KEY_BYTES)), schema: SCHEMA, protection: way.protection };
    const wrapped = await way.wrap(key.key);
    const back = wrapped.ok ? await way.unwrap(wrapped.value) : wrapped;
    if (!wrapped.ok || !back.ok || back.value.length !== KEY_BYTES || !timingSafeEqual(back.value, key.key)) return null;
    return { key, entry: { id: key.id, protection: way.protection, wrapped: wrapped.value, proof: proofOf(key) } };
  }

  /** Stores a key unless another process stored one of its protection that this one has not seen; false then. */
  #insert(entry: WrappedKey): Promise<Result<boolean>> {
    const { engine, clock } = this.#deps;
    const seen = this.#seen;
    return engine.write<boolean>(function* insertKey() {
      if ((yield* wrappedKeys()).some(({ id, protection }) => protection === entry.protection && !seen.has(id))) return succeed(false);
      yield* run(
        "INSERT INTO wrapped_key (id, at, protection, wrapped, proof) VALUES (?, ?, ?, ?, ?)",
        entry.id, clock.now(), entry.protection, entry.wrapped, entry.proof,
      );
      return succeed(true);
    });
  }
}

/** Never fails: without a key, secrets are unreadable and that is all. */
export async function openKeyRing(dependencies: Dependencies): Promise<KeyRing> {
  const ring = new Ring(dependencies);
  await ring.load();
  return ring;
}
