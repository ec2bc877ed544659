/** The live cells of a row. Each takes data only; times count up on their own without rendering the row. */
import { Button, Tooltip, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { InfoRegular, WarningFilled } from "@fluentui/react-icons";
import { HISTORY_LENGTH, type Finding, type Health, type ServerEntry, type ServerStatus } from "../../../shared/model/mail-server.ts";
import { HealthShape } from "../../ui/health-shape.tsx";
import { daysUntil } from "../../ui/moment.ts";
import { Sparkline } from "../../ui/sparkline.tsx";
import { useNow } from "../../ui/use-now.ts";
import { formatDuration, formatTimeWithSeconds } from "../../text/format.ts";
import { arePressing, findingSummary, findingWords, findingsOf } from "../../text/finding.ts";
import { say } from "../../text/text.ts";
import { probedWords } from "../../text/probed.ts";
import { healthReason, stateWord } from "../../text/health.ts";

const useStyles = makeStyles({
  status: { display: "flex", alignItems: "flex-start", gap: "6px", minWidth: "0" },
  shape: { paddingTop: "3px" },
  words: { display: "flex", flexDirection: "column", minWidth: "0", alignItems: "flex-start" },
  word: { fontWeight: tokens.fontWeightSemibold },
  reason: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  help: { minWidth: "0", padding: "0", height: "24px", fontSize: tokens.fontSizeBase200, color: tokens.colorBrandForegroundLinkHover },
  // Its mark stands below the state's shape, and its words below the state's word.
  finding: {
    minWidth: "0",
    marginInlineStart: "-21px",
    padding: "0",
    gap: "6px",
    height: "auto",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground2,
    textAlign: "start",
    alignItems: "flex-start",
    justifyContent: "flex-start",
  },
  // As high as a line, so that it stands beside the first one.
  mark: { fontSize: "14px", width: "14px", height: tokens.lineHeightBase200, marginRight: "0", flexShrink: 0 },
  noted: { color: tokens.colorNeutralForeground3 },
  latency: { display: "flex", alignItems: "center", gap: "8px" },
  number: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  warning: { color: tokens.colorPaletteDarkOrangeForeground1, fontWeight: tokens.fontWeightSemibold },
});

interface StatusCellProps {
  readonly entry: ServerEntry;
  readonly status: ServerStatus | undefined;
  readonly tabIndex: 0 | -1;
  readonly onExplain: (name: string) => void;
}

/** The reason beside the state's word. Only what grows old on its own follows the clock. */
function Reason({ health }: { readonly health: Health }) {
  const styles = useStyles();
  const isAgeing = health.state === "unknown" && health.why === "unheard";
  const reason = isAgeing ? <AgeingReason health={health} /> : healthReason(health);
  return reason === null ? null : <span className={styles.reason}>{reason}</span>;
}

function AgeingReason({ health }: { readonly health: Health }) {
  return healthReason(health, useNow());
}

/** What a probe said follows the clock: a row that was drawn yesterday says the day as well. */
function ProbedReason({ status }: { readonly status: ServerStatus }) {
  const styles = useStyles();
  const words = probedWords(status, useNow());
  return words === null ? null : <span className={styles.reason}>{words}</span>;
}

export function StatusCell({ entry, status, tabIndex, onExplain }: StatusCellProps) {
  const styles = useStyles();
  const state = status?.health.state ?? "unchecked";
  const paused = status?.activity === "paused";
  return (
    <div className={styles.status}>
      <span className={styles.shape}>
        <HealthShape state={state} />
      </span>
      <div className={styles.words}>
        <span>
          <span className={styles.word}>{stateWord(status)}</span>
          {paused && ` (${say("servers.paused")})`}
        </span>
        {entry.vanished && <span className={styles.reason}>{say("servers.vanished")}</span>}
        {!entry.vanished && status !== undefined && <Reason health={status.health} />}
        {status !== undefined && status.probed !== null && <ProbedReason status={status} />}
        {(state === "offline" || state === "unstable") && (
          <Button
            className={styles.help}
            appearance="transparent"
            size="small"
            tabIndex={tabIndex}
            aria-label={say("servers.what-to-do-about", { server: entry.name })}
            onClick={() => onExplain(entry.name)}
          >
            {say("servers.what-to-do")}
          </Button>
        )}
        {state === "online" && <FindingLine server={entry.name} findings={findingsOf(status?.lastCheck)} tabIndex={tabIndex} onExplain={onExplain} />}
      </div>
    </div>
  );
}

interface FindingLineProps {
  readonly server: string;
  readonly findings: readonly Finding[];
  readonly tabIndex: 0 | -1;
  readonly onExplain: (name: string) => void;
}

/** What was noticed about a server that is Online: in short, whole in the tooltip, explained when it is chosen. */
function FindingLine({ server, findings, tabIndex, onExplain }: FindingLineProps) {
  const styles = useStyles();
  const summary = findingSummary(findings);
  if (summary === null) return null;
  const pressing = arePressing(findings);
  return (
    <Tooltip content={findings.map(findingWords).join("; ")} relationship="description">
      <Button
        className={styles.finding}
        appearance="transparent"
        size="small"
        tabIndex={tabIndex}
        icon={{
          className: mergeClasses(styles.mark, pressing ? styles.warning : styles.noted),
          children: pressing ? <WarningFilled /> : <InfoRegular />,
        }}
        aria-label={say("servers.finding-of", { finding: summary, server })}
        onClick={() => onExplain(server)}
      >
        {summary}
      </Button>
    </Tooltip>
  );
}

export function LatencyCell({ status }: { readonly status: ServerStatus | undefined }) {
  const styles = useStyles();
  const last = status?.history.at(-1);
  const ms = last === undefined || last.ms === null ? say("servers.no-milliseconds") : say("servers.milliseconds", { ms: Math.round(last.ms) });
  return (
    <div className={styles.latency}>
      <Sparkline history={status?.history ?? []} length={HISTORY_LENGTH} />
      <span className={styles.number}>{ms}</span>
    </div>
  );
}

/** How long the server has been in its state. */
export function SinceCell({ since }: { readonly since: number | null }) {
  const styles = useStyles();
  const now = useNow();
  return <span className={styles.number}>{since === null ? "" : formatDuration(Math.max(1000, now - since))}</span>;
}

export function CertificateCell({ expiresAt }: { readonly expiresAt: number | null }) {
  const styles = useStyles();
  const now = useNow();
  if (expiresAt === null) return <span>{say("servers.no-milliseconds")}</span>;
  const days = daysUntil(expiresAt, now);
  const text =
    expiresAt <= now
      ? say("servers.certificate-expired")
      : days === 0
        ? say("servers.certificate-today")
        : say("servers.certificate-days", { days });
  return <span className={days < 30 ? styles.warning : styles.number}>{text}</span>;
}

export function TimeCell({ at }: { readonly at: number | null }) {
  const styles = useStyles();
  return <span className={styles.number}>{at === null ? say("servers.no-milliseconds") : formatTimeWithSeconds(at)}</span>;
}

/** When the state began, where it has a beginning. */
export function sinceOf(status: ServerStatus | undefined): number | null {
  return status === undefined || status.health.state === "unchecked" ? null : status.health.since;
}
