/** Sessions of remote PowerShell: who has how many at which server, and how long one lasts of which nobody hears any more. */
import { randomUUID } from "node:crypto";
import type { Clock } from "../../ports.ts";

/** PowerShellMaxConcurrency of the default throttling policy of Exchange 2010 to 2019 (learn.microsoft.com, New-ThrottlingPolicy). */
export const SESSION_LIMIT = 18;
/** A session whose client is gone stays: WS-Management learns nothing of its end. Exchange takes it away after a quarter of an hour. */
const IDLE_MS = 900_000;

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
  open(account: string, server: string, offered: readonly string[]): RemoteSession | null;
  /** Counts as use. Null where there is none. */
  use(id: string, server: string): RemoteSession | null;
  close(id: string): void;
  closeAll(server: string): void;
  all(): readonly RemoteSession[];
  dispose(): void;
}

export function createSessions(clock: Clock): Sessions {
  const open = new Map<string, { readonly session: RemoteSession; stop: () => void }>();
  const close = (id: string) => {
    open.get(id)?.stop();
    open.delete(id);
  };
  const all = () => [...open.values()].map(({ session }) => session);
  return {
    open(account, server, offered) {
      if (all().filter((each) => each.account === account && each.server === server).length >= SESSION_LIMIT) return null;
      const session = { id: randomUUID().toUpperCase(), account, server, offered };
      open.set(session.id, { session, stop: clock.after(IDLE_MS, () => close(session.id)) });
      return session;
    },
    use(id, server) {
      const kept = open.get(id);
      if (kept?.session.server !== server) return null;
      kept.stop();
      kept.stop = clock.after(IDLE_MS, () => close(id));
      return kept.session;
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
