/** What both directory forms have around their fields: width, spacing, and a bar of buttons that stays in sight. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { FormEvent, ReactNode } from "react";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "12px" },
  fields: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "720px" },
  bar: {
    position: "sticky",
    bottom: "-24px",
    zIndex: 1,
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "8px",
    margin: "0 -24px -24px",
    padding: "10px 24px",
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

interface FormFrameProps {
  readonly onSubmit: () => void;
  readonly bar: ReactNode;
  readonly children: ReactNode;
}

export function FormFrame({ onSubmit, bar, children }: FormFrameProps) {
  const styles = useStyles();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <div className={styles.fields}>{children}</div>
      <div className={styles.bar}>{bar}</div>
    </form>
  );
}
