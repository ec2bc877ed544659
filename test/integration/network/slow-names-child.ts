/**
 * A process whose system asks a DNS server that answers for `healthy…` at once and for no other name ever, which is what a
 * zone looks like whose servers are away. Prints how each look-up ended, in the order in which they did.
 */
import "../../../main/hosts/shared/thread-pool.ts";
import dgram from "node:dgram";
import { once } from "node:events";
import { decode, encode, type Answer } from "dns-packet";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import { createSystemResolver } from "../../../main/network/system-resolver.ts";

const [address = ""] = process.argv.slice(2);
const server = dgram.createSocket("udp4");
server.on("message", (message, from) => {
  const { id, questions = [] } = decode(message);
  const [question] = questions;
  if (question?.name.startsWith("healthy") !== true) return;
  const answers: Answer[] = question.type === "A" ? [{ type: "A", name: question.name, ttl: 60, data: "127.0.0.1" }] : [];
  server.send(encode({ type: "response", ...(id === undefined ? {} : { id }), questions, answers }), from.port, from.address);
});
server.bind(53, address);
await once(server, "listening");

const resolver = createSystemResolver({ clock: systemClock });
const { signal } = new AbortController();
const ask = async (name: string) => {
  const found = await resolver.connectTo(`${name}.contoso.lab`, 443, { server: null, signal });
  process.stdout.write(`${name} ${found.ok ? "found" : "lost"}\n`);
};
const silent = Array.from({ length: 12 }, (_, index) => ask(`silent${index}`));
await Promise.all(Array.from({ length: 4 }, (_, index) => ask(`healthy${index}`)));
await Promise.race(silent);
process.exit(0);
