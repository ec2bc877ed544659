/** The window: the console, its frame before the connection stands, or why there is none. */
import { FluentProvider, makeStyles } from "@fluentui/react-components";
import { PlugDisconnectedRegular } from "@fluentui/react-icons";
import { say } from "../text/text.ts";
import { Boundary } from "../ui/boundary.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import type { WindowState } from "./begin.ts";
import { Console } from "./console.tsx";
import { useTheme } from "./theme.ts";

/** Written out for the whole page already; given here, Fluent would write it once more at every start. */
const THEME_IN_STYLE_SHEET = {};

const useStyles = makeStyles({
  alone: { maxWidth: "640px", margin: "0 auto", padding: "64px 24px" },
});

export function App({ state }: { readonly state: WindowState }) {
  const styles = useStyles();
  useTheme();
  return (
    <FluentProvider theme={THEME_IN_STYLE_SHEET}>
      {isConsole(state) ? (
        <Boundary>
          <Console />
        </Boundary>
      ) : (
        <main className={styles.alone}>
          <EmptyState level={1} icon={<PlugDisconnectedRegular />} {...reasonOf(state)} />
        </main>
      )}
    </FluentProvider>
  );
}

function isConsole(state: WindowState): state is "opening" | "open" {
  return state === "opening" || state === "open";
}

/** Why there is no console, for the person who looks at an empty window. */
function reasonOf(state: Exclude<WindowState, "opening" | "open">): { readonly title: string; readonly text: string } {
  if (typeof state === "string") return { title: say(`shell.connect-${state}-title`), text: say(`shell.connect-${state}-text`) };
  return { title: say("shell.connect-not-started-title"), text: `${state.sentence} ${state.nextStep}` };
}
