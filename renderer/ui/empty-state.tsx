/** What stands where nothing is yet: one sentence on what would be here, and the next step. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    textAlign: "center",
    gap: "8px",
    padding: "48px 24px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  icon: { fontSize: "40px", lineHeight: "1", color: tokens.colorBrandForeground1, display: "flex" },
  title: { margin: "0", fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  text: { margin: "0", maxWidth: "60ch", color: tokens.colorNeutralForeground2 },
  actions: { display: "flex", flexWrap: "wrap", justifyContent: "center", gap: "8px", marginTop: "12px" },
});

interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** 1 where this is all the page has to say. */
  readonly level?: 1 | 2;
  readonly text: string;
  readonly children?: ReactNode;
}

export function EmptyState({ icon, title, level = 2, text, children }: EmptyStateProps) {
  const styles = useStyles();
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <section className={styles.root}>
      {icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <Heading className={styles.title}>{title}</Heading>
      <p className={styles.text}>{text}</p>
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </section>
  );
}
