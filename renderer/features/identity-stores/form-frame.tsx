/** What both directory forms have around their fields: width, spacing, and a bar of buttons, with what came of them. */
import { makeStyles } from "@fluentui/react-components";
import { useEffect, type FormEvent, type ReactNode } from "react";
import { ActionBar } from "../../ui/action-bar.tsx";
import { uncoverFocus } from "../../ui/uncover-focus.ts";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "12px" },
  fields: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "720px" },
  problem: { flexBasis: "100%", maxWidth: "720px" },
});

interface FormFrameProps {
  readonly onSubmit: () => void;
  /** Why it was refused: in sight wherever the form is scrolled to, as the button is that was pressed. False where it was not. */
  readonly problem: ReactNode;
  readonly bar: ReactNode;
  readonly children: ReactNode;
}

export function FormFrame({ onSubmit, problem, bar, children }: FormFrameProps) {
  const styles = useStyles();
  const isRefused = problem !== false;
  useEffect(() => {
    if (isRefused) uncoverFocus();
  }, [isRefused]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <div className={styles.fields}>{children}</div>
      <ActionBar>
        {isRefused && <div className={styles.problem}>{problem}</div>}
        {bar}
      </ActionBar>
    </form>
  );
}
