/** Columns of the server grid: their order, which of them give way on a narrow screen, and the shared cell styles. */
import { makeStyles, tokens } from "@fluentui/react-components";

/** Width of the grid, in pixels, from which the secondary columns have room. Below it they are in the details row. */
const WIDE = "1080px";
/** Below it, beside the practice drawer, latency and duration give way too. */
const NARROW = "600px";
/** The two may not apply at once: nothing says which of two rules would win. */
const BETWEEN = "@container (min-width: 600.1px) and (max-width: 760px)";

export const useGridStyles = makeStyles({
  frame: {
    containerType: "inline-size",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    minWidth: "0",
  },
  scroller: { overflowY: "auto", overflowX: "hidden" },
  tall: { maxHeight: "max(320px, calc(100vh - 420px))" },
  table: { minWidth: "0", "& [role='rowgroup']:last-child > [role='row']:last-child": { borderBottomStyle: "none" } },
  header: { position: "sticky", top: "0", zIndex: 1, backgroundColor: tokens.colorNeutralBackground1 },
  columns: {
    display: "grid",
    alignItems: "center",
    columnGap: "8px",
    paddingInline: "8px",
    gridTemplateColumns: "36px 90px minmax(120px, 1.1fr) minmax(130px, 1fr) 160px 48px 60px",
    [BETWEEN]: {
      gridTemplateColumns: "32px 90px minmax(110px, 1.1fr) minmax(110px, 1fr) 158px 44px 56px",
      columnGap: "6px",
    },
    [`@container (max-width: ${NARROW})`]: { gridTemplateColumns: "28px 86px minmax(80px, 1fr) minmax(90px, 1fr) 56px" },
    [`@container (min-width: ${WIDE})`]: {
      gridTemplateColumns: "36px 90px minmax(150px, 1.2fr) minmax(150px, 1fr) 162px 52px 84px 110px 76px 76px 60px",
    },
  },
  row: { minHeight: "44px", height: "auto" },
  cell: { display: "block", height: "auto", minHeight: "0", minWidth: "0", paddingInline: "0", paddingBlock: "6px", overflowWrap: "anywhere" },
  tick: { display: "flex", justifyContent: "center", paddingBlock: "0" },
  secondary: { display: "none", [`@container (min-width: ${WIDE})`]: { display: "block" } },
  live: { [`@container (max-width: ${NARROW})`]: { display: "none" } },
  headerCell: { minWidth: "0", paddingInline: "0", fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase200 },
  actions: { display: "flex", justifyContent: "flex-end", paddingBlock: "0" },
  action: { minWidth: "28px", maxWidth: "28px", height: "28px", padding: "0" },
  vanished: { color: tokens.colorNeutralForeground3, textDecorationLine: "line-through" },
  ticked: { fontWeight: tokens.fontWeightSemibold },
  detailsCell: { gridColumn: "1 / -1", display: "block", padding: "0", height: "auto" },
  details: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(190px, 1fr))",
    gap: "4px 16px",
    padding: "4px 0 10px 34px",
    margin: "0",
  },
  fact: { display: "flex", flexDirection: "column" },
  factLabel: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  factValue: { margin: "0", overflowWrap: "anywhere" },
});

export type GridStyles = ReturnType<typeof useGridStyles>;
