/** What both directory forms have around their fields: width, spacing, and a bar of buttons. */
import { makeStyles } from "@fluentui/react-components";
import type { FormEvent, ReactNode } from "react";
import { ActionBar } from "../../ui/action-bar.tsx";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "12px" },
  fields: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "720px" },
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
      <ActionBar>{bar}</ActionBar>
    </form>
  );
}
