// `npm test`: sets up what is missing, then runs everything CI runs. Plain JavaScript, because it must start on whatever
// Node the machine has.
import { runWithProjectNode } from "./bootstrap.mjs";

process.exitCode = await runWithProjectNode(["build/test-suites.ts", ...process.argv.slice(2)]);
