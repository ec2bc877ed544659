/** The verdicts in words, each with what to do. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled, DismissCircleFilled, WarningFilled } from "@fluentui/react-icons";
import type { CertificateVerdict } from "../../../shared/model/certificate.ts";
import { weightOf, type VerdictWeight } from "../../../shared/rules/certificate-use.ts";
import { say } from "../../text/text.ts";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column", gap: "8px" },
  verdict: {
    display: "flex",
    gap: "10px",
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  icon: { display: "flex", fontSize: "20px", flexShrink: 0 },
  good: { color: tokens.colorPaletteGreenForeground1 },
  remark: { color: tokens.colorPaletteDarkOrangeForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
  sentence: { margin: "0", fontWeight: tokens.fontWeightSemibold },
  next: { margin: "0", color: tokens.colorNeutralForeground2, maxWidth: "80ch" },
});

const SHAPES = { good: CheckmarkCircleFilled, remark: WarningFilled, bad: DismissCircleFilled } as const satisfies Record<VerdictWeight, unknown>;

export function VerdictList({ verdicts }: { readonly verdicts: readonly CertificateVerdict[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {verdicts.map((verdict) => {
        const tone = weightOf(verdict);
        const Shape = SHAPES[tone];
        return (
          <li key={verdict} className={styles.verdict}>
            <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden="true">
              <Shape />
            </span>
            <div>
              <p className={styles.sentence}>{say(`certificate-bench.verdict-${verdict}`)}</p>
              <p className={styles.next}>{say(`certificate-bench.verdict-${verdict}-next`)}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
