/** How a grid looks: columns, or with little room the cells of a row in lines, in the same order. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { SMALL_WINDOW } from "../small-window.ts";
import { GAP } from "./widths.ts";

const HEADER_HEIGHT = "34px";
const FOCUS = { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px", borderRadius: tokens.borderRadiusMedium };

export const useGridStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px", minWidth: "0" },
  frame: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, minWidth: "0", backgroundColor: tokens.colorNeutralBackground1 },
  // The header stands over the rows: what gets the focus is not scrolled below it.
  scroller: {
    overflowY: "auto",
    overflowX: "hidden",
    scrollPaddingTop: HEADER_HEIGHT,
    maxHeight: "max(240px, calc(100vh - var(--grid-besides)))",
    [SMALL_WINDOW]: { maxHeight: "none" },
  },
  // Only what is near the screen exists: that takes a window of the list's own, even where the page scrolls as a whole.
  longScroller: { [SMALL_WINDOW]: { maxHeight: "90vh" } },
  stackedScroller: { scrollPaddingTop: "0" },
  header: { position: "sticky", top: "0", zIndex: 1, backgroundColor: tokens.colorNeutralBackground1 },
  stackedHeader: { position: "static" },
  body: { position: "relative" },
  row: {
    display: "grid",
    gridTemplateColumns: "var(--grid-columns)",
    alignItems: "center",
    columnGap: `${GAP}px`,
    paddingInline: `${GAP}px`,
    boxSizing: "border-box",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  headerRow: { minHeight: HEADER_HEIGHT },
  bodyRow: { minHeight: "44px", ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover } },
  virtual: { position: "absolute", top: "0", left: "0", right: "0" },
  stackedRow: { position: "relative", display: "flex", flexWrap: "wrap", alignItems: "flex-start", paddingBlock: "4px", columnGap: "12px" },
  headerCell: {
    position: "relative",
    minWidth: "0",
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    paddingBlock: "6px",
    overflowWrap: "anywhere",
    ":focus-visible": FOCUS,
  },
  sort: {
    display: "inline-flex",
    alignItems: "center",
    gap: "4px",
    padding: "0",
    border: "none",
    backgroundColor: "transparent",
    font: "inherit",
    color: "inherit",
    textAlign: "start",
    cursor: "pointer",
    minHeight: "24px",
    ":hover": { textDecorationLine: "underline" },
    ":focus-visible": FOCUS,
  },
  width: {
    position: "absolute",
    insetBlock: "4px",
    right: "-4px",
    width: "8px",
    cursor: "col-resize",
    touchAction: "none",
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    ":hover": { borderRightColor: tokens.colorNeutralStrokeAccessible },
  },
  cell: { minWidth: "0", paddingBlock: "6px", overflowWrap: "anywhere", boxSizing: "border-box", ":focus-visible": FOCUS },
  stackedCell: { paddingBlock: "3px" },
  // Controls that explain themselves stand in the corner of a stacked row.
  corner: { position: "absolute", top: "4px" },
  // The header is far away from a stacked row: each cell says what it is.
  titled: {
    "::before": {
      content: "attr(data-title)",
      display: "block",
      color: tokens.colorNeutralForeground2,
      fontSize: tokens.fontSizeBase200,
      lineHeight: tokens.lineHeightBase200,
    },
  },
  details: { gridColumn: "1 / -1", flexBasis: "100%", minWidth: "0", ":focus-visible": FOCUS },
  unseen: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" },
  tools: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  search: { width: "240px", flexShrink: 1, minWidth: "0" },
  count: { color: tokens.colorNeutralForeground2 },
  menu: { zIndex: 10, maxHeight: "60vh", overflowY: "auto" },
  more: { minWidth: "28px", maxWidth: "28px", height: "28px", padding: "0" },
});
