import type { EditedRoom } from "../edit.ts";

const tests = (name: string) => [`test/unit/main/jobs/${name}.test.ts`];
const taskTests = ["test/unit/shared/rules/task-scheduler.test.ts"];

/** Faults of when jobs are due, and of what becomes of first passwords. */
export const jobSchedules: EditedRoom = {
  tests: tests("schedule"),
  edits: [
    { file: "main/jobs/schedule.ts", find: ", fixedTimeRule: \"no-wildcard\"", replace: "", promise: "a list of times runs once where the clock shows them twice, and is not lost in a gap", kind: "lost" },
    { file: "main/jobs/schedule.ts", find: "new Date(now + 1)", replace: "new Date(now)", promise: "what is due at this very moment is due", kind: "other" },
    { file: "main/jobs/schedule.ts", find: "now - newest <= LATE_AFTER_MS || missed === \"once\"", replace: "now - newest <= LATE_AFTER_MS || missed !== \"skip\"", promise: "a person is asked about a missed run before it is made up for", kind: "other" },
    { file: "main/jobs/schedule.ts", find: "now - newest <= LATE_AFTER_MS || missed === \"once\"", replace: "true", promise: "a missed run is left out where the schedule says so", kind: "other" },
    { file: "main/jobs/schedule.ts", find: "newest === null || newest <= since", replace: "newest === null", promise: "a moment that was handled is not begun again", kind: "other" },
    { file: "main/jobs/schedule.ts", find: "{ due: newest, missed: passed - 1 }", replace: "{ due: newest, missed: 0 }", promise: "what was missed is counted", kind: "told" },
    { file: "main/jobs/schedule.ts", find: "&& count <= COUNTED_MOST", replace: "&& count <= COUNTED_MOST * 20", promise: "an absence of years is not counted to its end", kind: "other" },
    { file: "main/jobs/schedule.ts", find: "read.nextRun(BEGINNING) === null ?", replace: "read.nextRun(BEGINNING) !== null && pattern === \"\" ?", promise: "a day that never comes is told", kind: "told" },
    { file: "main/jobs/passwords.ts", find: "alphabets[index] ?? all", replace: "all", promise: "a password has a character of each class", kind: "other", tests: tests("passwords") },
    { file: "main/jobs/passwords.ts", find: "return shuffle(sources.map((alphabet) => alphabet.charAt(random(alphabet.length))), random).join(\"\");", replace: "return sources.map((alphabet) => alphabet.charAt(random(alphabet.length))).join(\"\");", promise: "nobody knows which place has which class", kind: "leaked", tests: tests("passwords") },
    { file: "main/jobs/passwords.ts", find: "random(last + 1)", replace: "random(shuffled.length)", promise: "every order is as likely as any other", kind: "leaked", tests: tests("passwords") },
    { file: "main/jobs/passwords.ts", find: "password.toLowerCase().includes(part)", replace: "password === part", promise: "a password that Active Directory refuses for a name in it is not made", kind: "other", tests: tests("passwords") },
    { file: "main/jobs/passwords.ts", find: "!noLookAlikes || !LOOK_ALIKES.includes(character)", replace: "true", promise: "nothing that is taken for something else is in a password where that is asked for", kind: "other", tests: tests("passwords") },
    { file: "main/jobs/password-file.ts", find: ".finally(() => plain.fill(0))", replace: "", promise: "passwords in clear stay in no buffer", kind: "leaked", tests: tests("password-file") },
    { file: "main/jobs/password-file.ts", find: "await fs.writeFile(temporary, sealed,", replace: "await fs.writeFile(`${temporary}.clear`, asCsv([]));\n    await fs.writeFile(temporary, sealed,", promise: "nothing but the sealed file is in its folder", kind: "leaked", tests: tests("password-file") },
    { file: "main/jobs/password-file.ts", find: "if (!existsSync(file)) return file;", replace: "return file;", promise: "a file that nobody here can open again is not written over", kind: "lost", tests: tests("password-file") },
    { file: "main/jobs/password-file.ts", find: "if (!RUN.test(run)) throw new Error(\"a run has no such name\");", replace: "", promise: "no name of a run leads out of the folder", kind: "leaked", tests: tests("password-file") },
    { file: "main/jobs/password-file.ts", find: "{ record_delimiter: \"windows\" }", replace: "{ record_delimiter: \"windows\", escape_formulas: true }", promise: "a password is handed over as it is", kind: "lost", tests: tests("password-file") },
    { file: "shared/rules/task-times.ts", find: "HOUR % every === 0 && ", replace: "", promise: "a trigger repeats only what keeps to the clock over its changes", kind: "other", tests: taskTests },
    { file: "shared/rules/task-scheduler.ts", find: "if (named !== null && days !== null) return null;", replace: "", promise: "days of the month are not left out of a task in silence", kind: "lost", tests: taskTests },
    { file: "shared/rules/task-scheduler.ts", find: "last * 60_000 > shown ? today : today + DAY_MS", replace: "last * 60_000 > shown ? today : today", promise: "a task does not begin with a run that nobody missed", kind: "other", tests: taskTests },
    { file: "shared/rules/task-scheduler.ts", find: "if (!isSameClock(", replace: "if (false && !isSameClock(", promise: "a task does not go by another clock than its schedule", kind: "told", tests: taskTests },
    { file: "shared/rules/task-scheduler.ts", find: "String(missed === \"once\")", replace: "String(missed !== \"skip\")", promise: "a task makes up for nothing that a person is to be asked about", kind: "other", tests: taskTests },
    { file: "shared/rules/task-scheduler.ts", find: ".replaceAll(/(\\\\*)(\"|$)/g, \"$1$1$2\")", replace: "", promise: "an argument of a task begins no other one", kind: "other", tests: taskTests },
  ],
};
