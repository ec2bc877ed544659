/** One question over UDP, and the first answer that is one. */
import dgram from "node:dgram";
import net from "node:net";

export interface DatagramQuestion {
  /** A literal address. */
  readonly address: string;
  readonly port: number;
  readonly question: Buffer;
  /** The answer that a datagram holds; null for one that answers something else. A throw ends the wait. */
  readonly read: (datagram: Buffer) => Buffer | null;
  readonly signal: AbortSignal;
}

/** Asks and waits until `signal` fires. Rejects with the socket's error, or with `ECANCELLED` when the signal fired. */
export function askByDatagram({ address, port, question, read, signal }: DatagramQuestion): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket({ type: net.isIPv6(address) ? "udp6" : "udp4", signal });
    const end = (settle: () => void) => {
      settle();
      socket.close();
    };
    socket.once("error", (error) => end(() => reject(error)));
    socket.once("close", () => reject(Object.assign(new Error("stopped"), { code: "ECANCELLED" })));
    socket.on("message", (datagram) => {
      try {
        const answer = read(datagram);
        if (answer !== null) end(() => resolve(answer));
      } catch (error) {
        end(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    });
    // Connected, so that answers of other hosts are not heard and a closed port is an error.
    socket.connect(port, address, () => socket.send(question));
  });
}
