/** The one server of a cloud: its state and its ladder; priority does not apply and is said not to. */
import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useStore } from "zustand";
import type { ServerEntry } from "../../../shared/model/mail-server.ts";
import type { ProviderDescriptor } from "../../../shared/model/messaging.ts";
import { noticePromise } from "../../../shared/rules/pace.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { preferences } from "../../stores/preferences.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { say } from "../../text/text.ts";
import { SMALL_WINDOW } from "../../ui/small-window.ts";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { LadderDialog } from "./ladder-dialog.tsx";
import { LatencyCell, SinceCell, StatusCell, sinceOf } from "./server-cells.tsx";
import { useServerNews } from "./server-news.ts";

const useStyles = makeStyles({
  row: {
    display: "grid",
    gridTemplateColumns: "minmax(160px, 1.2fr) minmax(130px, 1fr) auto 48px",
    gap: "4px 16px",
    alignItems: "center",
    padding: "8px 12px",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    [SMALL_WINDOW]: { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  name: { display: "flex", flexDirection: "column", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface SingleServerProps {
  readonly entry: ServerEntry;
  readonly status: ServerStatusStore;
  readonly storeId: string;
  readonly descriptor: ProviderDescriptor;
}

export function SingleServer({ entry, status, storeId, descriptor }: SingleServerProps) {
  const styles = useStyles();
  const [explained, setExplained] = useState(false);
  const interval = useStore(preferences, ({ checkIntervalSeconds }) => checkIntervalSeconds * 1000);
  const promiseMs = noticePromise(descriptor, interval);
  const live = useStore(status, (state) => state.byName.get(entry.name));
  const check = () => void ask(() => client().servers.check({ storeId, names: [entry.name] }));
  useShortcut("F5", check);
  useServerNews(status);
  return (
    <>
      <section className={styles.row} aria-label={entry.name}>
        <span className={styles.name}>
          <Text weight="semibold">{entry.name}</Text>
          <Text size={200} className={styles.quiet}>
            {say("servers.priority-not-applicable")}
          </Text>
        </span>
        <StatusCell tabIndex={0} entry={entry} status={live} onExplain={() => setExplained(true)} />
        <LatencyCell status={live} />
        <SinceCell since={sinceOf(live)} />
      </section>
      {promiseMs !== null && (
        <Text size={200} className={styles.quiet}>
          {say("servers.promise", { count: Math.ceil(promiseMs / 60_000) })}
        </Text>
      )}
      {explained && <LadderDialog server={entry.name} status={status} onCheck={check} onClose={() => setExplained(false)} />}
    </>
  );
}
