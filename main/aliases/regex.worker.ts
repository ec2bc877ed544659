/** The thread that runs an admin's pattern: it is killed when it does not come to an end. */
// oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin
import { parentPort } from "node:worker_threads";
import type { RegexTask } from "./javascript-engine.ts";

/** Spans go into shared memory, so that what was found before a catastrophic input is still there after the kill. */
function run({ source, text, ends, spans }: RegexTask): true {
  const expression = new RegExp(source);
  const found = new Int32Array(spans);
  let start = 0;
  for (let i = 0; i < ends.length; i += 1) {
    const end = ends[i] ?? 0;
    const match = expression.exec(text.slice(start, end));
    start = end;
    found[2 * i + 1] = match === null ? -1 : match.index;
    found[2 * i + 2] = match === null ? -1 : match.index + match[0].length;
    found[0] = i + 1;
  }
  return true;
}

parentPort?.on("message", (task: RegexTask) => parentPort?.postMessage(run(task)));
parentPort?.postMessage("ready");
