/** How the text of a cell looks in the bench's tables. */
import { makeStyles, tokens } from "@fluentui/react-components";

export const useCellStyles = makeStyles({
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: "pre-wrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
});

/** Of the verdict's column. */
export const VERDICT_WIDTH = "176px";
