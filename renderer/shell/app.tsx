/** From nothing to the console: connects, says hello, or shows why there is no connection. */
import { FluentProvider, makeStyles } from "@fluentui/react-components";
import { PlugDisconnectedRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { connect } from "../host/client.ts";
import { ConnectError, type ConnectProblem } from "../host/connection.ts";
import { startNavigation } from "../stores/navigation.ts";
import { loadPreferences } from "../stores/preferences.ts";
import { startSession } from "../stores/session.ts";
import { followStores } from "../stores/stores-list.ts";
import { say } from "../text/text.ts";
import { DelayedLoading } from "../ui/delayed-loading.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Console } from "./console.tsx";
import { useTheme } from "./theme.ts";

const useStyles = makeStyles({
  alone: { maxWidth: "640px", margin: "0 auto", padding: "64px 24px" },
});

type State = "connecting" | "open" | ConnectProblem;

async function begin(): Promise<State> {
  try {
    const client = await connect();
    const hello = await client.app.hello();
    document.documentElement.dataset["product"] = say(hello.practice ? "shell.product-practice" : "shell.product");
    startSession(hello);
    await loadPreferences();
    startNavigation();
    followStores();
    return "open";
  } catch (error) {
    return error instanceof ConnectError ? error.problem : "no-answer";
  }
}

export function App() {
  const styles = useStyles();
  const theme = useTheme();
  const [state, setState] = useState<State>("connecting");
  useEffect(() => {
    void begin().then(setState);
  }, []);
  return (
    <FluentProvider theme={theme}>
      {state === "open" && <Console />}
      {state === "connecting" && (
        <main className={styles.alone}>
          <DelayedLoading label={say("shell.connect-loading")} />
        </main>
      )}
      {state !== "open" && state !== "connecting" && (
        <main className={styles.alone}>
          <EmptyState
            level={1}
            icon={<PlugDisconnectedRegular />}
            title={say(`shell.connect-${state}-title`)}
            text={say(`shell.connect-${state}-text`)}
          />
        </main>
      )}
    </FluentProvider>
  );
}
