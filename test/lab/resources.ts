/**
 * What this process holds of the system, by who asked for it: sockets, listeners, timers, threads, children.
 * Node's own count (`process.getActiveResourcesInfo`) knows neither who nor what does not keep the process alive.
 */
import { createHook } from "node:async_hooks";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** Node's names of resources that somebody has to let go of (lib/internal/async_hooks.js, src/async_wrap.h). */
const KINDS: Readonly<Record<string, string>> = {
  TCPWRAP: "socket",
  TCPSERVERWRAP: "listener",
  PIPEWRAP: "pipe",
  PIPESERVERWRAP: "listener",
  UDPWRAP: "UDP socket",
  PROCESSWRAP: "child",
  WORKER: "thread",
  Timeout: "timer",
  FSEVENTWRAP: "watched file",
  STATWATCHER: "watched file",
};
/** Frames looked at, outward from who asked: a library may stand between. */
const FRAMES = 40;

/** How many there are, by kind and place: `timer by main/monitor/monitor.ts:197`. */
export type Held = ReadonlyMap<string, number>;

export interface ResourceWatch {
  held(): Held;
  end(): void;
}

/** A file of the product, as a frame names it. */
function isOfProduct(file: string): boolean {
  return /^(?:main|shared|preload)\//.test(path.relative(root, file).split(path.sep).join("/"));
}

/** Files and lines of the frames that lead to `called`. */
function framesTo(called: (...given: never[]) => unknown): readonly { readonly file: string; readonly line: number }[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (_error, sites) => sites.map((site) => ({ file: (site.getFileName() ?? "").replace(/^file:\/\//, ""), line: site.getLineNumber() ?? 0 }));
  const holder: { stack?: unknown } = {};
  Error.captureStackTrace(holder, called);
  const { stack } = holder;
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return Array.isArray(stack) ? stack : [];
}

/** Node's own files, and libraries but for those that run the tests: they act for whoever called them or was called back. */
function isBetween(file: string): boolean {
  return file === "" || file.startsWith("node:") || (/\/node_modules\//.test(file) && !/\/node_modules\/(?:@?vitest|vite|tinypool)\//.test(file));
}

/**
 * Watches what is asked for from now on by files that are `isOwn`, the product's unless said otherwise, and what comes of
 * it, such as the connections that a listener takes.
 */
export function watchResources(isOwn: (file: string) => boolean = isOfProduct): ResourceWatch {
  const places = new Map<number, string>();
  const alive = new Map<number, string>();
  const placeOf = (trigger: number): string | null => {
    const trail = framesTo(init);
    const own = trail.find(({ file }) => isOwn(file));
    if (own !== undefined) return `${path.relative(root, own.file).split(path.sep).join("/")}:${own.line}`;
    return trail.every(({ file }) => isBetween(file)) ? (places.get(trigger) ?? null) : null;
  };
  function init(id: number, type: string, trigger: number): void {
    const place = placeOf(trigger);
    if (place === null) return;
    places.set(id, place);
    const kind = KINDS[type];
    if (kind !== undefined) alive.set(id, `${kind} by ${place}`);
  }
  const hook = createHook({
    // A promise holds nothing, and there are very many of them.
    trackPromises: false,
    init,
    destroy: (id) => {
      places.delete(id);
      alive.delete(id);
    },
  }).enable();
  return {
    held: () => new Map([...Map.groupBy(alive.values(), (what) => what)].map(([what, all]) => [what, all.length])),
    end: () => void hook.disable(),
  };
}

/** What there is more of than before, each as often as it is too many. */
export function moreThan(before: Held, now: Held): readonly string[] {
  return [...now].flatMap(([what, count]) => Array.from({ length: Math.max(0, count - (before.get(what) ?? 0)) }, () => what));
}
