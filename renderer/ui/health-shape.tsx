/** The shape of a state of health: different outlines, so that colour is never alone in telling them apart. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { Health } from "../../shared/model/mail-server.ts";

const useStyles = makeStyles({
  root: { flexShrink: 0, display: "block", fill: "none", stroke: "currentColor", strokeWidth: "2px", "@media (forced-colors: active)": { color: "CanvasText" } },
  online: { color: tokens.colorPaletteGreenForeground1 },
  unstable: { color: tokens.colorPaletteDarkOrangeForeground1 },
  offline: { color: tokens.colorPaletteRedForeground1 },
  unknown: { color: tokens.colorNeutralForeground3 },
  unchecked: { color: tokens.colorNeutralForeground3 },
  full: { fill: "currentColor" },
});

/** Decoration beside the word that names the state. */
export function HealthShape({ state, size = 14 }: { readonly state: Health["state"]; readonly size?: number }) {
  const styles = useStyles();
  return (
    <svg className={mergeClasses(styles.root, styles[state])} width={size} height={size} viewBox="0 0 14 14" aria-hidden="true" focusable="false">
      {state === "online" && <circle className={styles.full} cx="7" cy="7" r="5" />}
      {state === "unstable" && (
        <>
          <circle cx="7" cy="7" r="5" />
          <path className={styles.full} strokeWidth="0" d="M7 2a5 5 0 0 0 0 10z" />
        </>
      )}
      {state === "offline" && (
        <>
          <circle cx="7" cy="7" r="5" />
          <path d="M4.6 4.6l4.8 4.8m0-4.8l-4.8 4.8" strokeWidth="1.6" />
        </>
      )}
      {state === "unknown" && <path d="M7 2l5 5-5 5-5-5z" />}
      {state === "unchecked" && <circle cx="7" cy="7" r="5" strokeDasharray="2 2" strokeWidth="1.5" />}
    </svg>
  );
}
