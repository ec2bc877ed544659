/** The head of the window: product, practice mark, network, settings, help. */
import { Badge, Button, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { PlugDisconnectedRegular, PulseSquareRegular, QuestionCircleRegular, SettingsRegular, WifiOffRegular, GlobeRegular } from "@fluentui/react-icons";
import { useStore } from "zustand";
import { navigate, navigation } from "../stores/navigation.ts";
import { session } from "../stores/session.ts";
import { say } from "../text/text.ts";

const useStyles = makeStyles({
  header: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    minHeight: "44px",
    flexShrink: 0,
    boxSizing: "border-box",
    padding: "0 8px 0 18px",
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  product: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400, whiteSpace: "nowrap" },
  space: { flexGrow: 1 },
  network: {
    display: "flex",
    alignItems: "center",
    gap: "6px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: "nowrap",
    "@media (max-width: 640px)": { display: "none" },
  },
  icon: { fontSize: "16px", display: "flex" },
  buttons: { display: "flex", gap: "2px" },
});

function Network() {
  const styles = useStyles();
  const networked = useStore(session, (state) => state.networked);
  const lost = useStore(session, (state) => state.connection.state === "lost");
  const Icon = lost ? PlugDisconnectedRegular : networked ? GlobeRegular : WifiOffRegular;
  return (
    <output className={styles.network}>
      <span className={styles.icon} aria-hidden="true">
        <Icon />
      </span>
      {say(networked ? "shell.network-online" : "shell.network-offline")}
    </output>
  );
}

interface HeaderProps {
  readonly onHelp: () => void;
  readonly onPractice: () => void;
}

export function Header({ onHelp, onPractice }: HeaderProps) {
  const styles = useStyles();
  const practice = useStore(session, (state) => state.hello?.practice ?? false);
  const page = useStore(navigation, (state) => state.route.page);
  return (
    <header className={styles.header} data-pane="header">
      <span className={styles.product}>{say("shell.product")}</span>
      {practice && (
        <Tooltip content={say("shell.practice-hint")} relationship="description">
          <Badge appearance="filled" color="warning" shape="rounded" tabIndex={0}>
            {say("shell.practice")}
          </Badge>
        </Tooltip>
      )}
      <span className={styles.space} />
      <Network />
      <div className={styles.buttons}>
        {practice && (
          <Button appearance="subtle" icon={<PulseSquareRegular />} onClick={onPractice}>
            {say("shell.practice-open")}
          </Button>
        )}
        <Tooltip content={say("shell.settings")} relationship="label">
          <Button
            appearance="subtle"
            icon={<SettingsRegular />}
            aria-current={page === "settings" ? "page" : undefined}
            onClick={() => void navigate({ page: "settings" })}
          />
        </Tooltip>
        <Tooltip content={`${say("shell.help")} (F1)`} relationship="label">
          <Button appearance="subtle" icon={<QuestionCircleRegular />} onClick={onHelp} />
        </Tooltip>
      </div>
    </header>
  );
}
