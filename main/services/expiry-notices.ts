/** Tells in the activity, 30, 14, 7 and 1 days before, what is about to end. Each notice once. */
import type { Expiry } from "../../shared/contract/expiry.ts";
import { dueNotice } from "../../shared/rules/expiry.ts";
import { NOTICE_DAYS, type ExpiryService } from "./expiry.ts";
import type { Foundation } from "./rooms.ts";

/** How often the dates are looked at, in milliseconds. */
const LOOK_MS = 60 * 60 * 1000;

/** Begins to look at the dates, now and every hour; the returned function ends it. */
export function startExpiryNotices(foundation: Foundation, expiry: ExpiryService): () => void {
  const { ports, store, record } = foundation;
  let cancel: () => void = () => {};
  const told = ({ storeId, subject }: Expiry, detail: string) =>
    store.activity
      .recent()
      .some((event) => event.kind === "expires-soon" && event.storeId === storeId && event.subject === subject && event.detail === detail);
  const look = () => {
    for (const entry of expiry.list()) {
      const days = dueNotice(entry.at, ports.clock.now(), NOTICE_DAYS);
      if (days === null || told(entry, String(days))) continue;
      record({ kind: "expires-soon", storeId: entry.storeId, storeName: entry.storeName, subject: entry.subject, detail: String(days) });
    }
    cancel = ports.clock.after(LOOK_MS, look);
  };
  look();
  return () => cancel();
}
