/** How pressing a date is, as a shape and a word. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, ClockRegular, DismissCircleFilled, WarningFilled } from "@fluentui/react-icons";
import { say } from "../../text/text.ts";
import type { Urgency } from "./urgency.ts";

const useStyles = makeStyles({
  root: { display: "flex", alignItems: "center", gap: "6px" },
  icon: { display: "flex", fontSize: "16px", flexShrink: 0 },
  expired: { color: tokens.colorPaletteRedForeground1 },
  week: { color: tokens.colorPaletteRedForeground1 },
  month: { color: tokens.colorPaletteDarkOrangeForeground1 },
  later: { color: tokens.colorNeutralForeground3 },
  pressing: { fontWeight: tokens.fontWeightSemibold },
});

const SHAPES = { expired: DismissCircleFilled, week: WarningFilled, month: ClockRegular, later: CheckmarkCircleRegular } as const satisfies Record<
  Urgency,
  unknown
>;

export function UrgencyMark({ urgency }: { readonly urgency: Urgency }) {
  const styles = useStyles();
  const Shape = SHAPES[urgency];
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.icon, styles[urgency])} aria-hidden="true">
        <Shape />
      </span>
      <span className={mergeClasses((urgency === "expired" || urgency === "week") && styles.pressing)}>{say(`expiry.urgency-${urgency}`)}</span>
    </span>
  );
}
