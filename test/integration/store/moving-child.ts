/**
 * A process of its own that settles where data is, as it would on Windows. Told by JSON in its first argument; killed at
 * the file system call it is told to, before that call is carried out. Says "ready", waits for the end of its standard input,
 * then says the folder it settled on.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { z } from "zod";
import { settleData } from "../../../main/hosts/shared/move-data.ts";

const orders = z.object({ from: z.string(), to: z.string(), killAt: z.number().nullable() }).parse(JSON.parse(process.argv[2] ?? ""));
let calls = 0;

/** Every change of the file system counts; which ones the move makes, and in which order, is not known here. */
const countCalls = (name: "mkdirSync" | "rmSync" | "copyFileSync" | "openSync" | "fsyncSync" | "writeFileSync" | "renameSync" | "appendFileSync") => {
  const original = fs[name];
  Object.assign(fs, {
    [name]: (...given: unknown[]): unknown => {
      calls += 1;
      if (calls === orders.killAt) process.kill(process.pid, "SIGKILL");
      return Reflect.apply(original, fs, given);
    },
  });
};
(["mkdirSync", "rmSync", "copyFileSync", "openSync", "fsyncSync", "writeFileSync", "renameSync", "appendFileSync"] as const).forEach(countCalls);
syncBuiltinESMExports();

const secure = (folder: string) => {
  fs.mkdirSync(folder, { recursive: true });
  return true;
};
fs.writeSync(1, "ready\n");
fs.readFileSync(0);
fs.writeSync(1, settleData({ from: orders.from, to: orders.to, host: "loopback", secure }));
