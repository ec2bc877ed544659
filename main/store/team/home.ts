/** What this console keeps of its team, in the file's database. */
import { succeed } from "../../../shared/fault.ts";
import type { TeamAtHome, TeamHome } from "./types.ts";

export function createTeamHome(): TeamHome {
  let kept: TeamAtHome | null = null;
  return {
    read: () => succeed(kept),
    write: async (content) => {
      kept = content;
      return succeed(null);
    },
  };
}
