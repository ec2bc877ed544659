/** Identity stores with all that belongs to them, made and compared. */
import type { Store } from "../../main/store/types.ts";
import { documentNamed, draftWith, messagingWith, noteBy, take } from "../unit/main/store/support.ts";

/** A store with two revisions, each with a password of its own, and a draft with a third. */
export async function fill(store: Store, name: string): Promise<string> {
  const seal = async (purpose: string, text: string) => take(await store.vault.seal(purpose, Buffer.from(text)));
  const first = { ...documentNamed(name), directoryPassword: await seal("directory-password", `${name} first`) };
  const { id } = take(await store.identityStores.create(first, noteBy("ada", { at: 1 })));
  const second = { ...documentNamed(name, messagingWith(3)), directoryPassword: await seal("directory-password", `${name} second`) };
  take(await store.identityStores.save(id, second, 1, noteBy("bob", { at: 2, changes: [] }), "kept"));
  const form = messagingWith(1, { domain: "draft.lab" });
  take(await store.drafts.put(id, draftWith({ ...form, secrets: { password: await seal("messaging/exchange/password", `${name} draft`) } }, 2)));
  return id;
}

/** Everything that a person could compare, secrets opened. */
export async function contentOf(store: Store) {
  const texts = (plain: ReadonlyMap<string, Uint8Array>) => [...plain].map(([id, bytes]) => [id, Buffer.from(bytes).toString()]);
  const all = [];
  for (const { id } of store.identityStores.list()) {
    const revisions = take(await store.histories.read(id));
    const { version: _version, ...draft } = store.drafts.get(id) ?? { version: 0 };
    const passwords = revisions.flatMap(({ decoded }) => (decoded.directoryPassword === null ? [] : [{ id: decoded.directoryPassword.id, purpose: "directory-password" }]));
    all.push({ id, revisions, draft, passwords: texts(await store.vault.openAll(passwords)) });
  }
  return all;
}
