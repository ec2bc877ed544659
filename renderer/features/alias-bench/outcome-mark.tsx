/** An alias's verdict as a shape and a word. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, CircleHalfFillRegular, CircleHintRegular, DismissCircleFilled, MailProhibitedRegular, TextboxAlignMiddleRegular } from "@fluentui/react-icons";
import type { AliasOutcome } from "../../../shared/model/alias.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";

const useStyles = makeStyles({
  root: { display: "flex", alignItems: "center", gap: "6px" },
  icon: { display: "flex", fontSize: "16px", flexShrink: 0 },
  fits: { color: tokens.colorPaletteGreenForeground1 },
  partial: { color: tokens.colorPaletteDarkOrangeForeground1 },
  "no-match": { color: tokens.colorPaletteRedForeground1 },
  "too-long": { color: tokens.colorPaletteDarkOrangeForeground1 },
  address: { color: tokens.colorPaletteDarkOrangeForeground1 },
  unanswered: { color: tokens.colorNeutralForeground3 },
});

const SHAPES = {
  fits: CheckmarkCircleRegular,
  partial: CircleHalfFillRegular,
  "no-match": DismissCircleFilled,
  "too-long": TextboxAlignMiddleRegular,
  address: MailProhibitedRegular,
  unanswered: CircleHintRegular,
} as const satisfies Record<AliasOutcome, unknown>;

export function OutcomeMark({ outcome, number }: { readonly outcome: AliasOutcome; readonly number?: number }) {
  const styles = useStyles();
  const Shape = SHAPES[outcome];
  const word = say(`alias-bench.verdict-${outcome}`);
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.icon, styles[outcome])} aria-hidden="true">
        <Shape />
      </span>
      <span>{number === undefined ? word : say("alias-bench.count-verdict", { word, number: formatCount(number) })}</span>
    </span>
  );
}
