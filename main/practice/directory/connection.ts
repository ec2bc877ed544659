/** One LDAP connection: bytes in, requests one after another, bytes out, TLS from the start or on request. */
import type net from "node:net";
import tls from "node:tls";
import type { Clock, Logger } from "../../ports.ts";
import { MalformedError, takeMessage } from "./elements.ts";
import { decodeMessage, type Incoming } from "./messages.ts";
import { createSession, disconnection, type DirectoryView } from "./session.ts";

/** Largest request accepted, in bytes; the rest of the protocol's memory follows from it. */
export const LARGEST_MESSAGE = 256 * 1024;
/** Requests a connection may have waiting before it is read no further. */
const MOST_WAITING = 64;
/** Milliseconds of silence after which a connection is closed (`MaxConnIdleTime`). */
const IDLE_MS = 900_000;

export interface ConnectionOptions {
  readonly view: () => DirectoryView;
  /** TLS from the first byte. */
  readonly secure: boolean;
  /** Null without a certificate. */
  readonly tlsContext: () => tls.SecureContext | null;
  /** How long each request waits before it is answered, in milliseconds. */
  readonly delayMs: () => number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Serves a connection until either side closes it. Never throws: what cannot be understood ends the connection. */
export function serveConnection(raw: net.Socket, options: ConnectionOptions): void {
  const session = createSession(options.view);
  const waiting: Incoming[] = [];
  let socket = raw;
  let secure = false;
  let unread: Buffer = Buffer.alloc(0);
  let busy = false;
  let current: { readonly id: number; readonly cancel: () => void } | null = null;

  const close = () => {
    current?.cancel();
    waiting.length = 0;
    socket.destroySoon();
  };

  const pauseFor = (id: number, ms: number) =>
    new Promise<boolean>((resolve) => {
      const stop = options.clock.after(ms, () => resolve(true));
      current = {
        id,
        cancel() {
          stop();
          resolve(false);
        },
      };
    });

  const drained = () =>
    new Promise<void>((resolve) => {
      const go = () => {
        socket.off("drain", go);
        socket.off("close", go);
        resolve();
      };
      socket.on("drain", go);
      socket.on("close", go);
    });

  const send = async (messages: readonly Buffer[]) => {
    socket.cork();
    for (const message of messages) socket.write(message);
    socket.uncork();
    if (socket.writableNeedDrain && !socket.destroyed) await drained();
  };

  const answer = async (incoming: Incoming) => {
    const delay = options.delayMs();
    const goOn = delay === 0 || (await pauseFor(incoming.id, delay));
    current = null;
    if (!goOn || socket.destroyed) return;
    const outcome = session.answer(incoming, secure);
    if (outcome.next === "start-tls") {
      // Bytes that came behind the request in the clear would be taken for protected ones (RFC 4511, section 4.14.2).
      if (unread.length > 0 || waiting.length > 0) return close();
      socket.removeListener("data", receive);
    }
    await send(outcome.messages);
    if (outcome.next === "start-tls") protect();
    if (outcome.next === "close") close();
  };

  const work = async () => {
    if (busy) return;
    busy = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await answer(next);
      if (socket.isPaused() && waiting.length < MOST_WAITING / 2) socket.resume();
    }
    busy = false;
  };

  const fault = (error: unknown) => {
    if (!(error instanceof MalformedError)) {
      options.logger.error("practice directory: request failed", { error: error instanceof Error ? error.stack : String(error) });
    }
    if (!socket.destroyed) socket.write(disconnection());
    close();
  };

  const accept = (incoming: Incoming) => {
    if (incoming.request.kind !== "abandon") {
      waiting.push(incoming);
      return;
    }
    const { id } = incoming.request;
    const at = waiting.findIndex((each) => each.id === id);
    if (at >= 0) waiting.splice(at, 1);
    else if (current?.id === id) current.cancel();
  };

  function receive(chunk: Buffer): void {
    try {
      unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
      for (let cut = takeMessage(unread, LARGEST_MESSAGE); cut !== null; cut = takeMessage(unread, LARGEST_MESSAGE)) {
        unread = cut.rest;
        accept(decodeMessage(cut.content));
      }
    } catch (error) {
      unread = Buffer.alloc(0);
      socket.removeListener("data", receive);
      fault(error);
      return;
    }
    if (waiting.length >= MOST_WAITING) socket.pause();
    work().catch(fault);
  }

  function attend(): void {
    socket.on("data", receive);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      current?.cancel();
      waiting.length = 0;
      raw.destroy();
    });
    socket.setTimeout(IDLE_MS, () => socket.destroy());
  }

  function protect(): void {
    const secureContext = options.tlsContext();
    // Windows listens on 636 without a certificate as well, and resets the connection when the hello comes.
    if (secureContext === null) {
      raw.once("data", () => raw.resetAndDestroy());
      return;
    }
    secure = true;
    socket = new tls.TLSSocket(raw, { isServer: true, secureContext });
    attend();
  }

  if (options.secure) protect();
  else attend();
}
