/** Hands connections on, from a port of loopback or the path of a socket to another one. As a program: from the path to the port it is given. */
import net from "node:net";

type Place = number | string;

const addressOf = (place: Place) => (typeof place === "string" ? { path: place } : { host: "127.0.0.1", port: place });

/** Answers how to stop; resolves once it listens. */
export async function bridge(from: Place, to: Place): Promise<() => void> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((incoming) => {
    const outgoing = net.connect(addressOf(to));
    for (const [one, other] of [[incoming, outgoing], [outgoing, incoming]] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(addressOf(from), resolve);
  });
  return () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
}

if (import.meta.main) {
  const [from = "", to = ""] = process.argv.slice(2);
  await bridge(from, Number(to));
  process.stdout.write("listening\n");
}
