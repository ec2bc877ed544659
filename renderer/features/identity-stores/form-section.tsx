/** A titled group of fields. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { useId, type ReactNode } from "react";
import { Boundary } from "../../ui/boundary.tsx";

const useStyles = makeStyles({
  section: {
    display: "flex",
    flexDirection: "column",
    gap: "10px",
    margin: "0",
    minWidth: "0",
    padding: "12px 16px 14px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    "& .fui-Input, & .fui-Dropdown, & .fui-Textarea": { maxWidth: "460px" },
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  aside: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 12px", marginLeft: "auto" },
  title: { margin: "0", fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
});

interface FormSectionProps {
  readonly title: string;
  /** On the title's line, at its end. */
  readonly aside?: ReactNode;
  /** The name under which the section is found when the focus is to go there. */
  readonly place?: string;
  readonly children: ReactNode;
}

export function FormSection({ title, aside, place, children }: FormSectionProps) {
  const styles = useStyles();
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id} data-field={place}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </div>
      <Boundary>{children}</Boundary>
    </section>
  );
}
