/** Loaded before a built host by who forked it: answers each message with how long the host's event loop was held since the last one. */
import { isMainThread } from "node:worker_threads";
import { watchLoop } from "./loop-watch.ts";

if (isMainThread) {
  const loop = watchLoop();
  process.on("message", () => process.send?.(loop.longest()));
}
