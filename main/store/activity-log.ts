/** The newest events for the Activity page. An event that cannot be stored is no reason to fail what it tells of. */
import { succeed } from "../../shared/fault.ts";
import type { Logger } from "../ports.ts";
import type { Changes } from "./changes.ts";
import { numberOf, textOf, textOrNull } from "./columns.ts";
import type { Connection } from "./connection.ts";
import type { ActivityLog } from "./types.ts";

const EVENTS_KEPT = 500;

export function createActivityLog(connection: Connection, changes: Changes, logger: Logger): ActivityLog {
  return {
    append: (event) => {
      if (connection.readOnly) return;
      const stored = connection.write(() => {
        connection.run(
          "INSERT INTO activity (at, kind, store_id, store_name, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
          event.at, event.kind, event.storeId, event.storeName, event.subject, event.detail,
        );
        connection.run("DELETE FROM activity WHERE id <= last_insert_rowid() - ?", EVENTS_KEPT);
        return succeed(null);
      });
      if (stored.ok) changes.announce();
      else logger.warn("an event could not be stored", { event: event.kind, fault: stored.fault });
    },
    recent: () =>
      connection.all(`SELECT * FROM activity ORDER BY id DESC LIMIT ${EVENTS_KEPT}`).map((row) => ({
        id: String(numberOf(row, "id")),
        at: numberOf(row, "at"),
        kind: textOf(row, "kind"),
        storeId: textOrNull(row, "store_id"),
        storeName: textOrNull(row, "store_name"),
        subject: textOrNull(row, "subject"),
        detail: textOrNull(row, "detail"),
      })),
  };
}
