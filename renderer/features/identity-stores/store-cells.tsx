/** The cells of an identity store: what it is, how its servers do, and what ends next. */
import { Link, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, CircleHintRegular, DocumentEditRegular, ErrorCircleRegular, QuestionCircleRegular } from "@fluentui/react-icons";
import type { MouseEvent } from "react";
import type { ConfigurationState, StoreSummary } from "../../../shared/model/identity-store.ts";
import type { Health } from "../../../shared/model/mail-server.ts";
import { followLink } from "../../stores/follow-link.ts";
import { addressOf } from "../../stores/routes.ts";
import { formatDate, formatDuration } from "../../text/format.ts";
import { expirySubject } from "../../text/expiry.ts";
import { entryName } from "../../text/provider.ts";
import { serversInWords, stateInWords } from "../../text/store-summary.ts";
import { say } from "../../text/text.ts";
import { Part } from "../../ui/boundary.tsx";
import { HealthShape } from "../../ui/health-shape.tsx";
import { later } from "../../ui/later.ts";
import { useNow } from "../../ui/use-now.ts";

const useStyles = makeStyles({
  kind: { textDecorationLine: "none" },
  name: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorBrandForegroundLinkHover },
  quiet: { color: tokens.colorNeutralForeground2 },
  line: { display: "flex", alignItems: "center", gap: "6px" },
  lines: { display: "flex", flexDirection: "column" },
  icon: { display: "flex", fontSize: "16px", flexShrink: 0 },
  soon: { color: tokens.colorPaletteDarkOrangeForeground1, fontWeight: tokens.fontWeightSemibold, whiteSpace: "nowrap" },
  failed: { color: tokens.colorPaletteRedForeground1 },
  fine: { color: tokens.colorPaletteGreenForeground1 },
});

const DriftLink = later(async () => (await import("./drift-link.tsx")).DriftLink);

const SOON_MS = 30 * 86_400_000;

const STATE_ICONS = {
  "not-configured": CircleHintRegular,
  draft: DocumentEditRegular,
  saved: CheckmarkCircleRegular,
  "saved-untested": QuestionCircleRegular,
  "saved-with-failed-test": ErrorCircleRegular,
} as const satisfies Record<ConfigurationState, unknown>;

/** Of servers taken together: what is not known is not offline. */
function stateOfServers({ serversTotal: total, serversOnline: online, serversUnknown: unknown }: StoreSummary): Health["state"] {
  if (online === total) return "online";
  if (online + unknown === total) return "unknown";
  return online + unknown === 0 ? "offline" : "unstable";
}

export function ProviderCell({ store }: { readonly store: StoreSummary }) {
  const styles = useStyles();
  if (store.messaging === null) return <span className={styles.quiet}>{say("identity-stores.provider-none")}</span>;
  return (
    <div className={styles.lines}>
      <span>{entryName(store.messaging)}</span>
      {store.serversTotal > 0 && (
        <span className={styles.line}>
          <HealthShape state={stateOfServers(store)} size={12} />
          {serversInWords(store)}
        </span>
      )}
    </div>
  );
}

/** Of a cell that leads into its identity store. */
interface LinkedCellProps {
  readonly store: StoreSummary;
  readonly tabIndex: 0 | -1;
  /** The link is about to be followed here. */
  readonly onOpen: (id: string) => void;
}

export function StateCell({ store, tabIndex, onOpen }: LinkedCellProps) {
  const styles = useStyles();
  const Icon = STATE_ICONS[store.state];
  const tone = store.state === "saved-with-failed-test" ? styles.failed : store.state === "saved" ? styles.fine : styles.quiet;
  return (
    <div className={styles.lines}>
      <span className={styles.line}>
        <span className={`${styles.icon} ${tone}`} aria-hidden="true">
          <Icon />
        </span>
        {stateInWords(store)}
      </span>
      <Part>{store.drift !== null && <DriftLink id={store.id} name={store.name} drift={store.drift} tabIndex={tabIndex} onOpen={onOpen} />}</Part>
    </div>
  );
}

export function NextCell({ store }: { readonly store: StoreSummary }) {
  const styles = useStyles();
  const now = useNow();
  const next = store.nextExpiry;
  if (next === null) return <span className={styles.quiet}>{say("identity-stores.next-none")}</span>;
  const date = formatDate(next.at);
  const text = next.at <= now ? say("identity-stores.next-ended", { date }) : formatDuration(next.at - now);
  return (
    <div className={styles.lines} title={`${expirySubject(next.kind, next.what)}, ${date}`}>
      <span>{say(`expiry.kind-${next.kind}`)}</span>
      <span className={next.at - now < SOON_MS ? styles.soon : styles.quiet}>{text}</span>
    </div>
  );
}

export function NameCell({ store: { id, name }, tabIndex, onOpen }: LinkedCellProps) {
  const styles = useStyles();
  const route = { page: "store", id, section: "messaging-system" } as const;
  const follow = (event: MouseEvent) => {
    onOpen(id);
    followLink(event, route);
  };
  return (
    <Link className={styles.name} tabIndex={tabIndex} href={addressOf(route)} onClick={follow} onAuxClick={follow}>
      {name}
    </Link>
  );
}

export function KindCell({ kind }: Pick<StoreSummary, "kind">) {
  const styles = useStyles();
  return <abbr className={styles.kind} title={say(`identity-stores.kind-${kind}`)}>{say(`identity-stores.kind-short-${kind}`)}</abbr>;
}
