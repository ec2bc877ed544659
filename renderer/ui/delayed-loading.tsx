/** Says what is being done, once it takes longer than people notice, with a way out. */
import { Button, makeStyles } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { say } from "../text/text.ts";
import { soon } from "./later.ts";

const Spinner = soon(async () => (await import("./spinner.ts")).Spinner);

/** Shorter waits show nothing: a flash of a spinner reads as a fault. */
const DELAY_MS = 300;

const useStyles = makeStyles({
  root: { display: "flex", alignItems: "center", gap: "12px", padding: "12px 0", minHeight: "32px" },
});

interface DelayedLoadingProps {
  /** What is being done, such as "Reading the identity stores…". */
  readonly label: string;
  readonly onCancel?: () => void;
}

export function DelayedLoading({ label, onCancel }: DelayedLoadingProps) {
  const styles = useStyles();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <output className={styles.root}>
      {late && <Spinner size="tiny" label={label} />}
      {late && onCancel !== undefined && (
        <Button size="small" onClick={onCancel}>
          {say("ui.cancel")}
        </Button>
      )}
    </output>
  );
}
