/** A real link to a page of the console: opens like one, is announced like one, and asks before unsaved work is left. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { MouseEvent, ReactElement, ReactNode } from "react";
import { followLink } from "../stores/follow-link.ts";
import { addressOf, type Route } from "../stores/routes.ts";

const useStyles = makeStyles({
  link: {
    position: "relative",
    display: "flex",
    alignItems: "center",
    gap: "10px",
    minHeight: "32px",
    boxSizing: "border-box",
    padding: "4px 10px",
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: "none",
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    ":hover": { backgroundColor: tokens.colorNeutralBackground3Hover, color: tokens.colorNeutralForeground1 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  indented: { paddingLeft: "38px", paddingRight: "4px" },
  current: {
    backgroundColor: tokens.colorNeutralBackground3Selected,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    "::before": {
      content: '""',
      position: "absolute",
      left: "2px",
      top: "8px",
      bottom: "8px",
      width: "3px",
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorCompoundBrandStroke,
      "@media (forced-colors: active)": { backgroundColor: "Highlight" },
    },
  },
  icon: { display: "flex", fontSize: "18px", flexShrink: 0 },
});

interface RouteLinkProps {
  readonly to: Route;
  readonly current: boolean;
  readonly icon?: ReactElement;
  readonly indented?: boolean;
  readonly children: ReactNode;
}

export function RouteLink({ to, current, icon, indented = false, children }: RouteLinkProps) {
  const styles = useStyles();
  const follow = (event: MouseEvent) => followLink(event, to);
  return (
    <a
      className={mergeClasses(styles.link, indented && styles.indented, current && styles.current)}
      href={addressOf(to)}
      aria-current={current ? "page" : undefined}
      onClick={follow}
      onAuxClick={follow}
    >
      {icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      {children}
    </a>
  );
}
