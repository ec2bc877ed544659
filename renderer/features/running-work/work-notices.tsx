/** Tells the end of work whose page is not open. Who cancelled it knows. */
import { useEffect } from "react";
import { isOpen, navigate } from "../../stores/navigation.ts";
import { isRunning, runningWork, type WorkEntry } from "../../stores/running-work.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { useNotify, type News } from "../../ui/notify.ts";
import { nameOf } from "./words.ts";

function newsOf(entry: WorkEntry): News | null {
  const fault = entry.ended?.fault ?? null;
  if (isOpen(entry.route) || fault?.kind === "cancelled") return null;
  const action = { label: say("running-work.show"), run: () => void navigate(entry.route) };
  const work = nameOf(entry);
  return fault === null
    ? { text: say("running-work.notice-done", { work }), action }
    : { text: say("running-work.notice-failed", { work, reason: explain(fault).sentence }), intent: "error", action };
}

export function WorkNotices() {
  const notify = useNotify();
  useEffect(
    () =>
      runningWork.subscribe(({ entries }, before) => {
        const ran = new Set(before.entries.filter(isRunning).map(({ id }) => id));
        for (const entry of entries) {
          const news = !isRunning(entry) && ran.has(entry.id) ? newsOf(entry) : null;
          if (news !== null) notify(news);
        }
      }),
    [notify],
  );
  return null;
}
