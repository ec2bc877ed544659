/** A way to the host that breaks and hangs on demand: TCP, byte for byte. */
import { connect, createServer, type Socket } from "node:net";

export interface CuttingProxy {
  readonly port: number;
  /** Ends every connection where it is, a request or an answer half on its way. */
  cut(): void;
  /** Nothing passes in either direction until {@link resume}; what was sent meanwhile arrives then. */
  stall(): void;
  resume(): void;
  close(): Promise<void>;
}

export async function startCuttingProxy(to: number): Promise<CuttingProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let stalled = false;
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      near.destroy();
      far.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
    near.on("data", (bytes) => void far.write(bytes));
    far.on("data", (bytes) => void near.write(bytes));
    if (stalled) for (const socket of pair) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const each = (step: (socket: Socket) => unknown) => {
    for (const pair of pairs) for (const socket of pair) step(socket);
  };
  return {
    port: address.port,
    cut: () => each((socket) => socket.destroy()),
    stall() {
      stalled = true;
      each((socket) => socket.pause());
    },
    resume() {
      stalled = false;
      each((socket) => socket.resume());
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        each((socket) => socket.destroy());
      }),
  };
}
