/** What a narrow screen has no column for, below the row it belongs to. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { useStore } from "zustand";
import type { ServerEntry, ServerStatus } from "../../../shared/model/mail-server.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { daysUntil } from "../../ui/moment.ts";
import { useNow } from "../../ui/use-now.ts";
import { formatDate, formatTimeWithSeconds } from "../../text/format.ts";
import { releaseName, roleName } from "../../text/provider.ts";
import { probedFact } from "../../text/probed.ts";
import { say } from "../../text/text.ts";

function certificateFact(expiresAt: number | null, now: number): string {
  if (expiresAt === null) return say("servers.detail-certificate-unknown");
  if (expiresAt <= now) return say("servers.detail-certificate-ended", { date: formatDate(expiresAt) });
  return say("servers.detail-certificate-until", { date: formatDate(expiresAt), days: daysUntil(expiresAt, now) });
}

/** The facts of a server as label and value, for the details row and for copying. */
export function serverFacts(
  provider: string,
  entry: ServerEntry,
  status: ServerStatus | undefined,
  now: number,
): readonly (readonly [label: string, value: string])[] {
  const none = say("servers.detail-none");
  const time = (at: number | null | undefined) => (at === null || at === undefined ? none : formatTimeWithSeconds(at));
  const release = entry.version === null ? null : releaseName(provider, entry.version);
  const version = [release, entry.build].filter((part) => part !== null).join(" · ");
  return [
    [say("servers.detail-version"), version || none],
    [say("servers.detail-roles"), entry.roles.map((role) => roleName(provider, role)).join(", ") || none],
    [say("servers.detail-site"), entry.site ?? none],
    [say("servers.detail-certificate"), certificateFact(status?.certificateExpiresAt ?? null, now)],
    [say("servers.detail-last-check"), time(status?.lastCheckAt)],
    [say("servers.detail-next-check"), time(status?.nextCheckAt)],
    ...(status === undefined || status.probed === null ? [] : [[say("servers.detail-probed"), probedFact(status.probed, now)] as const]),
  ];
}

const useStyles = makeStyles({
  details: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(190px, 100%), 1fr))",
    gap: "4px 16px",
    padding: "4px 0 10px 34px",
    margin: "0",
  },
  fact: { display: "flex", flexDirection: "column" },
  label: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: { margin: "0", overflowWrap: "anywhere" },
});

interface ServerDetailsProps {
  readonly provider: string;
  readonly entry: ServerEntry;
  readonly status: ServerStatusStore;
}

export function ServerDetails({ provider, entry, status }: ServerDetailsProps) {
  const styles = useStyles();
  const now = useNow();
  const live = useStore(status, ({ byName }) => byName.get(entry.name));
  return (
    <dl className={styles.details}>
      {serverFacts(provider, entry, live, now).map(([label, value]) => (
        <div key={label} className={styles.fact}>
          <dt className={styles.label}>{label}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
