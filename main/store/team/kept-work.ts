/**
 * Work on drafts goes on while the team's database is away: it is kept on this computer and comes into the database when that is back,
 * where it meets what the same person did on another console meanwhile. Nothing is saved by it.
 */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import { createTurns } from "../../../shared/turns.ts";
import { Guard } from "../../guard.ts";
import type { Clock, Logger } from "../../ports.ts";
import { refuseChangedDraft } from "../refusals.ts";
import { secretsOfDraft } from "../schemas.ts";
import type { ActivityLog, Drafts, IdentityStores, StoredDraft, Vault } from "../types.ts";
import type { KeptDraft, KeptRows } from "./kept-rows.ts";
import { mergeDrafts } from "./merge-drafts.ts";

/** Between two versions of the database there is room for so many of this computer: a later one is always the higher number. */
const STEP = 2 ** -20;
/** How often a draft is brought anew because another console wrote in between. */
const TRIES = 5;
/** A kept secret that no kept draft refers to may belong to one that is about to be kept. In milliseconds. */
const UNUSED_MS = 24 * 60 * 60 * 1000;

interface Dependencies {
  readonly rows: KeptRows;
  /** The database's own. */
  readonly drafts: Drafts;
  readonly vault: Vault;
  readonly stores: IdentityStores;
  readonly activity: ActivityLog;
  readonly engine: { away(): unknown; readonly readOnly: boolean; standing(): { readonly login: string } };
  readonly clock: Clock;
  readonly logger: Logger;
  /** Something that is kept has changed. */
  readonly announce: () => void;
}

export interface KeptWork {
  readonly drafts: Drafts;
  readonly vault: Vault;
  /** Whether the database is there may have changed: what is kept is brought into it. */
  changed(): void;
  /** Waits for what is under way, brings nothing more, and lets go of secrets that no kept draft needs. */
  close(): Promise<void>;
}

export function keepWork({ rows, drafts, vault, stores, activity, engine, clock, logger, announce }: Dependencies): KeptWork {
  const guard = new Guard("drafts kept while the team's database was away", logger);
  const inTurn = createTurns();
  let closed = false;
  const isAway = () => engine.away() !== null;
  const canBring = () => !closed && !isAway();
  const get = (storeId: string): StoredDraft | null => {
    const kept = rows.draft(storeId);
    return kept === null ? drafts.get(storeId) : kept.draft;
  };

  /** Secrets first: what refers to them is found whole. */
  async function adoptFor(draft: StoredDraft): Promise<Result<readonly string[]>> {
    const kept = [...secretsOfDraft(draft)].flatMap((id) => {
      const secret = rows.secret(id);
      return secret === null ? [] : [{ id, purpose: secret.purpose, plain: secret.plain }];
    });
    const adopted = kept.length === 0 ? succeed(null) : await vault.adopt(kept);
    return adopted.ok ? succeed(kept.map(({ id }) => id)) : adopted;
  }

  async function store(storeId: string, draft: StoredDraft): Promise<Result<StoredDraft>> {
    const adopted = await adoptFor(draft);
    if (!adopted.ok) return adopted;
    const put = await drafts.put(storeId, draft);
    if (put.ok) for (const id of adopted.value) await rows.dropSecret(id);
    return put;
  }

  /** Keeps what was made of version `seen`: a draft, or that it was discarded. `sent`: what the database did not answer to. */
  async function keep(storeId: string, seen: number, { draft, sent }: Pick<KeptDraft, "draft" | "sent">): Promise<Result<StoredDraft | null>> {
    const result = await rows.changeDraft<StoredDraft | null>(storeId, (kept) => {
      const base = kept === null ? drafts.get(storeId) : kept.base;
      const before = kept === null ? base : kept.draft;
      if (draft === null && before === null) return succeed({ kept, value: null });
      if ((before?.version ?? 0) !== seen) return refuseChangedDraft(before?.updatedAt);
      // A draft that was begun and discarded here is nothing that the database could know.
      const mayHave = kept === null ? sent : kept.sent;
      if (draft === null && base === null && mayHave === null) return succeed({ kept: null, value: null });
      const next = draft === null ? null : { ...draft, version: Math.max(seen, base?.version ?? 0) + STEP };
      return succeed({ kept: { base, sent: mayHave, draft: next }, value: next });
    });
    if (result.ok) announce();
    return result;
  }

  /** The database's own answer, where it is asked and answers. Null: it is kept here. */
  async function ask<T>(storeId: string | null, work: () => Promise<Result<T>>): Promise<{ readonly answer: Result<T> | null; readonly isSent: boolean }> {
    const isHere = storeId !== null && rows.draft(storeId) !== null;
    if (!engine.readOnly && (isHere || isAway())) return { answer: null, isSent: false };
    const answer = await work();
    const isLost = !answer.ok && answer.fault.kind === "not-stored" && (answer.fault.why === "unreachable" || isAway());
    // Who may only look keeps nothing here either.
    return { answer: isLost && !engine.readOnly ? null : answer, isSent: true };
  }

  const put: Drafts["put"] = async (storeId, draft) => {
    const { answer, isSent } = await ask(storeId, () => store(storeId, draft));
    if (answer !== null) return answer;
    if (stores.get(storeId) === null) return fail({ kind: "not-found", what: "identity-store" });
    const kept = await keep(storeId, draft.version, { draft, sent: isSent ? draft : null });
    changed();
    return kept.ok ? succeed(kept.value ?? draft) : kept;
  };

  const remove: Drafts["remove"] = async (storeId, version) => {
    const { answer } = await ask(storeId, () => drafts.remove(storeId, version));
    if (answer !== null) return answer;
    const kept = await keep(storeId, version, { draft: null, sent: null });
    changed();
    return kept.ok ? succeed(null) : kept;
  };

  /** What both began with, where this draft was begun while the database was away: what was saved. */
  function begun(storeId: string, draft: StoredDraft): StoredDraft {
    const saved = stores.get(storeId)?.document.messaging ?? null;
    return saved === null ? { ...draft, forms: {}, touched: {} } : { ...draft, touched: {}, choice: { provider: saved.configuration.provider, variant: saved.configuration.variant }, forms: { [saved.configuration.provider]: saved } };
  }

  /** Into the database, over what another console of the same person made of it. Answers what both changed. */
  async function bringOver(storeId: string, { base, sent, draft }: KeptDraft): Promise<Result<readonly string[]>> {
    const now = drafts.get(storeId);
    const isOwn = now === null || now.version === base?.version || (sent !== null && isDeepStrictEqual({ ...now, version: 0 }, { ...sent, version: 0 }));
    if (draft === null) {
      // What somebody went on with elsewhere is not discarded.
      const removed = now !== null && isOwn ? await drafts.remove(storeId, now.version) : succeed(null);
      return removed.ok ? succeed([]) : removed;
    }
    const merged = isOwn ? { draft, apart: [] } : mergeDrafts(base ?? begun(storeId, draft), draft, now);
    const stored = await store(storeId, { ...merged.draft, version: now?.version ?? 0 });
    return stored.ok ? succeed(merged.apart) : stored;
  }

  async function bringOne(storeId: string): Promise<void> {
    for (let tries = 0; tries < TRIES && canBring(); tries += 1) {
      const kept = rows.draft(storeId);
      if (kept === null) return;
      const brought = await bringOver(storeId, kept);
      const isGone = !brought.ok && brought.fault.kind === "not-found";
      if (isGone) logger.warn("a draft that was kept belongs to an identity store that is there no more", { storeId });
      if (!brought.ok && !isGone) {
        if (brought.fault.kind === "draft-changed") continue;
        return logger.warn("a draft that was kept could not be brought into the team's database", { fault: brought.fault.kind });
      }
      if (brought.ok && brought.value.length > 0) {
        const name = stores.get(storeId)?.document.name ?? null;
        activity.append({ at: clock.now(), kind: "draft-merged", storeId, storeName: name, subject: engine.standing().login, detail: brought.value.join(", ") });
      }
      // What was typed meanwhile goes on from what the database has now.
      await rows.changeDraft(storeId, (row) => succeed({ kept: row === null || row.draft?.version === kept.draft?.version ? null : { ...row, base: drafts.get(storeId), sent: null }, value: null }));
      announce();
    }
  }

  async function sweep(): Promise<void> {
    const used = new Set(rows.drafts().flatMap(({ draft }) => (draft === null ? [] : [...secretsOfDraft(draft)])));
    for (const id of rows.secretIds()) {
      if (!used.has(id) && clock.now() - (rows.secret(id)?.at ?? 0) > UNUSED_MS) await rows.dropSecret(id);
    }
  }

  const bring = () =>
    inTurn(async () => {
      for (const id of rows.stores()) await bringOne(id);
    });
  const changed = () => {
    if (canBring() && rows.stores().length > 0) void bring().catch((error: unknown) => guard.report(error));
  };

  return {
    drafts: { get, put, remove, version: (storeId) => (rows.draft(storeId) === null ? drafts.version(storeId) : (get(storeId)?.version ?? null)), editing: (storeId) => drafts.editing(storeId) },
    vault: {
      get protection() {
        return vault.protection;
      },
      seal: async (purpose, plain) => {
        const { answer } = await ask(null, () => vault.seal(purpose, plain));
        if (answer !== null) return answer;
        const reference = { id: randomUUID(), at: clock.now() };
        const kept = await rows.keepSecret(reference.id, { purpose, at: reference.at, plain });
        return kept.ok ? succeed(reference) : kept;
      },
      open: (purpose, reference) => {
        const kept = rows.secret(reference.id);
        return kept?.purpose === purpose ? succeed(kept.plain) : vault.open(purpose, reference);
      },
      openAll: async (secrets) => {
        const kept = secrets.flatMap(({ id, purpose }) => {
          const secret = rows.secret(id);
          return secret?.purpose === purpose ? [[id, secret.plain] as const] : [];
        });
        return new Map([...(await vault.openAll(secrets)), ...kept]);
      },
      adopt: (secrets) => vault.adopt(secrets),
    },
    changed,
    close: async () => {
      closed = true;
      // Also where nothing was ever brought: what was entered and discarded is a password that nobody needs.
      await inTurn(sweep).catch((error: unknown) => guard.report(error));
    },
  };
}
