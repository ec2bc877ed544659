/**
 * The loopback host from source, with the PowerShell remoting that {@link REMOTING_VARIABLE} names: the product's own hosts take
 * none but Windows'. Takes the loopback host's arguments; the pages are those that were built.
 */
import "../../../main/hosts/shared/thread-pool.ts";
import { register } from "node:module";
import path from "node:path";
import { z } from "zod";
import { readArguments } from "../../../main/hosts/loopback/arguments.ts";
import { REMOTING_VARIABLE } from "./remoting-variable.ts";

register("../../../build/raw-imports.mjs", import.meta.url);

const locationSchema = z.object({ executable: z.string(), edition: z.literal("Core"), environment: z.record(z.string(), z.string()) });

const remoting = locationSchema.parse(JSON.parse(process.env[REMOTING_VARIABLE] ?? "null"));
// The token in it is for the shell alone, not for every program that the console starts.
Reflect.deleteProperty(process.env, REMOTING_VARIABLE);
const { dataDirectory } = readArguments(process.argv.slice(2));
if (dataDirectory === null) throw new Error("--data is needed: a test has a folder of its own");
const { startConsole } = await import("../../../main/hosts/loopback/console.ts");
const { openFront } = await import("../../../main/hosts/loopback/front.ts");
const { systemClock } = await import("../../../main/hosts/shared/clock.ts");
const { openLog } = await import("../../../main/hosts/shared/logger.ts");
const logger = openLog(dataDirectory, "loopback");
const rendererDirectory = path.resolve(import.meta.dirname, "../../../out/renderer");
const front = await openFront({ rendererDirectory, clock: systemClock, logger });
const started = await startConsole({ dataDirectory, rendererDirectory, practice: false, logger, front, remoting });
if (!started.ok) throw new Error(`The console did not start: ${JSON.stringify(started.fault)}`);
process.stdout.write(`${started.value.url()}\n`);

const end = async () => {
  await started.value.close();
  process.exit(0);
};
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end());
process.stdin.once("end", () => void end()).resume();
