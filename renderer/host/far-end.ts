/** One connection to main for as long as it stands: carries the calls, and is watched for main's silence. */
import { createORPCClient, type ClientContext, type ClientLink } from "@orpc/client";
import { HEARD_HEADER } from "../../shared/rules/liveness.ts";
import type { ConsoleClient } from "./client.ts";
import { announceConnection } from "./connection.ts";
import type { ExchangeableLink } from "./exchangeable-link.ts";
import { listenForBeats } from "./heartbeat.ts";

/** What a transport's link puts with each call. */
export type CallHeaders = () => Record<string, string>;

/** Opens `link` over a connection that stands. The returned function says that it has dropped, and answers when main was last heard. */
export function carry(link: ExchangeableLink, over: (headers: CallHeaders) => ClientLink<ClientContext>): () => number {
  let last: number | null = null;
  let heardAt = Date.now();
  let isSilent = false;
  const far = over(() => (last === null ? {} : { [HEARD_HEADER]: String(last) }));
  const own: ConsoleClient = createORPCClient(far);
  const open = () => {
    isSilent = false;
    link.replace(far);
    announceConnection({ state: "open" });
  };
  const stop = listenForBeats({
    beats: () => own.app.alive(),
    heard(beat) {
      last = beat;
      heardAt = Date.now();
      if (isSilent) open();
    },
    silent() {
      isSilent = true;
      link.silence();
      announceConnection({ state: "silent", heardAt });
    },
  });
  open();
  return () => {
    stop();
    link.replace(null);
    return heardAt;
  };
}
