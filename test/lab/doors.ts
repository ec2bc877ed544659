/**
 * Port 443 of every mail server on a loopback address of its own, named in the lab's DNS, so that a console in another
 * process reaches the practice front ends without any help. A door passes bytes on; it is shut while its server is down.
 */
import { once } from "node:events";
import net from "node:net";
import type { FrontEnds } from "../../main/practice/front-ends.ts";
import type { MailServer, Organisation } from "../../main/practice/organisation.ts";
import type { Administrator } from "./administrator.ts";
import { freeAddress } from "./samba.ts";

const HTTPS = 443;
/** Stands for every name that has no record of its own. */
const WILDCARD = "*";

interface Door {
  readonly address: string;
  /** Opens or shuts, as the server's state asks. */
  set(open: boolean): Promise<void>;
}

export interface Doors {
  /** Brings doors and names in line with the organisation and the state of its front ends. */
  align(): Promise<void>;
  dispose(): Promise<void>;
}

async function makeDoor(portOf: () => number | null): Promise<Door> {
  const address = await freeAddress(HTTPS);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    const port = portOf();
    if (port === null) {
      socket.resetAndDestroy();
      return;
    }
    const onward = net.connect({ host: "127.0.0.1", port, noDelay: true });
    for (const each of [socket, onward]) {
      sockets.add(each);
      each.on("close", () => sockets.delete(each));
    }
    socket.on("error", () => onward.destroy());
    // A connection that was reset there is reset here.
    onward.on("error", () => socket.resetAndDestroy());
    socket.pipe(onward);
    onward.pipe(socket);
  });
  return {
    address,
    set: async (open) => {
      if (open === server.listening) return;
      if (open) {
        server.listen(HTTPS, address);
        await once(server, "listening");
        return;
      }
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

export function createDoors(options: { readonly organisation: Organisation; readonly frontEnds: FrontEnds; readonly administrator: Administrator }): Doors {
  const { organisation, frontEnds, administrator } = options;
  const doors = new Map<string, Door>();

  const label = (server: MailServer) => server.name.toLowerCase();
  const stateOf = (server: MailServer) => frontEnds.stateOf(server.host) ?? "up";

  const put = async (name: string, portOf: () => number | null, open: boolean) => {
    let door = doors.get(name);
    if (door === undefined) {
      door = await makeDoor(portOf);
      doors.set(name, door);
      await administrator.resolve(name, door.address);
    }
    await door.set(open);
  };

  return {
    align: async () => {
      const servers = organisation.servers();
      // Generated servers share one door while nothing is wrong with them.
      const own = servers.filter((server) => !server.generated || stateOf(server) !== "up");
      const healthy = servers.find((server) => server.generated && stateOf(server) === "up");
      for (const server of own) await put(label(server), () => frontEnds.portOf(server.host), stateOf(server) !== "down");
      if (healthy !== undefined) await put(WILDCARD, () => frontEnds.portOf(healthy.host), true);
      const wanted = new Set([...own.map(label), ...(healthy === undefined ? [] : [WILDCARD])]);
      for (const [name, door] of doors) {
        if (wanted.has(name)) continue;
        doors.delete(name);
        await door.set(false);
        await administrator.forget(name);
      }
    },
    dispose: async () => {
      await Promise.all([...doors.values()].map((door) => door.set(false)));
      doors.clear();
    },
  };
}
