/** A directory in a few lines, for what it says and when: searches are answered with one entry, binds as told. */
import type net from "node:net";
import { success, type Answer } from "../../main/practice/directory/answers.ts";
import { takeMessage } from "../../main/practice/directory/elements.ts";
import { decodeMessage, encodeEntry, encodeResult } from "../../main/practice/directory/messages.ts";

/** Protocol operations of RFC 4511, 4.2.2, 4.5.2 and 4.12. */
const [BIND_RESPONSE, SEARCH_DONE, EXTENDED_RESPONSE] = [0x61, 0x65, 0x78];
/** What a domain controller says it can do (MS-ADTS 3.1.1.3.4.3). */
export const domainController = { supportedCapabilities: "1.2.840.113556.1.4.800" };

type Entry = Readonly<Record<string, string>>;

export interface LittleDirectory {
  /** What answers search after search, the last one again and again: an entry, or an answer that refuses. */
  readonly entries: readonly (Entry | Answer)[];
  /** Null never answers. */
  readonly bind?: Answer | null;
  /** To extended requests, StartTLS among them; null never answers. */
  readonly extended?: Answer | null;
  /** Hears the kind of every request. */
  readonly heard?: string[];
}

function isAnswer(entry: Entry | Answer): entry is Answer {
  return typeof entry["code"] === "number";
}

/** What to do with each connection. */
export function littleDirectory({ entries, bind = null, extended = null, heard = [] }: LittleDirectory): (socket: net.Socket) => void {
  return (socket) => {
    const left = [...entries];
    let unread = Buffer.alloc(0);
    socket.on("data", (bytes) => {
      unread = Buffer.concat([unread, bytes]);
      for (let cut = takeMessage(unread, 4096); cut !== null; cut = takeMessage(unread, 4096)) {
        unread = Buffer.from(cut.rest);
        const { id, request } = decodeMessage(cut.content);
        heard.push(request.kind);
        if (request.kind === "bind" && bind !== null) socket.write(encodeResult(id, BIND_RESPONSE, bind));
        if (request.kind === "extended" && extended !== null) socket.write(encodeResult(id, EXTENDED_RESPONSE, extended));
        if (request.kind !== "search") continue;
        const entry = left.length > 1 ? left.shift() : left[0];
        if (entry === undefined) continue;
        if (isAnswer(entry)) {
          socket.write(encodeResult(id, SEARCH_DONE, entry));
          continue;
        }
        const returned = Object.entries(entry).map(([name, value]) => ({ name, values: [Buffer.from(value)] }));
        socket.write(Buffer.concat([encodeEntry(id, "", returned), encodeResult(id, SEARCH_DONE, success)]));
      }
    });
  };
}
