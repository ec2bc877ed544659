/** Mail servers that a person names, where no list is to be had: nothing is known of them but their name. */
import type { ServerEntry } from "../model/mail-server.ts";
import { parseHost, type HostReading } from "./host-name.ts";

/** A server that only its name is known of, without a tick. */
export function namedServer(name: string): ServerEntry {
  return { name, version: null, build: null, roles: [], site: null, ticked: false, priority: null, vanished: false };
}

/**
 * Whether nothing but the name is known: no list has held it yet, so that none can have lost it, and what one says of it first is no
 * difference from anything.
 */
export function isNamedAlone({ version, build, roles, site }: ServerEntry): boolean {
  return version === null && build === null && roles.length === 0 && site === null;
}

/** Reads a mail server's name as it is typed: a host without a port, as servers are listed. */
export function parseServerName(typed: string): HostReading<string> {
  const read = parseHost(typed);
  if (!read.ok) return read;
  const { host, port } = read.value;
  return port === null ? { ok: true, value: host } : { ok: false, code: "host-port-unwanted" };
}
