/** A refused expression with the place marked where .NET stopped reading. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { PatternError } from "../../../shared/model/alias.ts";
import { blamedIndex } from "../../text/pattern-error.ts";

/** Characters shown on either side of the place; an expression may have thousands. */
const AROUND = 40;

const useStyles = makeStyles({
  line: { display: "block", marginTop: "4px", fontFamily: tokens.fontFamilyMonospace, whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  // More than a colour: the line below is seen in every theme and in high contrast.
  mark: {
    color: tokens.colorPaletteRedForeground1,
    backgroundColor: tokens.colorPaletteRedBackground1,
    borderBottom: `3px solid ${tokens.colorPaletteRedForeground1}`,
    fontWeight: tokens.fontWeightBold,
  },
});

interface RefusedPatternProps {
  readonly pattern: string;
  readonly error: PatternError;
}

/** For the eye alone: the sentence beside it names the place, and a screen reader would read the signs one by one. */
export function RefusedPattern({ pattern, error }: RefusedPatternProps) {
  const styles = useStyles();
  const at = blamedIndex(pattern, error);
  if (at === null) return null;
  const from = Math.max(0, at - AROUND);
  const to = Math.min(pattern.length, at + AROUND + 1);
  return (
    <code className={styles.line} aria-hidden="true">
      {from > 0 && "…"}
      {pattern.slice(from, at)}
      <mark className={styles.mark}>{pattern[at] ?? "\u00a0"}</mark>
      {pattern.slice(at + 1, to)}
      {to < pattern.length && "…"}
    </code>
  );
}
