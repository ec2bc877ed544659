/** The whole window. Its frame and the first page's heading stand before the connection does. */
import { makeStyles } from "@fluentui/react-components";
import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { watchPresses } from "../host/pressing.ts";
import { navigation } from "../stores/navigation.ts";
import { placeOf } from "../stores/routes.ts";
import { session } from "../stores/session.ts";
import { Part } from "../ui/boundary.tsx";
import { keepFocus } from "../ui/focus-keeper.ts";
import { later, soon } from "../ui/later.ts";
import { SMALL_WINDOW } from "../ui/small-window.ts";
import { useShortcut } from "../ui/use-shortcut.ts";
import { Banners } from "./banners.tsx";
import { Header } from "./header.tsx";
import { NavigationPane } from "./navigation-pane.tsx";
import { Page } from "./page.tsx";
import { focusPage } from "./panes.ts";
import { ignoreSecondClicks } from "./second-clicks.ts";
import { refuseStrayDrops } from "./stray-drops.ts";
import { useKeys } from "./use-keys.ts";

const Notices = soon(async () => (await import("../ui/notices.tsx")).Notices);
const HelpDialog = later(async () => (await import("./help-dialog.tsx")).HelpDialog);
const PracticeDrawer = later(async () => (await import("../features/practice/practice-drawer.tsx")).PracticeDrawer);

const useStyles = makeStyles({
  window: { display: "flex", flexDirection: "column", height: "100%", minHeight: "0", [SMALL_WINDOW]: { height: "auto" } },
  body: { display: "flex", flexGrow: 1, minHeight: "0", [SMALL_WINDOW]: { flexDirection: "column" } },
  main: {
    flexGrow: 1,
    minWidth: "0",
    minHeight: "0",
    overflowY: "auto",
    boxSizing: "border-box",
    padding: "16px 24px 24px",
    outlineStyle: "none",
    [SMALL_WINDOW]: { overflowY: "visible", padding: "12px" },
  },
});

export function Console() {
  const styles = useStyles();
  const practice = useStore(session, (state) => state.hello?.practice ?? false);
  /** Null until it is first asked for. */
  const [help, setHelp] = useState<boolean | null>(null);
  const [drawer, setDrawer] = useState(false);
  const place = useStore(navigation, (state) => placeOf(state.route));
  /** Where the navigation of a small window was opened: it closes with the next page. */
  const [menuAt, setMenuAt] = useState<string | null>(null);
  const menu = menuAt === place;
  /** Once the first page stands. */
  const [standing, setStanding] = useState(false);
  const firstPlace = useRef(placeOf(navigation.getState().route));
  useEffect(keepFocus, []);
  useKeys();
  useEffect(refuseStrayDrops, []);
  useEffect(ignoreSecondClicks, []);
  useEffect(watchPresses, []);
  useShortcut("F1", () => setHelp(true));
  // The page the window opens with leaves the focus where the browser put it.
  const arrived = useCallback((at: string) => {
    setStanding(true);
    if (firstPlace.current === at) return;
    firstPlace.current = "";
    focusPage();
  }, []);

  return (
    <div className={styles.window}>
      <Header menuOpen={menu} onMenu={() => setMenuAt(menu ? null : place)} onHelp={() => setHelp(true)} practiceOpen={drawer} onPractice={() => setDrawer(!drawer)} />
      <Banners />
      <div className={styles.body}>
        <NavigationPane open={menu} />
        <main className={styles.main} data-pane="main" tabIndex={-1}>
          <Page onArrive={arrived} />
        </main>
        <Part>{practice && drawer && <PracticeDrawer onClose={() => setDrawer(false)} />}</Part>
      </div>
      <Part>{standing && <Notices />}</Part>
      <Part>{help !== null && <HelpDialog open={help} onClose={() => setHelp(false)} />}</Part>
    </div>
  );
}
