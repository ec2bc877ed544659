/** Consoles of a team, each with a file of its own. */
import { openStore, openTeamStore, type FileStore } from "../../main/store/index.ts";
import { inTeamDatabase } from "../../main/store/postgres/setup.ts";
import { consoleOf, makeConsoleKeys, makePaper, memberOf } from "../../main/store/team/console.ts";
import { askToJoin, foundTeam, STRANGER } from "../../main/store/team/membership.ts";
import type { TeamSettings } from "../../main/store/team/types.ts";
import type { Store } from "../../main/store/types.ts";
import type { Clock, Logger } from "../../main/ports.ts";
import { systemClock, take, temporaryFolder } from "../unit/main/store/support.ts";
import { keyWrappingWith, platformKey } from "./key-wrapping.ts";
import { silentLogger } from "./loggers.ts";

export interface LabConsole {
  readonly folder: string;
  readonly file: FileStore;
  /** Opens the team's database. */
  open(options?: { readonly clock?: Clock; readonly logger?: Logger }): Promise<Store>;
  /** Closes the file and removes it. */
  remove(): Promise<void>;
}

export async function newConsole(): Promise<LabConsole> {
  const { folder, remove } = temporaryFolder();
  const file = take(await openStore({ dataDirectory: folder, keyWrapping: keyWrappingWith(platformKey), clock: systemClock, logger: silentLogger }));
  return {
    folder,
    file,
    open: async ({ clock = systemClock, logger = silentLogger } = {}) => take(await openTeamStore({ home: file.home, clock, logger })),
    remove: async () => {
      await file.close();
      remove();
    },
  };
}

/** Founds a team in a database that has its tables. Answers the key on paper. */
export async function found(console: LabConsole, settings: TeamSettings, label = "ada on PC-1"): Promise<string> {
  const [keys, paper] = [makeConsoleKeys(label), makePaper()];
  const remembered = take(await inTeamDatabase(settings, () => foundTeam(consoleOf(keys), memberOf(paper.console), 1)));
  take(await console.file.home.change(() => ({ settings, console: keys, remembered, newest: {}, inUse: true })));
  return paper.text;
}

/** Asks to be let in. Answers the code. */
export async function ask(console: LabConsole, settings: TeamSettings, label: string): Promise<string> {
  const keys = makeConsoleKeys(label);
  const { code, remembered } = take(await inTeamDatabase(settings, () => askToJoin(consoleOf(keys), STRANGER, 2)));
  take(await console.file.home.change(() => ({ settings, console: keys, remembered, newest: {}, inUse: true })));
  if (code === null) throw new Error("the console is in the team already");
  return code;
}
