/** The head of the window: product, practice mark, network, settings, help. */
import { Button, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { CircleHintRegular, NavigationRegular, PlugDisconnectedRegular, PulseSquareRegular, QuestionCircleRegular, SettingsRegular, WifiOffRegular, GlobeRegular } from "@fluentui/react-icons";
import type { MouseEvent } from "react";
import { useStore } from "zustand";
import { navigate, navigation } from "../stores/navigation.ts";
import { addressOf } from "../stores/routes.ts";
import { networkAway } from "../stores/network.ts";
import { storesList } from "../stores/stores-list.ts";
import { runningWork } from "../stores/running-work.ts";
import { session } from "../stores/session.ts";
import { say } from "../text/text.ts";
import { Part } from "../ui/boundary.tsx";
import { SMALL_WINDOW } from "../ui/small-window.ts";
import { later, soon } from "../ui/later.ts";
import { NAVIGATION } from "./navigation-pane.tsx";
import { focusPage } from "./panes.ts";

const PracticeMark = soon(async () => (await import("./practice-mark.tsx")).PracticeMark);
const WorkPlace = later(async () => (await import("../features/running-work/work-place.tsx")).WorkPlace);

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
    [SMALL_WINDOW]: { flexWrap: "wrap", gap: "4px 8px", padding: "4px" },
  },
  menu: { display: "none", [SMALL_WINDOW]: { display: "inline-flex" } },
  skip: {
    position: "absolute",
    left: "8px",
    top: "-100px",
    zIndex: 10,
    padding: "6px 12px",
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
    borderRadius: tokens.borderRadiusMedium,
    ":focus": { top: "6px" },
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
    [SMALL_WINDOW]: { display: "none" },
  },
  practice: { whiteSpace: "nowrap", [SMALL_WINDOW]: { minWidth: "32px" } },
  words: { [SMALL_WINDOW]: { display: "none" } },
  icon: { fontSize: "16px", display: "flex" },
  buttons: { display: "flex", gap: "2px", [SMALL_WINDOW]: { marginLeft: "auto" } },
});

const NETWORK_ICONS = { unheard: PlugDisconnectedRegular, offline: WifiOffRegular, online: GlobeRegular, unknown: CircleHintRegular } as const;

function Network() {
  const styles = useStyles();
  const known = useStore(session, (state) => state.hello !== null);
  const away = useStore(networkAway, ({ entries }) => [...entries.values()][0]);
  const unheard = useStore(session, (state) => state.connection.state !== "open");
  // That nothing is known to be missing says nothing where nobody was asked: no store yet, or all of them prepared only.
  const isReached = useStore(storesList, ({ entries }) => [...entries.values()].some(({ serversOnline }) => serversOnline > 0));
  if (!known) return null;
  const state = unheard ? "unheard" : away !== undefined ? "offline" : isReached ? "online" : "unknown";
  const Icon = NETWORK_ICONS[state];
  return (
    <span className={styles.network}>
      <span className={styles.icon} aria-hidden="true">
        <Icon />
      </span>
      {say(`shell.network-${state}`)}
    </span>
  );
}

function Work() {
  const used = useStore(runningWork, (state) => state.used);
  return <Part>{used && <WorkPlace />}</Part>;
}

interface HeaderProps {
  readonly menuOpen: boolean;
  readonly onMenu: () => void;
  readonly onHelp: () => void;
  readonly practiceOpen: boolean;
  readonly onPractice: () => void;
}

export function Header({ menuOpen, onMenu, onHelp, practiceOpen, onPractice }: HeaderProps) {
  const styles = useStyles();
  const practice = useStore(session, (state) => state.hello?.practice ?? false);
  const address = useStore(navigation, (state) => addressOf(state.route));
  const skip = (event: MouseEvent) => {
    event.preventDefault();
    focusPage();
  };
  return (
    <header className={styles.header} data-pane="header">
      <a className={styles.skip} data-skip href={address} onClick={skip}>
        {say("shell.skip-to-content")}
      </a>
      <Button
        className={styles.menu}
        appearance="subtle"
        icon={<NavigationRegular />}
        aria-label={say("shell.menu")}
        aria-expanded={menuOpen}
        aria-controls={NAVIGATION}
        onClick={onMenu}
      />
      <span className={styles.product}>{say("shell.product")}</span>
      {practice && (
        <Part>
          <PracticeMark />
        </Part>
      )}
      <span className={styles.space} />
      <Network />
      <div className={styles.buttons}>
        <Work />
        {practice && (
          <Button className={styles.practice} appearance="subtle" icon={<PulseSquareRegular />} aria-label={say("shell.practice-open")} aria-expanded={practiceOpen} onClick={onPractice}>
            <span className={styles.words}>{say("shell.practice-open")}</span>
          </Button>
        )}
        <Tooltip content={say("shell.settings")} relationship="label">
          <Button
            appearance="subtle"
            icon={<SettingsRegular />}
            aria-current={address === addressOf({ page: "settings" }) ? "page" : undefined}
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
