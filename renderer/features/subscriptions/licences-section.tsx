/** The licences of one user: looked up by the sign-in name, told, and changed. */
import { Button, Field, Input, Text, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef, useState, type FormEvent } from "react";
import type { Subscription } from "../../../shared/model/subscription.ts";
import type { WorkKind } from "../../stores/running-work.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { FormSection } from "../identity-stores/form-section.tsx";
import { WorkHere } from "../running-work/work-here.tsx";
import { HeldLicences } from "./held-licences.tsx";
import { LicenceEditor } from "./licence-editor.tsx";
import { useHolder } from "./use-holder.ts";

/** The longest that Graph may be asked for. */
const LONGEST = 320;
const WORK: readonly WorkKind[] = ["licences-read", "licences-change"];

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "16px" },
  form: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "8px" },
  user: { width: "460px", maxWidth: "100%" },
  awaited: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 12px" },
});

function Awaited({ onLookAgain }: { readonly onLookAgain: () => void }) {
  const styles = useStyles();
  useAnnounced(say("licences.awaited"));
  return (
    <div className={styles.awaited}>
      <Text>{say("licences.awaited")}</Text>
      <Button size="small" onClick={onLookAgain}>
        {say("licences.look-up-again")}
      </Button>
    </div>
  );
}

interface LicencesSectionProps {
  readonly storeId: string;
  readonly subscriptions: readonly Subscription[];
  /** The seats are others now. */
  readonly onChanged: () => void;
}

export function LicencesSection({ storeId, subscriptions, onChanged }: LicencesSectionProps) {
  const styles = useStyles();
  const [text, setText] = useState("");
  const [isMissed, setMissed] = useState(false);
  const { shown, unanswered, lookUp, takeChanged } = useHolder(storeId);
  const box = useRef<HTMLInputElement | null>(null);
  const button = useRef<HTMLButtonElement | null>(null);
  const isCancelled = unanswered?.fault.kind === "cancelled";
  useEffect(() => {
    // The button that cancelled goes with the work.
    if (isCancelled && document.activeElement === document.body) button.current?.focus();
  }, [isCancelled]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const user = text.trim();
    setMissed(user === "");
    if (user === "") box.current?.focus();
    else void lookUp(user);
  };
  /** What was chosen to look again goes with the answer; the other button looks up, too. */
  const lookAgain = () => {
    if (shown === null) return;
    button.current?.focus();
    void lookUp(shown.holder.id, shown.holder.signInName);
  };
  return (
    <FormSection title={say("licences.title")}>
      <div className={styles.stack}>
        <form className={styles.form} noValidate onSubmit={submit}>
          <Field className={styles.user} label={say("licences.user")} hint={say("licences.user-hint")} {...(isMissed ? { validationMessage: say("licences.user-needed") } : {})}>
            <Input
              ref={(element: HTMLInputElement | null) => {
                box.current = element;
              }}
              value={text}
              maxLength={LONGEST}
              spellCheck={false}
              autoComplete="off"
              onChange={(_event, data) => {
                setText(data.value);
                setMissed(false);
              }}
            />
          </Field>
          <Button
            ref={(element: HTMLButtonElement | null) => {
              button.current = element;
            }}
            type="submit"
          >
            {say("licences.look-up")}
          </Button>
        </form>
        <WorkHere kinds={WORK} />
        {unanswered !== null && <ErrorBox fault={unanswered.fault} />}
        {shown !== null && (
          <>
            <HeldLicences holder={shown.holder} subscriptions={subscriptions} />
            {shown.awaited && <Awaited onLookAgain={lookAgain} />}
            <LicenceEditor
              key={shown.holder.id}
              storeId={storeId}
              holder={shown.holder}
              subscriptions={subscriptions}
              onChanged={(holder, change) => {
                takeChanged(holder, change);
                onChanged();
              }}
              onLookAgain={lookAgain}
            />
          </>
        )}
      </div>
    </FormSection>
  );
}
