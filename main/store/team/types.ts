/** What the store offers of a team's database beyond what every store does. Services know only this file and `../types.ts`. */
import type { Result } from "../../../shared/fault.ts";
import type { RungResult } from "../../../shared/model/mail-server.ts";
import type { DataState, TeamFound, TeamPlace } from "../../../shared/model/team.ts";
import type { Remembered } from "./roster.ts";

/** How a team's database is reached and signed in to. Holds secrets: it never leaves main. */
export interface TeamSettings {
  readonly place: TeamPlace;
  readonly signIn:
    | { readonly by: "password"; readonly password: string }
    /** Both in PEM. */
    | { readonly by: "certificate"; readonly certificate: string; readonly key: string };
}

/** A console's own keys, PKCS #8 in base64: X25519 opens what is sealed to it, Ed25519 signs. */
export interface ConsoleKeys {
  readonly id: string;
  readonly label: string;
  readonly seal: string;
  readonly sign: string;
}

/** What a console keeps of its team on this computer, sealed as the passwords of the file are. */
export interface TeamAtHome {
  readonly settings: TeamSettings;
  readonly console: ConsoleKeys;
  readonly remembered: Remembered;
  /** The newest revision that was seen of each identity store, by id: an older one, or another of the same number, is not believed. */
  readonly newest: Readonly<Record<string, { readonly number: number; readonly hash: string }>>;
  /** Whether the console works on the team's database. */
  readonly inUse: boolean;
}

/** Kept in the file's database. */
export interface TeamHome {
  /** Null where this console never belonged to a team. Fails with `unreadable: secret-unreadable` where the platform does not open it now. */
  read(): Result<TeamAtHome | null>;
  /** Keeps what `edit` makes of what is kept, in one transaction: another process may keep something at the same time. Null leaves it. Fails as {@link read} and with `not-stored`. */
  change(edit: (kept: TeamAtHome | null) => TeamAtHome | null): Promise<Result<null>>;
  /** Forgets the team, also where what is kept does not open. Fails with `not-stored`. */
  forget(): Promise<Result<null>>;
}

export type TeamState = Omit<Extract<DataState, { kind: "team" }>, "kind" | "folder">;

/** The team whose database a store is. */
export interface Team {
  state(): TeamState;
  /** Lets a console in. `code` is what both people compared. Fails with `roster-refused`, `not-stored`. */
  approve(member: string, code: string): Promise<Result<null>>;
  /** Takes a console out: a new key, everything sealed again, in one transaction. Answers the passwords that it could read. */
  remove(member: string): Promise<Result<{ readonly known: readonly { readonly store: string; readonly secret: string }[] }>>;
  /** Lets this console in with the key on paper. Fails with `roster-refused`, and with `invalid` for what is no recovery key. */
  recover(recoveryKey: string): Promise<Result<null>>;
}

export interface ClimbOptions {
  readonly signal: AbortSignal;
  readonly onRung: (rung: RungResult) => void;
}

/** Getting into a team, before there is a store to work on. */
export interface TeamEntrance {
  readonly home: TeamHome;
  /** Climbs the ladder to a team's database. Fails with the fault of the rung that failed. */
  test(settings: TeamSettings, options: ClimbOptions): Promise<Result<TeamFound>>;
  /** Makes tables and roles in an empty database and founds a team with this console. `label` is how it calls itself. */
  setUp(settings: TeamSettings, label: string, options: ClimbOptions): Promise<Result<{ readonly recoveryKey: string }>>;
  /**
   * Asks to be let in. Whose console is in the team already asks nothing and has no code: where its database is and what signs in are
   * kept. Fails as opening a team's database does, and with `unsupported: team-known` where this console knows another team.
   */
  join(settings: TeamSettings, label: string, options: ClimbOptions): Promise<Result<{ readonly code: string | null }>>;
}
