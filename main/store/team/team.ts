/** The team whose database a store is, as it is now, and what a person does about its members. */
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { TeamMember, TeamRequest, TeamRole } from "../../../shared/model/team.ts";
import { readCode } from "../../../shared/rules/enrolment-code.ts";
import type { Clock } from "../../ports.ts";
import type { Engine } from "../engine.ts";
import { rolesOf } from "../postgres/names.ts";
import { enrolmentCode } from "./code.ts";
import { memberOf, PAPER, readPaper, type Console } from "./console.ts";
import type { Enrolment } from "./enrolment.ts";
import { approve, readRequests, recover, removeMember } from "./membership.ts";
import type { Memory } from "./memory.ts";
import type { Roster } from "./roster.ts";
import type { RefusedStore } from "./seals.ts";
import type { Team, TeamSettings } from "./types.ts";

interface Dependencies {
  readonly engine: Engine & {
    away(): { readonly since: number; readonly fault: Fault } | null;
    heardAt(): number;
    standing(): { readonly login: string; readonly role: TeamRole };
  };
  readonly settings: TeamSettings;
  readonly console: Console;
  readonly memory: Memory;
  readonly enrolment: Enrolment;
  readonly clock: Clock;
  /** How many drafts wait on this computer until the database is back. */
  readonly keptDrafts: () => number;
  /** Judges every identity store that is new, and answers those that are not used. */
  readonly refused: () => readonly RefusedStore[];
}

function membersOf({ members, since }: Roster, own: string): TeamMember[] {
  return [...members.values()].map(({ id, label }) => ({ id, label, since: since.get(id) ?? 0, isRecovery: id === PAPER, isThisConsole: id === own }));
}

export function createTeam({ engine, settings, console, memory, enrolment, clock, keptDrafts, refused }: Dependencies): Team {
  const me = memberOf(console);
  /** Takes a tenth of a second to make. */
  let ownCode: { readonly root: string; readonly code: string } | null = null;
  const codeIn = (root: string): string => {
    if (ownCode?.root !== root) ownCode = { root, code: enrolmentCode(root, me) };
    return ownCode.code;
  };

  /** What was done to the roster is remembered before anything else is. */
  const kept = async <T>(done: Result<T>): Promise<Result<T>> => {
    if (!done.ok) return done;
    enrolment.roster();
    await memory.flush();
    return done;
  };

  return {
    state: () => {
      const roster = enrolment.roster();
      const asked = engine.now(readRequests());
      const root = roster.ok ? roster.value.root : null;
      const isMember = enrolment.key().ok;
      const isAsking = !isMember && asked.some(({ member }) => member.id === me.id);
      const requests = asked.filter(({ member }) => member.id !== me.id);
      return {
        place: settings.place,
        signInBy: settings.signIn.by,
        ...engine.standing(),
        roleNames: { ...rolesOf(settings.place.database) },
        away: engine.away(),
        heardAt: engine.heardAt(),
        keptDrafts: keptDrafts(),
        enrolment: isMember ? "member" : isAsking ? "asking" : "none",
        code: isAsking && root !== null ? codeIn(root) : null,
        members: roster.ok ? membersOf(roster.value, me.id) : [],
        requests: isMember ? requests.map(({ at, member }): TeamRequest => ({ member: member.id, label: member.label, at })) : [],
        refused: [...refused()],
      };
    },
    approve: async (member, code) => {
      const admitted = await engine.write(() => approve(console, memory.remembered, { member, agreed: readCode(code) }, clock.now()));
      return kept(admitted.ok ? succeed(null) : admitted);
    },
    remove: async (member) => {
      const removed = await engine.write(() => removeMember(console, memory.remembered, member, clock.now()));
      return kept(removed.ok ? succeed({ known: removed.value.known }) : removed);
    },
    recover: async (recoveryKey) => {
      const paper = readPaper(recoveryKey);
      if (paper === null) return fail({ kind: "invalid", issues: [{ path: ["recoveryKey"], code: "no-recovery-key" }] });
      const recovered = await engine.write(() => recover(console, memory.remembered, paper, clock.now()));
      return kept(recovered.ok ? succeed(null) : recovered);
    },
  };
}
