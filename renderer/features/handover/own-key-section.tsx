/** The public key of this console: whoever prepares a file for it wants that. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useCallback, useEffect, useState } from "react";
import type { Result } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { useReturns } from "../identity-stores/use-returns.ts";

const useStyles = makeStyles({
  text: { margin: "0", color: tokens.colorNeutralForeground2 },
  key: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase300, overflowWrap: "anywhere" },
});

type Answer = Result<{ readonly publicKey: string }>;

/** Asked anew after main was away, and on `again`. */
function usePublicKey(): { readonly answer: Answer | null; readonly again: () => void; readonly take: (answer: Answer) => void } {
  const [answer, take] = useState<Answer | null>(null);
  const returns = useReturns();
  const again = useCallback(() => {
    const stop = new AbortController();
    void ask(() => client().handover.key(undefined, { signal: stop.signal }), stop.signal).then((told) => {
      if (!stop.signal.aborted) take(told);
    });
    return () => stop.abort();
  }, []);
  useEffect(again, [again, returns]);
  return { answer, again, take };
}

/** The way out where the key will never open again. */
function NewKey({ onMade }: { readonly onMade: (answer: Answer) => void }) {
  const [asked, setAsked] = useState(false);
  const make = useDeed(async () => {
    setAsked(false);
    const made = await ask(() => client().handover.newKey());
    onMade(made);
    if (made.ok) announce(say("handover.key-made"));
  });
  return (
    <>
      <Button size="small" onClick={() => setAsked(true)}>
        {say("handover.key-new")}
      </Button>
      <ConfirmDialog open={asked} title={say("handover.key-new-title")} confirmLabel={say("handover.key-new")} onAnswer={(confirmed) => (confirmed ? void make() : setAsked(false))}>
        {say("handover.key-new-text")}
      </ConfirmDialog>
    </>
  );
}

export function OwnKeySection() {
  const styles = useStyles();
  const { answer, again, take } = usePublicKey();
  const isShut = answer?.ok === false && answer.fault.kind === "unreadable";
  return (
    <FormSection title={say("handover.section-key")}>
      <p className={styles.text}>{say("handover.key-text")}</p>
      {answer === null && <DelayedLoading label={say("handover.key-loading")} />}
      {answer?.ok === true && (
        <>
          <code className={styles.key}>{answer.value.publicKey}</code>
          <div>
            <CopyButton text={answer.value.publicKey} label={say("handover.key-copy")} />
          </div>
        </>
      )}
      {answer?.ok === false && (
        <ErrorBox fault={answer.fault}>
          <Button size="small" onClick={again}>
            {say("ui.retry")}
          </Button>
          {isShut && <NewKey onMade={take} />}
        </ErrorBox>
      )}
    </FormSection>
  );
}
