/** A fault where it happened: the sentence, the next step, and details that can be copied into a message. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles, tokens } from "@fluentui/react-components";
import { useId, useState, type ReactNode } from "react";
import type { Fault } from "../../shared/fault.ts";
import { explain } from "../text/fault.ts";
import { say } from "../text/text.ts";
import { useAnnounced } from "./announce.ts";
import { CopyButton } from "./copy-button.tsx";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "6px" },
  detail: {
    display: "flex",
    alignItems: "flex-start",
    gap: "8px",
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  words: { flexGrow: 1, margin: "0", fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
});

interface ErrorBoxProps {
  readonly fault: Fault;
  /** Buttons, such as "Try again". */
  readonly children?: ReactNode;
}

export function ErrorBox({ fault, children }: ErrorBoxProps) {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const detailId = useId();
  const { sentence, nextStep, detail } = explain(fault);
  useAnnounced(`${sentence} ${nextStep}`, fault.kind === "cancelled" ? "polite" : "assertive");
  return (
    <div className={styles.root}>
      <MessageBar intent={fault.kind === "cancelled" ? "info" : "error"} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{sentence}</MessageBarTitle>
          <br />
          {nextStep}
        </MessageBarBody>
        {(detail !== null || children !== undefined) && (
          <MessageBarActions>
            {children}
            {detail !== null && (
              <Button size="small" aria-expanded={open} aria-controls={detailId} onClick={() => setOpen(!open)}>
                {say("ui.details")}
              </Button>
            )}
          </MessageBarActions>
        )}
      </MessageBar>
      {detail !== null && open && (
        <div id={detailId} className={styles.detail}>
          <pre className={styles.words}>{detail}</pre>
          <CopyButton text={`${sentence}\n${detail}`} label={say("ui.copy")} />
        </div>
      )}
    </div>
  );
}
