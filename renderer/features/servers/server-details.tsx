/** What a narrow screen has no column for, below the row it belongs to. */
import type { ServerEntry, ServerStatus } from "../../../shared/model/mail-server.ts";
import { daysUntil } from "../../ui/moment.ts";
import { useNow } from "../../ui/use-now.ts";
import { formatDate, formatTimeWithSeconds } from "../../text/format.ts";
import { releaseName, roleName } from "../../text/provider.ts";
import { say } from "../../text/text.ts";
import { GridCell } from "./grid-cell.tsx";
import type { GridStyles } from "./grid-layout.ts";

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
  ];
}

interface ServerDetailsProps {
  readonly provider: string;
  readonly entry: ServerEntry;
  readonly status: ServerStatus | undefined;
  readonly styles: GridStyles;
}

export function ServerDetails({ provider, entry, status, styles }: ServerDetailsProps) {
  const now = useNow();
  return (
    <GridCell className={styles.detailsCell}>
      <dl className={styles.details}>
        {serverFacts(provider, entry, status, now).map(([label, value]) => (
          <div key={label} className={styles.fact}>
            <dt className={styles.factLabel}>{label}</dt>
            <dd className={styles.factValue}>{value}</dd>
          </div>
        ))}
      </dl>
    </GridCell>
  );
}
