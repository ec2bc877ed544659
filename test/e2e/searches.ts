/** Where a secret could turn up, and how each place is searched: files, processes, the page's memory and its traffic. */
import type { Page } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** What is searched for: a text, or bytes such as a piece of a key. */
export type Sought = string | Buffer;

/** The forms in which it could lie in a file: as it is, a text in either Unicode form, hexadecimal, and Base64 at any offset. */
export function formsOf(sought: Sought): readonly Buffer[] {
  const bytes = Buffer.from(sought);
  const aligned = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64").slice(4, -4));
  const wide = typeof sought === "string" ? [Buffer.from(sought, "utf16le")] : [];
  return [bytes, ...wide, Buffer.from(bytes.toString("hex")), ...aligned.map((part) => Buffer.from(part))];
}

/** Whether a content holds it in any form. */
export function holds(content: Buffer, sought: Sought): boolean {
  return formsOf(sought).some((form) => content.includes(form));
}

/** Files below a folder that hold it in any form, relative to the folder. */
export function filesHolding(folder: string, sought: Sought): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => holds(contentOf(file), sought))
    .map((file) => path.relative(folder, file));
}

/** A file's bytes; none for one that was removed since the folder was read, as a log or a write-ahead log may be. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}

/** Command lines of every process on this computer, looked at again and again until stopped. Linux only. */
export function watchCommandLines(): { holding(text: string): boolean; stop(): void } {
  const seen = new Set<string>();
  const look = () => {
    for (const pid of readdirSync("/proc")) {
      if (!/^\d+$/.test(pid)) continue;
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
      } catch {
        // The process ended between the two looks.
      }
    }
  };
  look();
  const timer = setInterval(look, 25);
  return { holding: (text) => [...seen].some((line) => line.includes(text)), stop: () => clearInterval(timer) };
}

export interface Traffic {
  /** Whether any frame that came to the page holds it. */
  received(sought: Sought): boolean;
  /** Whether any frame that the page sent holds it: a secret has to get to the service somehow. */
  sent(sought: Sought): boolean;
}

/** Listens to every WebSocket of the page from now on. */
export function recordTraffic(page: Page): Traffic {
  const frames: Record<"received" | "sent", Buffer[]> = { received: [], sent: [] };
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => frames.received.push(Buffer.from(payload)));
    socket.on("framesent", ({ payload }) => frames.sent.push(Buffer.from(payload)));
  });
  const search = (direction: "received" | "sent") => (sought: Sought) => frames[direction].some((frame) => holds(frame, sought));
  return { received: search("received"), sent: search("sent") };
}

/** Every address of the page so far: the ones it went through and the ones in its history. */
export function recordAddresses(page: Page): () => Promise<readonly string[]> {
  const gone: string[] = [];
  page.on("framenavigated", (frame) => gone.push(frame.url()));
  return async () => {
    const session = await page.context().newCDPSession(page);
    const { entries } = await session.send("Page.getNavigationHistory");
    await session.detach();
    return [...gone, ...entries.flatMap(({ url, title }) => [url, title])];
  };
}

/** All of the page's JavaScript memory, after the garbage was collected, as V8 writes it down. */
export async function memoryOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.enable");
  for (let round = 0; round < 3; round += 1) await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false, captureNumericValue: true });
  await session.detach();
  return chunks.join("");
}
