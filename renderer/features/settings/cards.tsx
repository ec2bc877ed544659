/** The cards of the settings' pages, and facts in them: a term, and what it is. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode, Ref } from "react";
import { SMALL_WINDOW } from "../../ui/small-window.ts";

const useStyles = makeStyles({
  card: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    minWidth: "0",
    padding: "14px 16px 16px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  heading: { margin: "0", fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold, outlineStyle: "none" },
  facts: { margin: "0", display: "grid", gridTemplateColumns: "minmax(120px, 180px) 1fr", columnGap: "16px", rowGap: "8px", alignItems: "center", [SMALL_WINDOW]: { gridTemplateColumns: "1fr", rowGap: "2px" } },
  term: { color: tokens.colorNeutralForeground2, alignSelf: "start" },
  value: { margin: "0", minWidth: "0", overflowWrap: "anywhere", display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", [SMALL_WINDOW]: { marginBottom: "6px" } },
});

interface CardProps {
  readonly title: string;
  /** Where the heading is to have the focus when the card comes up. */
  readonly heading?: Ref<HTMLHeadingElement>;
  readonly children: ReactNode;
}

export function Card({ title, heading, children }: CardProps) {
  const styles = useStyles();
  return (
    <section className={styles.card} aria-label={title}>
      <h2 className={styles.heading} {...(heading === undefined ? {} : { ref: heading, tabIndex: -1 })}>
        {title}
      </h2>
      {children}
    </section>
  );
}

export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className={useStyles().facts}>{children}</dl>;
}

export function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.value}>{children}</dd>
    </>
  );
}
