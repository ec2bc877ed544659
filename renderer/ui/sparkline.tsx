/** A row of bars, one a check; a failed check is a cross. One path for the bars and one for the crosses. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { HistoryPoint } from "../../shared/model/mail-server.ts";

const HEIGHT = 18;
const STEP = 3;
const BAR = 2;
/** Milliseconds at which a bar is full when all checks were faster, so that 3 ms beside 2 ms does not look like a storm. */
const SCALE_FLOOR_MS = 50;

const useStyles = makeStyles({
  root: { display: "block", flexShrink: 0 },
  bars: { fill: tokens.colorBrandForeground1, "@media (forced-colors: active)": { fill: "CanvasText" } },
  crosses: {
    stroke: tokens.colorPaletteRedForeground1,
    strokeWidth: "1px",
    fill: "none",
    "@media (forced-colors: active)": { stroke: "CanvasText" },
  },
});

/** The two path descriptions for a history; `length` is the number of places, the newest check is the rightmost. */
export function sparklinePaths(history: readonly HistoryPoint[], length: number): { readonly bars: string; readonly crosses: string } {
  const points = history.slice(-length);
  const offset = length - points.length;
  const peak = Math.max(SCALE_FLOOR_MS, ...points.map((point) => point.ms ?? 0));
  let bars = "";
  let crosses = "";
  for (const [index, point] of points.entries()) {
    const x = (offset + index) * STEP;
    if (point.ms === null) {
      crosses += `M${x} ${HEIGHT - 4}l${BAR} 3m0 -3l-${BAR} 3`;
    } else {
      const height = Math.max(1, Math.round((point.ms / peak) * (HEIGHT - 2)));
      bars += `M${x} ${HEIGHT - height}h${BAR}v${height}h-${BAR}z`;
    }
  }
  return { bars, crosses };
}

/** Decoration beside a number that says the same: hidden from assistive technology. */
export function Sparkline({ history, length }: { readonly history: readonly HistoryPoint[]; readonly length: number }) {
  const styles = useStyles();
  const paths = sparklinePaths(history, length);
  const width = length * STEP;
  return (
    <svg className={styles.root} width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true" focusable="false">
      <path className={styles.bars} d={paths.bars} />
      <path className={styles.crosses} d={paths.crosses} />
    </svg>
  );
}
