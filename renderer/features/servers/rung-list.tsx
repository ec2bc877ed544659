/** A ladder as a list: each rung with its shape, its time and its answer. Grows while a test runs. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled, DismissCircleFilled, SubtractCircleRegular, WarningFilled } from "@fluentui/react-icons";
import type { RungResult } from "../../../shared/model/mail-server.ts";
import { say } from "../../text/text.ts";
import { timeOfDayWithSeconds } from "../../ui/moment.ts";
import { findingWords, reasonWords } from "./reason.ts";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column", gap: "4px" },
  inline: { flexDirection: "row", flexWrap: "wrap", columnGap: "16px" },
  rung: { display: "flex", alignItems: "baseline", gap: "6px", minWidth: "0" },
  icon: { flexShrink: 0, alignSelf: "center", display: "flex" },
  passed: { color: tokens.colorPaletteGreenForeground1 },
  finding: { color: tokens.colorPaletteDarkOrangeForeground1 },
  failed: { color: tokens.colorPaletteRedForeground1 },
  skipped: { color: tokens.colorNeutralForeground3 },
  name: { fontWeight: tokens.fontWeightSemibold, whiteSpace: "nowrap" },
  answer: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  time: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums", marginLeft: "auto", whiteSpace: "nowrap" },
});

const ICONS = { passed: CheckmarkCircleFilled, finding: WarningFilled, failed: DismissCircleFilled, skipped: SubtractCircleRegular } as const;

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
  return say(`servers.rung-${verb}-at`, { time: timeOfDayWithSeconds(climbedAt) });
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
        const Icon = ICONS[state];
        const answer = inline && state === "passed" ? null : rungAnswer(rung);
        return (
          <li key={`${rung.rung}-${index}`} className={styles.rung}>
            <span className={mergeClasses(styles.icon, styles[state])}>
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
