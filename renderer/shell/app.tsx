/** The window: the console once the connection stands, else why there is none. */
import { FluentProvider, makeStyles } from "@fluentui/react-components";
import { PlugDisconnectedRegular } from "@fluentui/react-icons";
import { say } from "../text/text.ts";
import { Boundary } from "../ui/boundary.tsx";
import { DelayedLoading } from "../ui/delayed-loading.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import type { WindowState } from "./begin.ts";
import { Console } from "./console.tsx";
import { useTheme } from "./theme.ts";

const useStyles = makeStyles({
  alone: { maxWidth: "640px", margin: "0 auto", padding: "64px 24px" },
});

export function App({ state }: { readonly state: WindowState }) {
  const styles = useStyles();
  const theme = useTheme();
  return (
    <FluentProvider theme={theme}>
      {state === "open" && (
        <Boundary>
          <Console />
        </Boundary>
      )}
      {state === "connecting" && (
        <main className={styles.alone}>
          <DelayedLoading label={say("shell.connect-loading")} />
        </main>
      )}
      {state !== "open" && state !== "connecting" && (
        <main className={styles.alone}>
          <EmptyState level={1} icon={<PlugDisconnectedRegular />} {...reasonOf(state)} />
        </main>
      )}
    </FluentProvider>
  );
}

/** Why there is no console, for the person who looks at an empty window. */
function reasonOf(state: Exclude<WindowState, "open" | "connecting">): { readonly title: string; readonly text: string } {
  if (typeof state === "string") return { title: say(`shell.connect-${state}-title`), text: say(`shell.connect-${state}-text`) };
  return { title: say("shell.connect-not-started-title"), text: `${state.sentence} ${state.nextStep}` };
}
