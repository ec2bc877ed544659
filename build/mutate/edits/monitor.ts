import type { EditedRoom } from "../edit.ts";

const unit = (name: string) => [`test/unit/main/monitor/${name}.test.ts`];
const watch = [...unit("network-watch"), "test/unit/main/services/network.test.ts"];
const letGo = unit("let-go");

/** Faults of `main/monitor`. */
export const monitor: EditedRoom = {
  tests: ["monitor", "rows", "slots", "time", "let-go"].flatMap(unit),
  edits: [
    { file: "main/monitor/monitor.ts", find: "    if (isQuiet(server)) return;\n", replace: "", promise: "a paused server is not scheduled again", kind: "told", tests: letGo },
    { file: "main/monitor/monitor.ts", find: "else if (isQuiet(server)) this.#publish(server, { nextCheckAt: null });\n    else this.#scheduleNext(server);", replace: "else this.#scheduleNext(server);", promise: "a server that was paused while it was checked is not checked again", kind: "told", tests: letGo },
    { file: "main/monitor/monitor.ts", find: "    this.#unschedule(server);\n    server.running?.abort();\n  }", replace: "    this.#unschedule(server);\n  }", promise: "the check of a server that is gone is called off", kind: "left-behind" },
    { file: "main/monitor/monitor.ts", find: "    group.feed.delete(server.name);\n    this.#unschedule(server);", replace: "    group.feed.delete(server.name);", promise: "a server that is gone is not waited for", kind: "left-behind" },
    { file: "main/monitor/monitor.ts", find: "    server.cancelTimer?.();\n    server.cancelTimer = null;\n    this.#slots.remove(server);", replace: "    server.cancelTimer = null;\n    this.#slots.remove(server);", promise: "a time that no longer holds is called off", kind: "left-behind" },
    { file: "main/monitor/monitor.ts", find: "if (this.#groups.get(server.storeId)?.servers.get(server.name) !== server) return;", replace: "", promise: "a check that outlived its server says nothing", kind: "told" },
    { file: "main/monitor/monitor.ts", find: "if (next.leftToOthers === true) this.#unschedule(server);\n      else if", replace: "if", promise: "a server that another console checks is not checked here as well", kind: "other" },
    { file: "main/monitor/monitor.ts", find: "if (server === undefined || server.running !== null || server.paused || server.told.held === true) return;\n    const tell", replace: "if (server === undefined) return;\n    const tell", promise: "what others found does not get in the way of a check that runs, or of a pause", kind: "told" },
    { file: "main/monitor/monitor.ts", find: "if (before.state !== track.health.state) this.#deps", replace: "if (before.state === track.health.state) this.#deps", promise: "a server that went to another state is told of", kind: "told" },
    { file: "main/monitor/monitor.ts", find: "    for (const storeId of this.#groups.keys()) this.forget(storeId);\n", replace: "", promise: "a monitor that is over checks nothing", kind: "left-behind" },
    { file: "main/monitor/monitor.ts", find: "    await this.#slots.close();\n", replace: "", promise: "a monitor is over when its last check is", kind: "left-behind", tests: letGo },
    { file: "main/monitor/monitor.ts", find: "this.#groups.delete(storeId);", replace: "void storeId;", promise: "a store that is gone is forgotten", kind: "left-behind", tests: letGo },
    { file: "main/monitor/monitor.ts", find: "Math.min(Math.max(wait, 0), LONGEST_WAIT_MS)", replace: "Math.max(wait, 0)", promise: "no far side decides for how long nobody looks", kind: "told" },
    { file: "main/monitor/monitor.ts", find: "    this.#followClock();\n", replace: "", promise: "how long a server has been down does not hang on the wall clock", kind: "told" },
    { file: "main/monitor/run-check.ts", find: "for (const cancel of timers) cancel();", replace: "void timers;", promise: "a check that ended leaves no timer", kind: "left-behind" },
    { file: "main/monitor/run-check.ts", find: "return failedAt(seen, { kind: \"internal\", incident }, at, clock.elapsed() - started);", replace: "return failedAt(seen, { kind: \"cancelled\" }, at, clock.elapsed() - started);", promise: "a check that threw is told as a bug", kind: "told" },
    { file: "main/monitor/run-check.ts", find: "logger.error(\"A check threw\", { incident, server, stack: error instanceof Error ? error.stack : String(error) });", replace: "", promise: "a check that threw is in the log", kind: "told" },
    { file: "main/monitor/run-check.ts", find: "      controller.abort();\n", replace: "", promise: "a check that takes too long is called off", kind: "left-behind" },
    { file: "main/monitor/slots.ts", find: "while (this.#running.size < this.#size) {", replace: "while (this.#running.size < this.#size * 4) {", promise: "no more checks run at a time than there are slots", kind: "other" },
    { file: "main/monitor/slots.ts", find: "for (const item of this.#waiting.keys()) this.remove(item);", replace: "", promise: "what waits for a slot is not begun any more at the end", kind: "left-behind", tests: unit("slots") },
    { file: "main/monitor/slots.ts", find: "if (claim.slow && held(({ slow }) => slow) >= this.#size * SLOW_SHARE) return false;", replace: "", promise: "servers that do not answer keep no slot from those that do", kind: "told" },
    { file: "main/monitor/watched.ts", find: "if (verdict.verdict === \"none\") return status;", replace: "", promise: "a check that never came to looking says nothing", kind: "told" },
    { file: "main/monitor/bounded.ts", find: "check.rungs.slice(0, MOST_RUNGS)", replace: "check.rungs", promise: "what a far side says is bounded", kind: "other", tests: unit("bounded") },
    { file: "main/monitor/network-watch.ts", find: "    this.#stop.abort();\n    this.#cancelLook?.();", replace: "    this.#stop.abort();", promise: "nobody looks for the network any more at the end", kind: "left-behind", tests: letGo },
    { file: "main/monitor/network-watch.ts", find: "    this.#stop.abort();\n    this.#cancelLook?.();", replace: "    this.#cancelLook?.();", promise: "a witness that is asked is called off at the end", kind: "left-behind", tests: letGo },
    { file: "main/monitor/network-watch.ts", find: "      cancel();\n    }\n  }\n\n  #lost", replace: "    }\n  }\n\n  #lost", promise: "a witness that has answered is not waited for", kind: "left-behind", tests: letGo },
    { file: "main/monitor/network-watch.ts", find: "    this.#deps.onBack(storeId);\n", replace: "", promise: "checks go on as soon as the network is back", kind: "told", tests: watch },
    { file: "main/monitor/network-watch.ts", find: "    this.#found.delete(storeId);\n    this.#failingSince.delete(storeId);\n    this.#testimonies.delete(storeId);\n", replace: "", promise: "nothing is kept of a store that is gone", kind: "left-behind", tests: letGo },
  ],
};
