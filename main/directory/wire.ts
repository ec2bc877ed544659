/**
 * An LDAP conversation over a connection that already stands: one request at a time, in ldapts's messages. Its client
 * would keep the cookie of a page and the code of a partial answer to itself, and waits for ever on what is no LDAP.
 */
import type net from "node:net";
import { Ber, BerReader, MessageParser, PagedResultsControl, SearchEntry, SearchReference, StatusCodeParser, type AddRequest, type Attribute, type BindRequest, type DeleteRequest, type ExtendedRequest, type ModifyRequest, type SearchRequest, type UnbindRequest } from "ldapts";

const LDAP_MESSAGE = Ber.Sequence | Ber.Constructor;
/** Far beyond what a controller puts into one message; what claims more is not one. */
const LARGEST_MESSAGE = 64 * 1024 * 1024;
const HIGHEST_NUMBER = 2 ** 31 - 1;
/** Kept of a peer that speaks something else, to see what. */
const FIRST_BYTES = 64;

/** The peer does not speak LDAP; `said` is how it began. */
export class ForeignProtocolError extends Error {
  readonly said: Buffer;
  constructor(said: Buffer) {
    super("The answer is not LDAP");
    this.said = said;
  }
}

/** The connection ended before the answer came; `code` as Node gives it. */
export class LostConnectionError extends Error {
  readonly code = "ECONNRESET";
}

type Message = AddRequest | BindRequest | DeleteRequest | ExtendedRequest | ModifyRequest | SearchRequest | UnbindRequest;
type MessageResponse = NonNullable<Parameters<typeof StatusCodeParser.parse>[0]>;

/** An entry as it came. */
export interface RawEntry {
  readonly dn: string;
  readonly attributes: readonly Pick<Attribute, "type" | "values" | "parsedBuffers">[];
}

/** Everything that answers one request. */
export interface Answer {
  readonly result: MessageResponse;
  readonly entries: readonly RawEntry[];
  /** Where the rest of a search would be, as LDAP URLs. */
  readonly references: readonly string[];
  /** Of the next page; empty after the last, and where nothing was paged. */
  readonly cookie: Buffer;
}

export interface Wire {
  readonly socket: net.Socket;
  /** Sends a request and waits for its last message, whatever its code. Rejects when the connection ends first. */
  ask(make: (messageId: number) => Message): Promise<Answer>;
  /** Sends without waiting: for requests that have no answer. */
  tell(make: (messageId: number) => Message): void;
  /** Lets go of the socket, so that another reader can take over. Throws when there is something unread for it. */
  release(): void;
}

/** Throws the refusal of an answer that is not a success. */
export function demandSuccess(answer: Answer): Answer {
  if (answer.result.status !== 0) throw StatusCodeParser.parse(answer.result);
  return answer;
}

interface Pending {
  readonly id: number;
  readonly request: Message;
  readonly entries: RawEntry[];
  readonly references: string[];
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** Takes over a connected socket. Errors of the socket end the pending request and are otherwise swallowed. */
export function openWire(socket: net.Socket): Wire {
  let number = 0;
  let unread: Buffer = Buffer.alloc(0);
  let pending: Pending | null = null;
  let ended: Error | null = null;

  const end = (error: Error) => {
    ended ??= error;
    const waiting = pending;
    pending = null;
    waiting?.reject(ended);
  };
  const failed = (error: Error) => end(error);
  const closed = () => end(new LostConnectionError("The directory closed the connection"));
  const receive = (chunk: Buffer) => {
    try {
      unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
      for (let length = messageLength(unread); length !== null && length <= unread.length; length = messageLength(unread)) {
        const message = unread.subarray(0, length);
        unread = unread.subarray(length);
        accept(message);
      }
    } catch (error) {
      end(error instanceof Error ? error : new Error(String(error)));
      socket.destroy();
    }
  };
  const accept = (bytes: Buffer) => {
    const message = parse(bytes, pending);
    // Number 0 is the notice of disconnection (RFC 4511, 4.4.1): the controller says why before it closes.
    if (message.messageId === 0) throw StatusCodeParser.parse(message);
    if (pending === null || message.messageId !== pending.id) return;
    if (message instanceof SearchEntry) pending.entries.push({ dn: message.name, attributes: message.attributes });
    else if (message instanceof SearchReference) pending.references.push(...message.uris);
    else {
      const { entries, references, resolve } = pending;
      pending = null;
      resolve({ result: message, entries, references, cookie: cookieOf(message) });
    }
  };
  const send = (make: (messageId: number) => Message): { readonly id: number; readonly request: Message } => {
    number = number >= HIGHEST_NUMBER ? 1 : number + 1;
    const request = make(number);
    socket.write(request.write());
    return { id: number, request };
  };

  socket.on("data", receive);
  socket.on("error", failed);
  socket.on("close", closed);
  return {
    socket,
    ask: (make) =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended);
        if (pending !== null) return reject(new Error("A request is under way on this connection"));
        pending = { ...send(make), entries: [], references: [], resolve, reject };
      }),
    tell: (make) => {
      if (ended === null) send(make);
    },
    release: () => {
      // What came in the clear behind the answer to StartTLS would be taken for protected (RFC 4511, 4.14.2).
      if (unread.length > 0) throw new ForeignProtocolError(unread.subarray(0, FIRST_BYTES));
      socket.off("data", receive);
      socket.off("close", closed);
    },
  };
}

/** Octets of the first message, or null while its length has not arrived. Throws for what is no message. */
function messageLength(bytes: Buffer): number | null {
  if (bytes.length === 0) return null;
  if (bytes[0] !== LDAP_MESSAGE) throw new ForeignProtocolError(bytes.subarray(0, FIRST_BYTES));
  const reader = new BerReader(bytes);
  const start = reader.readLength(1);
  if (start === null) return null;
  if (reader.length < 0 || reader.length > LARGEST_MESSAGE) throw new ForeignProtocolError(bytes.subarray(0, FIRST_BYTES));
  return start + reader.length;
}

function parse(bytes: Buffer, pending: Pending | null): MessageResponse {
  const parser = new MessageParser();
  const read: MessageResponse[] = [];
  parser.on("message", (message) => read.push(message));
  parser.on("error", (error) => {
    throw error;
  });
  parser.read(bytes, new Map(pending === null ? [] : [[String(pending.id), { message: pending.request }]]));
  const [message] = read;
  if (message === undefined) throw new ForeignProtocolError(bytes.subarray(0, FIRST_BYTES));
  return message;
}

function cookieOf({ controls }: MessageResponse): Buffer {
  const paging = controls?.find((control) => control instanceof PagedResultsControl);
  return paging?.value?.cookie ?? Buffer.alloc(0);
}
