/** What a page's calls of the contract weigh on the wire. */
import type { Page } from "@playwright/test";
import { z } from "zod";

/** A call and its first answer, in bytes. */
export interface Call {
  readonly sent: number;
  readonly received: number;
}

const frameSchema = z.object({ i: z.string(), p: z.object({ u: z.string() }).partial().optional() });

/** Listens to the page's calls from its next connection on. The function answers the next call of a path, with its answer. */
export function listenToCalls(page: Page): (path: string) => Promise<Call> {
  const waiting: { readonly path: string; id: string; sent: number; readonly end: (call: Call) => void }[] = [];
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => {
      const frame = frameSchema.safeParse(JSON.parse(String(payload)));
      const call = waiting.find(({ path, id }) => id === "" && frame.data?.p?.u === path);
      if (call === undefined) return;
      call.id = frame.data?.i ?? "";
      call.sent = Buffer.byteLength(payload);
    });
    socket.on("framereceived", ({ payload }) => {
      const frame = frameSchema.safeParse(JSON.parse(String(payload)));
      const index = waiting.findIndex(({ id }) => id !== "" && id === frame.data?.i);
      const [call] = index === -1 ? [] : waiting.splice(index, 1);
      call?.end({ sent: call.sent, received: Buffer.byteLength(payload) });
    });
  });
  return (path) => new Promise((end) => waiting.push({ path, id: "", sent: 0, end }));
}
