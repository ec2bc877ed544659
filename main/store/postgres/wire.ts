/** `pg`'s connection, held to what a server may do to it: whatever it sends ends this connection at most. */
import { Client, type ClientConfig } from "pg";

/** A code of PostgreSQL's own, `protocol_violation`. */
class UnreadableAnswer extends Error {
  readonly code = "08P01";
}

/**
 * `pg` reads what comes in a listener of the socket, and throws there for what it does not know, such as a server that asks for a
 * Kerberos ticket: that would end the whole process. And where it gives a connection up it leaves the socket to the server.
 */
export class GuardedClient extends Client {
  constructor(configuration?: ClientConfig) {
    super(configuration);
    const { connection } = this;
    // Said once TLS has begun and what comes over it is listened to.
    connection.once("sslconnect", () => {
      const { stream } = connection;
      const listeners = stream.listeners("data");
      stream.removeAllListeners("data");
      stream.on("data", (chunk) => {
        try {
          for (const listener of listeners) Reflect.apply(listener, stream, [chunk]);
        } catch (error) {
          stream.destroy(new UnreadableAnswer(error instanceof Error ? error.message : String(error)));
        }
      });
    });
    connection.on("error", () => connection.stream.destroy());
  }
}
