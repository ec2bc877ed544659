/** Where this console stands in its team now: who is enrolled, and the team's key. Read again when the roster has changed. */
import type { Result } from "../../../shared/fault.ts";
import { numberOrNull } from "../columns.ts";
import type { KeyRing, SealingKey } from "../key-ring.ts";
import { get, type Steps } from "../steps.ts";
import type { Console } from "./console.ts";
import { readDataKey } from "./membership.ts";
import type { Memory } from "./memory.ts";
import { readRoster, type Remembered, type Roster } from "./roster.ts";

/** What of an engine a console's place in its team is read from. */
export interface RosterSource {
  now<T>(steps: Steps<T>): T;
  /** Another one after the roster was read anew, or is the database's own where it was a copy. */
  rosterEdition(): number;
  /** Whether what is held is this computer's own copy, of which nobody expects that it is the newest. */
  isCopy(): boolean;
}

interface Stand {
  readonly roster: Result<Roster>;
  readonly key: Result<SealingKey>;
}

function* readStand(console: Console, remembered: Remembered): Steps<Stand> {
  const roster = yield* readRoster(remembered);
  return { roster, key: roster.ok ? yield* readDataKey(console, roster.value) : roster };
}

export class Enrolment {
  readonly #source: RosterSource;
  readonly #console: Console;
  readonly #memory: Memory;
  #edition: number | null = null;
  #stand: Stand | null = null;

  constructor(source: RosterSource, console: Console, memory: Memory) {
    this.#source = source;
    this.#console = console;
    this.#memory = memory;
  }

  /** Fails with `roster-refused`. */
  roster(): Result<Roster> {
    return this.#now().roster;
  }

  /** Fails with `roster-refused`: `not-enrolled` while this console waits to be let in. */
  key(): Result<SealingKey> {
    return this.#now().key;
  }

  /** As of the transaction that asks: another console may have changed the roster since it was heard of. */
  *asOfTransaction(): Steps<Stand> {
    const stand = this.#now();
    const newest = numberOrNull((yield* get("SELECT max(seq) AS seq FROM team_entry")) ?? {}, "seq");
    return stand.roster.ok && stand.roster.value.head.seq === newest ? stand : yield* readStand(this.#console, this.#memory.remembered);
  }

  #now(): Stand {
    const edition = this.#source.rosterEdition();
    if (this.#stand !== null && edition === this.#edition) return this.#stand;
    const { remembered } = this.#memory;
    const isCopy = this.#source.isCopy();
    const stand = this.#source.now(readStand(this.#console, isCopy ? { ...remembered, head: { seq: 0, hash: "" } } : remembered));
    if (stand.roster.ok && !isCopy) this.#memory.sawRoster(stand.roster.value.root, stand.roster.value.head);
    [this.#stand, this.#edition] = [stand, edition];
    return stand;
  }
}

/** The team's key as the vault wants it. `protection` is that of this console's own keys. */
export function teamKeyRing(enrolment: Enrolment, home: { readonly protection: KeyRing["protection"] }): KeyRing {
  return {
    *current() {
      return (yield* enrolment.asOfTransaction()).key;
    },
    get protection() {
      return home.protection;
    },
    find: (id) => {
      const key = enrolment.key();
      return key.ok && key.value.id === id ? key.value : null;
    },
    close: () => undefined,
  };
}
