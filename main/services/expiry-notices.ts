/** Tells in the activity, 30, 14, 7 and 1 days before, what is about to end. Each notice once. */
import { dueNotice, NOTICE_DAYS } from "../../shared/rules/expiry.ts";
import type { ExpiryService } from "./expiry.ts";
import type { Foundation } from "./rooms.ts";

/** How often the dates are looked at, in milliseconds. */
const LOOK_MS = 60 * 60 * 1000;

/** Begins to look at the dates, now and every hour; the returned function ends it. */
export function startExpiryNotices(foundation: Foundation, expiry: ExpiryService): () => void {
  const { ports, record } = foundation;
  let cancel: () => void = () => {};
  const look = () => {
    cancel = ports.clock.after(LOOK_MS, look);
    for (const { id, storeId, storeName, kind, subject, at } of expiry.list()) {
      const days = dueNotice(at, ports.clock.now(), NOTICE_DAYS);
      if (days === null) continue;
      // The date belongs to it: what replaces an ended certificate ends, too.
      record({ kind: "expires-soon", storeId, storeName, subject, detail: `${days} ${kind}` }, JSON.stringify(["expires-soon", id, at, days]));
    }
  };
  look();
  return () => cancel();
}
