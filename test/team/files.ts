/** Which test files stand on an open store: over a file each runs where it belongs, and over a team's database here. */

export const OVER_A_TEAM: readonly string[] = [
  "test/integration/drafts/{lost-answers,two-windows}.test.ts",
  "test/integration/mail-objects/*.test.ts",
  "test/integration/jobs/{live,two-consoles}.test.ts",
  "test/integration/services/{comparison,practice}.test.ts",
  "test/integration/certificates/services.test.ts",
  "test/integration/clouds/{services,idle-hour}.test.ts",
  "test/integration/loopback/transfer.test.ts",
  "test/unit/main/app.test.ts",
  "test/unit/main/guard.test.ts",
  "test/unit/main/hosts/command-line/status.test.ts",
  "test/unit/main/hosts/command-line/jobs/*.test.ts",
  "test/unit/main/hosts/command-line/mail-objects/{journal,plan,rehearse,run}.test.ts",
  "test/unit/main/router/router.test.ts",
  "test/unit/main/mail-objects/object-work.test.ts",
  "test/unit/main/mail-objects/run.test.ts",
  "test/unit/main/services/*.test.ts",
  "test/unit/main/store/{activity-log,activity-pages,changes,drafts,identity-stores,job-due,job-providers,job-runs,journal,probes,sightings,store,unknown-fields,vault}.test.ts",
];

/** What opens both engines itself, or a team's database alone, needs no second run. */
export const IS_OF_TEAMS: readonly string[] = [
  "test/integration/store/{cut-off,engines,four-processes,kept-work,move-stores,team,team-*,postgres-*}.test.ts",
  "test/unit/main/store/team/kept-work.test.ts",
];

/** Files that open a store and are not run here, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  "test/integration/store/damage.test.ts": "a damaged file is put aside",
  "test/integration/store/failed-reads.test.ts": "reads of a file fail",
  "test/integration/store/full-disk.test.ts": "a file is on a full disk; team-full-disk.test.ts fills a database's",
  "test/integration/store/journal-kill.test.ts": "a process that writes a file is killed",
  "test/integration/store/kill.test.ts": "a process that writes a file is killed",
  "test/integration/store/moving.test.ts": "a folder with a file is moved",
  "test/integration/store/planted-secret.test.ts": "a folder with a file is searched",
  "test/integration/store/two-processes.test.ts": "a file is kept from two processes; four-processes.test.ts goes over both engines",
  "test/integration/wine/windows.test.ts": "the Windows build of Node opens a file",
  "test/integration/command-line/shells.test.ts": "the command line is a process of its own, over the file of its folder; command-line/team.test.ts goes over a team's database",
  "test/unit/main/services/jobs/schedules.test.ts": "its clock is wound by hand, and a team's database answers by another one; two-consoles.test.ts goes over both engines",
  "test/unit/main/services/jobs/watch.test.ts": "its clock is wound by hand, and a team's database answers by another one; two-consoles.test.ts goes over both engines",
  "test/unit/main/store/backups.test.ts": "backups are files",
  "test/unit/main/store/condition.test.ts": "it is the condition of a file",
  "test/unit/main/store/connection.test.ts": "it is SQLite's connection",
  "test/unit/main/store/database.test.ts": "it is the opening of a file: damage, backups, locks and rights",
  "test/unit/main/store/job-run-retention.test.ts": "it looks into a file past the store",
  "test/unit/main/store/journal-many.test.ts": "it counts what a file is asked",
  "test/unit/main/store/key-ring.test.ts": "a file's keys are wrapped by the platform, a team's are sealed to its consoles",
  "test/unit/main/store/migrations.test.ts": "files of earlier versions are brought up to date",
  "test/unit/main/store/network-drive.test.ts": "a file on a network drive is refused",
  "test/unit/main/store/own-key.test.ts": "a console's key is in its file, whichever data it works on",
  "test/unit/main/store/values-for-words.test.ts": "files of the first version are brought up to date",
  "test/unit/main/hosts/shared/move-data.test.ts": "a folder with a file is moved",
};
