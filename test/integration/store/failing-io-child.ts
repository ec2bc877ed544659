/**
 * Runs with failing-io.c preloaded. Fails each call of each kind once, while opening, saving, reading and closing, and
 * looks after each whether anything was lost. Says one line of JSON on standard output; a throw nobody expects ends it.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { conditionOfFile } from "../../../main/store/condition.ts";
import { storageFault } from "../../../main/store/storage-faults.ts";
import type { SecretReference, Store } from "../../../main/store/types.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { documentNamed, draftWith, manualClock, messagingWith, noteBy, open, take, temporaryFolder, tryOpen } from "../../unit/main/store/support.ts";
import { newestEvents } from "../../lab/events.ts";

const order = (text: string) => fs.existsSync(`/failing-io/${text}`);
const { EIO, ENOSPC } = os.constants.errno;
const CALLS = ["read", "write", "sync", "truncate", "map", "open", "lock", "rename", "unlink"] as const;
const ERRORS = { read: [EIO], map: [EIO], lock: [EIO], rename: [EIO], unlink: [EIO], open: [EIO], sync: [EIO], truncate: [EIO], write: [EIO, ENOSPC] } as const;
/** Beyond the first so many calls of a kind, only some are failed. */
const EACH_UP_TO = 20;

const place = temporaryFolder();
const template = `${place.folder} template`;
const folder = `${place.folder} work`;
const START = Date.UTC(2026, 0, 31);

/** What was acknowledged, by name of the identity store: the values that a later session must find. */
interface Acknowledged {
  readonly stores: Map<string, string>;
  readonly drafts: Map<string, string>;
  readonly secrets: SecretReference[];
}
interface Session {
  readonly store: Store;
  readonly clock: ReturnType<typeof manualClock>;
  readonly known: Acknowledged;
}

const marked = (marker: string) => messagingWith(60, { marker });
const markerOf = (messaging: ReturnType<typeof marked> | null | undefined) => String(messaging?.configuration.values["marker"] ?? "");

async function save({ store, known }: Session, marker: string): Promise<void> {
  for (const stored of store.identityStores.list()) {
    const { name } = stored.document;
    const draft = { ...draftWith(marked(marker), stored.revision), version: store.drafts.version(stored.id) ?? 0 };
    if ((await store.drafts.put(stored.id, draft)).ok) known.drafts.set(name, marker);
    const saved = await store.identityStores.save(stored.id, documentNamed(name, marked(marker)), stored.revision, noteBy("ada"), "kept");
    if (saved.ok) known.stores.set(name, marker);
  }
  const sealed = await store.vault.seal("p", Buffer.from(marker));
  if (sealed.ok) known.secrets.push(sealed.value);
  store.activity.append({ at: 1, kind: "revision-saved", storeId: null, storeName: null, subject: marker, detail: null });
}

async function readEverything({ store, clock }: Session): Promise<void> {
  for (const { id } of store.identityStores.list()) {
    store.identityStores.get(id);
    await store.identityStores.revisions(id);
    await store.identityStores.revisionDocument(id, 1);
    store.drafts.get(id);
  }
  await newestEvents(store);
  clock.advance(1000);
}

const begin = async (known: Acknowledged): Promise<Session> => {
  const clock = manualClock(START);
  return { store: await open({ folder, clock }), clock, known };
};

/** A phase: what leads up to it, and what is done while a call fails. Answers a session that is still open. */
const phases: Readonly<Record<string, (known: Acknowledged, armed: (work: () => unknown) => Promise<void>) => Promise<Session | null>>> = {
  opening: async (known, armed) => {
    const clock = manualClock(START);
    let opened: Awaited<ReturnType<typeof tryOpen>> | null = null;
    await armed(async () => (opened = await tryOpen({ folder, clock })));
    const result = opened as Awaited<ReturnType<typeof tryOpen>> | null;
    return result?.ok === true ? { store: result.value, clock, known } : null;
  },
  saving: async (known, armed) => {
    const session = await begin(known);
    await armed(async () => {
      await save(session, "second");
      session.clock.advance(1000);
      await save(session, "third");
    });
    return session;
  },
  reading: async (known, armed) => {
    const session = await begin(known);
    await armed(() => readEverything(session));
    return session;
  },
  checking: async (_known, armed) => {
    const backup = path.join(folder, "backups", fs.readdirSync(path.join(folder, "backups"))[0] ?? "");
    await armed(() => {
      if (conditionOfFile(backup).state === "damaged") throw new Error("a good backup was called damaged");
    });
    return null;
  },
  closing: async (known, armed) => {
    const session = await begin(known);
    await save(session, "second");
    await armed(() => session.store.close());
    return session;
  },
};

/** What a router or a timer's guard would catch; anything else is a bug. */
function isStorageError(error: unknown): boolean {
  return storageFault(error, folder) !== null;
}

async function verify(known: Acknowledged): Promise<readonly string[]> {
  const wrong: string[] = [];
  if (fs.readdirSync(folder).some((name) => name.includes("damaged"))) wrong.push("a healthy database was put aside");
  const store = await open({ folder, clock: manualClock(START) });
  if (store.notice !== null) wrong.push(`the next session opened with ${store.notice}`);
  for (const [name, marker] of known.stores) {
    const stored = store.identityStores.list().find(({ document }) => document.name === name);
    const revisions = await store.identityStores.revisions(stored?.id ?? "");
    const found = await Promise.all(revisions.map(async ({ number }) => markerOf((await store.identityStores.revisionDocument(stored?.id ?? "", number))?.messaging)));
    if (!found.includes(marker)) wrong.push(`the save ${marker} of ${name} is lost`);
    const draft = markerOf(store.drafts.get(stored?.id ?? "")?.forms["exchange"]);
    const wanted = known.drafts.get(name);
    // One more may have been stored than was acknowledged.
    if (wanted !== undefined && draft < wanted) wrong.push(`the draft ${wanted} of ${name} is lost`);
  }
  if (known.secrets.some((secret) => !store.vault.open("p", secret).ok)) wrong.push("a secret is lost");
  await store.close();
  return wrong;
}

interface Point {
  readonly phase: string;
  readonly call: (typeof CALLS)[number];
  readonly number: number;
  readonly errno: number;
}

/** Fails one call. Answers whether there was one, and what went wrong. */
async function tryPoint({ phase, call, number, errno }: Point, base: Acknowledged): Promise<{ readonly fired: boolean; readonly wrong: readonly string[] }> {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(template, folder, { recursive: true });
  const known: Acknowledged = { stores: new Map(base.stores), drafts: new Map(base.drafts), secrets: [...base.secrets] };
  const wrong: string[] = [];
  let fired = false;
  const armed = async (work: () => unknown) => {
    order(`arm/${call}/${number}/${errno}`);
    try {
      await work();
    } catch (error) {
      if (!isStorageError(error)) wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    order("disarm");
    fired = order("fired");
  };
  const session = await phases[phase]?.(known, armed);
  await session?.store.close();
  return { fired, wrong: [...wrong, ...(await verify(known))] };
}

async function prepare(): Promise<Acknowledged> {
  const known: Acknowledged = { stores: new Map(), drafts: new Map(), secrets: [] };
  const store = await open({ folder, clock: manualClock(START), logger: silentLogger });
  for (const name of ["Alpha", "Beta"]) take(await store.identityStores.create(documentNamed(name), noteBy("ada")));
  await save({ store, clock: manualClock(START), known }, "first");
  await store.close();
  fs.renameSync(folder, template);
  return known;
}

order(`below/${folder}`);
const base = await prepare();
const fired: Record<string, number> = {};
const wrong: (Point & { readonly what: string })[] = [];
for (const phase of Object.keys(phases)) {
  for (const call of CALLS) {
    for (const errno of ERRORS[call]) {
      for (let number = 1; ; number += number < EACH_UP_TO ? 1 : Math.ceil(number / 4)) {
        const point = { phase, call, number, errno };
        const result = await tryPoint(point, base);
        for (const what of result.wrong) wrong.push({ ...point, what });
        if (!result.fired) break;
        fired[`${phase} ${call}`] = (fired[`${phase} ${call}`] ?? 0) + 1;
      }
    }
  }
}
place.remove();
for (const left of [template, folder]) fs.rmSync(left, { recursive: true, force: true });
fs.writeSync(1, `${JSON.stringify({ fired, wrong })}\n`);
