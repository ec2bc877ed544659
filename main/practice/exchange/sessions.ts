/** Sessions of remote PowerShell: who has how many at which server, and how long one lasts of which nobody hears any more. */
import { randomUUID } from "node:crypto";
import type { Clock } from "../../ports.ts";

/** PowerShellMaxConcurrency of the default throttling policy of Exchange 2010 to 2019 (learn.microsoft.com, New-ThrottlingPolicy). */
export const SESSION_LIMIT = 18;
/** Where the client does not say how long a session stays of which it is heard no more: Exchange takes it away after a quarter of an hour. */
const IDLE_MS = 900_000;
/** WS-Management takes no shorter time (learn.microsoft.com, New-PSSessionOption, -IdleTimeout). */
const LEAST_IDLE_MS = 60_000;

export interface RemoteSession {
  readonly id: string;
  readonly account: string;
  /** Host name, lower case. */
  readonly server: string;
  /** Commands that the account's roles allow: decided when the session is opened. */
  readonly offered: readonly string[];
}

export interface Sessions {
  /** Null where the account has as many as the policy allows. */
  open(account: string, server: string, offered: readonly string[], idleMs?: number): RemoteSession | null;
  /** Counts as use. Null where there is none. */
  use(id: string, server: string): RemoteSession | null;
  /** The session does not get idle until the returned function is called; `ended` hears that it is over. Null where there is none. */
  attend(id: string, server: string, ended: () => void): (() => void) | null;
  close(id: string): void;
  closeAll(server: string): void;
  all(): readonly RemoteSession[];
  dispose(): void;
}

interface Kept {
  readonly session: RemoteSession;
  readonly idleMs: number;
  readonly attending: Set<() => void>;
  stop: () => void;
}

/**
 * Sessions end by being closed or by getting idle. WS-Management learns nothing of a client that dies: its session stays and counts until
 * it has been idle for long enough.
 */
export function createSessions(clock: Clock): Sessions {
  const open = new Map<string, Kept>();
  const close = (id: string) => {
    const kept = open.get(id);
    if (kept === undefined) return;
    open.delete(id);
    kept.stop();
    for (const ended of kept.attending) ended();
  };
  const rest = (kept: Kept) => {
    kept.stop();
    kept.stop = kept.attending.size > 0 ? () => undefined : clock.after(kept.idleMs, () => close(kept.session.id));
  };
  const all = () => [...open.values()].map(({ session }) => session);
  const find = (id: string, server: string) => {
    const kept = open.get(id);
    return kept?.session.server === server ? kept : null;
  };
  return {
    open(account, server, offered, idleMs = IDLE_MS) {
      if (all().filter((each) => each.account === account && each.server === server).length >= SESSION_LIMIT) return null;
      const session = { id: randomUUID().toUpperCase(), account, server, offered };
      const kept: Kept = { session, idleMs: Math.max(LEAST_IDLE_MS, idleMs), attending: new Set(), stop: () => undefined };
      open.set(session.id, kept);
      rest(kept);
      return session;
    },
    use(id, server) {
      const kept = find(id, server);
      if (kept !== null) rest(kept);
      return kept?.session ?? null;
    },
    attend(id, server, ended) {
      const kept = find(id, server);
      if (kept === null) return null;
      kept.attending.add(ended);
      rest(kept);
      return () => {
        kept.attending.delete(ended);
        if (open.has(id)) rest(kept);
      };
    },
    close,
    closeAll(server) {
      for (const session of all()) if (session.server === server) close(session.id);
    },
    all,
    dispose() {
      for (const { id } of all()) close(id);
    },
  };
}
