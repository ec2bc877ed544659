/** One PostgreSQL server for all files of the project, with a team that theirs are copied from. */
import type { TestProject } from "vitest/node";
import { inTeamDatabase } from "../../main/store/postgres/setup.ts";
import { consoleOf, makeConsoleKeys, makePaper, memberOf } from "../../main/store/team/console.ts";
import { foundTeam } from "../../main/store/team/membership.ts";
import { findPostgres, startPostgres } from "../lab/postgres-server.ts";
import type { TeamTemplate } from "../lab/team-engine.ts";
import { take } from "../unit/main/store/support.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Null where there is no PostgreSQL. */
    teamTemplate: TeamTemplate | null;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const bin = findPostgres();
  if (bin === null) {
    project.provide("teamTemplate", null);
    return () => Promise.resolve();
  }
  const server = await startPostgres(bin);
  const { database } = await server.create();
  const settings = server.settings(database, "eva");
  const [keys, paper] = [makeConsoleKeys("eva on PC-1"), makePaper()];
  const remembered = take(await inTeamDatabase(settings, () => foundTeam(consoleOf(keys), memberOf(paper.console), 1)));
  project.provide("teamTemplate", { superuser: server.settings("postgres", "postgres"), atHome: { settings, console: keys, remembered, newest: {}, inUse: true } });
  return () => server.remove();
}
