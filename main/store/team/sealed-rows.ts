/** What this computer keeps of its console and of a team: named rows in the file's database, each sealed under the file's key and bound to its name. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import { bytesOf, textOf } from "../columns.ts";
import type { Engine } from "../engine.ts";
import type { KeyRing } from "../key-ring.ts";
import { openBytes, sealBytes } from "../sealing.ts";
import { all, get, run, type Steps } from "../steps.ts";

const unreadable = fail({ kind: "unreadable", what: "secret-unreadable" });

export interface SealedRows {
  /** The names that begin so, in no order. */
  names(prefix: string): readonly string[];
  /** What stands there, as JSON reads it; null for nothing. Fails with `unreadable: secret-unreadable` where the platform does not open it now. */
  read(name: string): Result<unknown>;
  /**
   * Keeps what `edit` makes of what stands there, in one transaction: another process may keep something at the same time. Undefined leaves
   * it, null removes it. Fails as {@link read} and `edit` do, and with `not-stored`.
   */
  change<T>(name: string, edit: (content: unknown) => Result<{ readonly content: unknown; readonly value: T }>): Promise<Result<T>>;
  /** Keeps this in place of whatever stands there, also of what does not open. Fails with `not-stored`. */
  put(name: string, content: unknown): Promise<Result<null>>;
  /** Removes all but one, also what does not open. Fails with `not-stored`. */
  clear(spared: string): Promise<Result<null>>;
}

function bind(name: string, keyId: string): Buffer {
  return Buffer.from(JSON.stringify(["messaging-console home", 1, name, keyId]));
}

/** `engine` and `keys` are those of the file. */
export function createSealedRows({ engine, keys }: { readonly engine: Engine; readonly keys: KeyRing }): SealedRows {
  function* read(name: string): Steps<Result<unknown>> {
    const row = yield* get("SELECT key_id, nonce, sealed FROM home WHERE name = ?", name);
    if (row === null) return succeed(null);
    const key = keys.find(textOf(row, "key_id"));
    const plain = key === null ? null : openBytes(key.key, bind(name, key.id), { nonce: bytesOf(row, "nonce"), sealed: bytesOf(row, "sealed") });
    if (plain === null) return unreadable;
    const content: unknown = JSON.parse(Buffer.from(plain).toString("utf8"));
    return succeed(content);
  }

  function* write(name: string, content: unknown): Steps<Result<null>> {
    const key = yield* keys.current();
    if (!key.ok) return key;
    const { nonce, sealed } = sealBytes(key.value.key, bind(name, key.value.id), Buffer.from(JSON.stringify(content), "utf8"));
    yield* run("DELETE FROM home WHERE name = ?", name);
    yield* run("INSERT INTO home (name, key_id, nonce, sealed) VALUES (?, ?, ?, ?)", name, key.value.id, nonce, sealed);
    return succeed(null);
  }

  // What accompanies saves is a note: it makes no copy of the file a newer one.
  return {
    names: (prefix) => engine.now(all("SELECT name FROM home WHERE substr(name, 1, ?) = ?", prefix.length, prefix)).map((row) => textOf(row, "name")),
    read: (name) => engine.now(read(name)),
    change: (name, edit) =>
      engine.note(function* change() {
        const before = yield* read(name);
        if (!before.ok) return before;
        const edited = edit(before.value);
        if (!edited.ok) return edited;
        const { content, value } = edited.value;
        if (content === null) yield* run("DELETE FROM home WHERE name = ?", name);
        const written = content === null || content === undefined ? succeed(null) : yield* write(name, content);
        return written.ok ? succeed(value) : written;
      }, { wait: true }),
    put: (name, content) => engine.note<null>(() => write(name, content), { wait: true }),
    clear: (spared) =>
      engine.note<null>(function* clear() {
        yield* run("DELETE FROM home WHERE name <> ?", spared);
        return succeed(null);
      }, { wait: true }),
  };
}
