/** The way into a team: testing its database, setting one up, asking to be let in. */
import { fail } from "../../../shared/fault.ts";
import type { Clock, Logger } from "../../ports.ts";
import type { TeamEntrance, TeamHome } from "./types.ts";

export interface EntranceDependencies {
  readonly home: TeamHome;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createTeamEntrance({ home }: EntranceDependencies): TeamEntrance {
  const notYet = async () => fail({ kind: "unsupported", why: "no-team" });
  return { home, test: notYet, setUp: notYet, join: notYet };
}
