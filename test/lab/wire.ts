/** A way to a server that can be cut and mended while the server goes on for everybody else. */
import { once } from "node:events";
import net from "node:net";

export interface Wire {
  readonly port: number;
  /** Ends what runs through it, and whatever comes until it is mended. */
  cut(): void;
  mend(): void;
  close(): void;
}

export async function layWire(port: number): Promise<Wire> {
  const ends = new Set<net.Socket>();
  let isCut = false;
  const wire = net.createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = net.connect(port, "127.0.0.1");
    for (const [from, to] of [[near, far], [far, near]] as const) {
      ends.add(from);
      from.on("error", () => undefined).on("close", () => {
        ends.delete(from);
        to.destroy();
      }).on("data", (chunk) => to.write(chunk));
    }
  });
  wire.listen(0, "127.0.0.1");
  await once(wire, "listening");
  const address = wire.address();
  const cut = () => {
    isCut = true;
    for (const end of ends) end.destroy();
  };
  return {
    port: address === null || typeof address === "string" ? 0 : address.port,
    cut,
    mend: () => {
      isCut = false;
    },
    close: () => {
      cut();
      wire.close();
    },
  };
}
