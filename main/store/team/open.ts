/** Opens a team's database as this console sees it: its engine, its keys, what is believed, and what is kept for bad days. */
import { randomUUID } from "node:crypto";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { TeamRole } from "../../../shared/model/team.ts";
import type { Clock, Logger } from "../../ports.ts";
import type { KeyRing } from "../key-ring.ts";
import { openPostgres, type PostgresEngine } from "../postgres/engine.ts";
import { addressOf } from "../postgres/session.ts";
import { shareChecks } from "../postgres/shared-checks.ts";
import type { ActivityLog, Drafts, IdentityStores, SharedChecks, Vault } from "../types.ts";
import { consoleOf } from "./console.ts";
import { keepCopy, readCopy, type Copy } from "./copy.ts";
import { createDraftSeals, type DraftSeals } from "./draft-seals.ts";
import { Enrolment, teamKeyRing } from "./enrolment.ts";
import type { FileHome } from "./home.ts";
import { KeptRows } from "./kept-rows.ts";
import { keepWork, type KeptWork } from "./kept-work.ts";
import { Memory } from "./memory.ts";
import { RevisionSeals, type Seals } from "./seals.ts";
import { createTeam } from "./team.ts";
import type { Team } from "./types.ts";
import { withholding } from "./withheld.ts";

/** A reader only looks. */
const MAY_WRITE: readonly TeamRole[] = ["operator", "administrator"];

export interface TeamOptions {
  readonly home: FileHome;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface OpenTeam {
  readonly engine: PostgresEngine;
  readonly keys: KeyRing;
  readonly seals: Seals;
  readonly draftSeals: DraftSeals;
  readonly checks: SharedChecks;
  vault(vault: Vault, stores: IdentityStores): Vault;
  /** Drafts and vault that go on while the database is away. */
  kept(parts: { readonly drafts: Drafts; readonly vault: Vault; readonly stores: IdentityStores; readonly activity: ActivityLog }): KeptWork;
  team(stores: IdentityStores): Team;
  /** As the engine does, and of what is kept here. */
  onChange(callback: () => void): void;
  close(): Promise<void>;
}

/**
 * Fails with `not-found: team` where this console belongs to none, with `unreadable: secret-unreadable` where the platform does not open
 * what it keeps of it, and as opening the database does.
 */
export async function openTeam({ home, clock, logger }: TeamOptions): Promise<Result<OpenTeam>> {
  const kept = home.read();
  if (!kept.ok) return kept;
  if (kept.value === null) return fail({ kind: "not-found", what: "team" });
  const { settings, console: keys, remembered } = kept.value;
  const memory = new Memory({ home, clock, logger }, kept.value);
  // Where nothing is kept, or it is too old, it is open and empty: what it works on can be changed there.
  const nothing: Copy = { heardAt: 0, login: settings.place.user, role: "none", tables: {} };
  // Read where it is needed alone: opening what it holds takes longer than asking the database.
  const start = async () => (await readCopy(home.copy, remembered.root, clock)) ?? nothing;
  const opened = await openPostgres({ address: addressOf(settings), clock, logger, known: (id) => memory.newest(id)?.number ?? 0, start });
  if (!opened.ok) return opened;
  const engine = opened.value;
  const console = consoleOf(keys);
  const enrolment = new Enrolment(engine, console, memory);
  const seals = new RevisionSeals({ console, memory, enrolment, isCopy: () => engine.isCopy() });
  const keeper = keepCopy({ file: home.copy, root: remembered.root, clock, logger, copy: () => (engine.isCopy() ? null : engine.copy()) });
  const judged = (stores: IdentityStores) => {
    stores.list();
    return seals.refused;
  };
  const checks = shareChecks({ engine, holder: randomUUID(), mayWrite: () => MAY_WRITE.includes(engine.standing().role), clock, logger });
  const rows = new KeptRows(home.rows, () => engine.standing().login);
  let tell: () => void = () => undefined;
  return succeed({
    engine,
    checks,
    keys: teamKeyRing(enrolment, home),
    seals,
    draftSeals: createDraftSeals({ console, enrolment, login: () => engine.standing().login }),
    vault: (vault, stores) => withholding(vault, { engine, seals, stores }),
    kept: (parts) => keepWork({ ...parts, rows, engine, clock, logger, announce: () => tell() }),
    team: (stores) => createTeam({ engine, keptDrafts: () => rows.stores().length, settings, console, memory, enrolment, clock, refused: () => judged(stores) }),
    onChange: (callback) => {
      tell = callback;
      engine.onChange(() => {
        keeper.changed();
        callback();
      });
    },
    close: async () => {
      await checks.close();
      await keeper.close();
      await engine.close();
      // Last: a look that was under way may still have seen something.
      await memory.flush();
    },
  });
}
