/** A ladder as a list: each rung with its shape, its time and its answer. Grows while a test runs. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled, DismissCircleFilled, InfoRegular, SubtractCircleRegular, WarningFilled } from "@fluentui/react-icons";
import type { RungResult } from "../../../shared/model/mail-server.ts";
import { arePressing, findingWords } from "../../text/finding.ts";
import { say } from "../../text/text.ts";
import { formatTimeWithSeconds } from "../../text/format.ts";
import { reasonWords } from "../../text/health.ts";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column", gap: "4px" },
  inline: { flexDirection: "row", flexWrap: "wrap", columnGap: "16px" },
  rung: { display: "flex", alignItems: "baseline", gap: "6px", minWidth: "0" },
  // As high as a line, so that it stands beside the first one.
  icon: { flexShrink: 0, alignSelf: "flex-start", display: "flex", alignItems: "center", height: tokens.lineHeightBase300 },
  passed: { color: tokens.colorPaletteGreenForeground1 },
  finding: { color: tokens.colorPaletteDarkOrangeForeground1 },
  noted: { color: tokens.colorNeutralForeground3 },
  failed: { color: tokens.colorPaletteRedForeground1 },
  skipped: { color: tokens.colorNeutralForeground3 },
  name: { fontWeight: tokens.fontWeightSemibold, whiteSpace: "nowrap" },
  answer: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  time: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums", marginLeft: "auto", whiteSpace: "nowrap" },
});

const ICONS = { passed: CheckmarkCircleFilled, finding: WarningFilled, noted: InfoRegular, failed: DismissCircleFilled, skipped: SubtractCircleRegular } as const;

/** Warns of what is to be mended soon only. */
function markOf({ outcome }: RungResult): keyof typeof ICONS {
  return outcome.state === "finding" && !arePressing(outcome.findings) ? "noted" : outcome.state;
}

/** What a rung answered, in words. */
export function rungAnswer(rung: RungResult): string | null {
  const { outcome } = rung;
  switch (outcome.state) {
    case "passed":
      return outcome.answer;
    case "finding":
      return [outcome.answer, ...outcome.findings.map(findingWords)].filter((part) => part !== null).join("; ");
    case "failed":
      return reasonWords(outcome.fault);
    case "skipped":
      return say(`servers.skipped-${outcome.why}`);
    default:
      return outcome satisfies never;
  }
}

/** When a rung was climbed that stands from an earlier check, such as `signed in at 09:12:40`; null for one of this check. */
export function rungMoment({ rung, outcome, climbedAt }: RungResult): string | null {
  if (climbedAt === undefined) return null;
  const verb = outcome.state === "failed" ? "failed" : rung.endsWith("sign-in") ? "signed-in" : "checked";
  return say(`servers.rung-${verb}-at`, { time: formatTimeWithSeconds(climbedAt) });
}

interface RungListProps {
  readonly rungs: readonly RungResult[];
  /** On one line, without times and answers of what passed. */
  readonly inline?: boolean;
}

export function RungList({ rungs, inline = false }: RungListProps) {
  const styles = useStyles();
  return (
    <ol className={mergeClasses(styles.list, inline && styles.inline)}>
      {rungs.map((rung, index) => {
        const { state } = rung.outcome;
        const mark = markOf(rung);
        const Icon = ICONS[mark];
        const answer = inline && state === "passed" ? null : rungAnswer(rung);
        return (
          <li key={`${rung.rung}-${index}`} className={styles.rung}>
            <span className={mergeClasses(styles.icon, styles[mark])}>
              <Icon aria-label={say(`servers.rung-${state}`)} />
            </span>
            <span className={styles.name}>{say(`servers.rung-${rung.rung}`)}</span>
            {answer !== null && <span className={styles.answer}>{answer}</span>}
            {!inline && state !== "skipped" && <span className={styles.time}>{rungMoment(rung) ?? say("servers.milliseconds", { ms: Math.round(rung.ms) })}</span>}
          </li>
        );
      })}
    </ol>
  );
}
