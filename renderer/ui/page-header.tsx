/** The head of a page: its title, which receives the focus after navigation, a line of explanation, and its actions. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, type ReactNode } from "react";
import { titlePage } from "./window-title.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: "16px", rowGap: "8px", marginBottom: "16px" },
  words: { flexGrow: 1, minWidth: "min(220px, 100%)" },
  title: {
    margin: "0",
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
    outlineStyle: "none",
    overflowWrap: "anywhere",
  },
  intro: { margin: "2px 0 0", color: tokens.colorNeutralForeground2, maxWidth: "70ch" },
  actions: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
});

interface PageHeaderProps {
  readonly title: string;
  readonly intro?: string;
  /** What the page is of, such as an identity store: named in the heading and the window's title. */
  readonly of?: string;
  readonly children?: ReactNode;
}

export function PageHeader({ title, intro, of, children }: PageHeaderProps) {
  const styles = useStyles();
  const named = of === undefined ? title : `${title}: ${of}`;
  useEffect(() => titlePage(named), [named]);
  return (
    <div className={styles.root}>
      <div className={styles.words}>
        <h1 className={styles.title} tabIndex={-1}>
          {named}
        </h1>
        {intro !== undefined && <p className={styles.intro}>{intro}</p>}
      </div>
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
