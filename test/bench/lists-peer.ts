/** The peer of the benchmark of long lists: the same rows as a plain HTML table, all of them at once, out of a WebSocket as well. */
import { createServer } from "node:http";
import { once } from "node:events";
import { WebSocketServer } from "ws";

/** Rows by the name of their list; a row is its cells. */
export type PlainLists = Readonly<Record<string, readonly (readonly string[])[]>>;

const page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Plain</title><table><tbody></tbody></table><script>
const body = document.querySelector("tbody");
const socket = new WebSocket("ws://" + location.host);
socket.onmessage = ({ data }) => body.replaceChildren(...JSON.parse(data).map((cells) => {
  const row = document.createElement("tr");
  for (const cell of cells) row.appendChild(document.createElement("td")).textContent = cell;
  return row;
}));
window.askPlain = (name) => socket.send(name);
</script>`;

export interface PlainServer {
  readonly address: string;
  stop(): void;
}

/** A page asks by sending a list's name. */
export async function servePlain(lists: PlainLists): Promise<PlainServer> {
  const server = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(page);
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => socket.on("message", (name) => Buffer.isBuffer(name) && socket.send(JSON.stringify(lists[name.toString()] ?? []))));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The peer's server has no port.");
  return {
    address: `http://127.0.0.1:${address.port}/`,
    stop: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    },
  };
}
