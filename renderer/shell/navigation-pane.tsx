/** The left pane: the console's pages, or the pages of the identity store that is open. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  ArrowLeftRegular,
  BoxMultipleArrowRightRegular,
  BuildingRegular,
  CalendarClockRegular,
  CertificateRegular,
  ClipboardTaskRegular,
  FlowRegular,
  HistoryRegular,
  MailMultipleRegular,
  MailSettingsRegular,
  OrganizationRegular,
  PulseRegular,
  SeatRegular,
  TextGrammarCheckmarkRegular,
} from "@fluentui/react-icons";
import type { ReactElement } from "react";
import { useStore } from "zustand";
import { navigation } from "../stores/navigation.ts";
import type { Route } from "../stores/routes.ts";
import { storesList } from "../stores/stores-list.ts";
import { say, type TextKey } from "../text/text.ts";
import { SMALL_WINDOW } from "../ui/small-window.ts";
import { RouteLink } from "./route-link.tsx";

const useStyles = makeStyles({
  pane: {
    display: "flex",
    flexDirection: "column",
    gap: "2px",
    width: "216px",
    flexShrink: 0,
    boxSizing: "border-box",
    padding: "12px 8px",
    overflowY: "auto",
    backgroundColor: tokens.colorNeutralBackground2,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    [SMALL_WINDOW]: { width: "auto", padding: "4px 8px", borderRight: "none", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  closed: { [SMALL_WINDOW]: { display: "none" } },
  list: {
    listStyleType: "none",
    margin: "0",
    padding: "0",
    display: "flex",
    flexDirection: "column",
    gap: "2px",
  },
  store: {
    margin: "8px 0 4px",
    padding: "0 10px",
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
  },
  group: {
    padding: "8px 10px 4px",
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
});

interface Entry {
  readonly route: Route;
  readonly text: TextKey;
  readonly icon: ReactElement;
}

const pages: readonly Entry[] = [
  { route: { page: "stores" }, text: "shell.nav-stores", icon: <OrganizationRegular /> },
  { route: { page: "expiry" }, text: "shell.nav-expiry", icon: <CalendarClockRegular /> },
  { route: { page: "certificate-bench" }, text: "shell.nav-certificate-bench", icon: <CertificateRegular /> },
  { route: { page: "alias-bench" }, text: "shell.nav-alias-bench", icon: <TextGrammarCheckmarkRegular /> },
  { route: { page: "jobs" }, text: "shell.nav-jobs", icon: <FlowRegular /> },
  { route: { page: "journal" }, text: "shell.nav-journal", icon: <ClipboardTaskRegular /> },
  { route: { page: "activity" }, text: "shell.nav-activity", icon: <PulseRegular /> },
  { route: { page: "handover" }, text: "shell.nav-handover", icon: <BoxMultipleArrowRightRegular /> },
];

/** Pages that are reached from another one's list. */
const PAGE_OF: Partial<Record<Route["page"], Route["page"]>> = { "new-store": "stores", "new-job": "jobs", job: "jobs", "job-runs": "jobs", "job-run": "jobs" };

function ConsolePages({ route }: { readonly route: Route }) {
  const styles = useStyles();
  const here = PAGE_OF[route.page] ?? route.page;
  return (
    <ul className={styles.list}>
      {pages.map((entry) => (
        <li key={entry.route.page}>
          <RouteLink to={entry.route} current={here === entry.route.page} icon={entry.icon}>
            {say(entry.text)}
          </RouteLink>
        </li>
      ))}
    </ul>
  );
}

function StorePages({ route }: { readonly route: Extract<Route, { page: "store" }> }) {
  const styles = useStyles();
  const name = useStore(storesList, (state) => state.entries.get(route.id)?.name ?? "");
  const hasSubscriptions = useStore(storesList, (state) => state.entries.get(route.id)?.hasSubscriptions ?? false);
  const to = (section: typeof route.section): Route => ({ page: "store", id: route.id, section });
  return (
    <>
      <RouteLink to={{ page: "stores" }} current={false} icon={<ArrowLeftRegular />}>
        {say("shell.nav-back")}
      </RouteLink>
      <div className={styles.store}>{name}</div>
      <div className={styles.group} id="store-settings">
        {say("shell.nav-settings-group")}
      </div>
      <ul className={styles.list} aria-labelledby="store-settings">
        <li>
          <RouteLink to={to("directory")} current={route.section === "directory"} icon={<BuildingRegular />}>
            {say("shell.nav-directory")}
          </RouteLink>
        </li>
        <li>
          <RouteLink to={to("messaging-system")} current={false} icon={<MailSettingsRegular />}>
            {say("shell.nav-configurations")}
          </RouteLink>
          <ul className={styles.list}>
            <li>
              <RouteLink to={to("messaging-system")} current={route.section === "messaging-system"} indented>
                {say("shell.nav-messaging-system")}
              </RouteLink>
            </li>
          </ul>
        </li>
        <li>
          <RouteLink to={to("mail-objects")} current={route.section === "mail-objects"} icon={<MailMultipleRegular />}>
            {say("shell.nav-mail-objects")}
          </RouteLink>
        </li>
        {(hasSubscriptions || route.section === "subscriptions") && (
          <li>
            <RouteLink to={to("subscriptions")} current={route.section === "subscriptions"} icon={<SeatRegular />}>
              {say("shell.nav-subscriptions")}
            </RouteLink>
          </li>
        )}
        <li>
          <RouteLink to={to("history")} current={route.section === "history"} icon={<HistoryRegular />}>
            {say("shell.nav-history")}
          </RouteLink>
        </li>
        <li>
          <RouteLink to={to("compare")} current={route.section === "compare"} indented>
            {say("shell.nav-compare")}
          </RouteLink>
        </li>
      </ul>
    </>
  );
}

/** The id by which the button of a small window says what it opens. */
export const NAVIGATION = "navigation";

/** A small window shows it while it is `open`, a large one always. */
export function NavigationPane({ open }: { readonly open: boolean }) {
  const styles = useStyles();
  const route = useStore(navigation, (state) => state.route);
  const inStore = route.page === "store";
  return (
    <nav
      id={NAVIGATION}
      className={mergeClasses(styles.pane, !open && styles.closed)}
      data-pane="navigation"
      aria-label={say(inStore ? "shell.store-navigation" : "shell.main-navigation")}
    >
      {inStore ? <StorePages route={route} /> : <ConsolePages route={route} />}
    </nav>
  );
}
