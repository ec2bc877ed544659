/** Giving and taking: what is ticked, what that comes to, and the button that does it. What was ticked stays until it is done. */
import { Button, Field, Input, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { LicenceChange, LicenceHolder } from "../../../shared/model/licence.ts";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { directLicences, isNothing, planLicences, usageLocationOf } from "../../../shared/rules/licence-plan.ts";
import { inOrder } from "../../../shared/rules/subscription.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { LicenceChoice } from "./licence-choice.tsx";
import { ChangeList, LicencePlanCard, MailboxWarning } from "./licence-plan-card.tsx";
import { useLicenceChange } from "./use-licence-change.ts";
import { holderName, isPerhapsDone, needsNewLook } from "./words.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "10px" },
  title: { margin: "0", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  location: { maxWidth: "320px" },
});

function Failure({ fault, onLookAgain }: { readonly fault: Fault; readonly onLookAgain: () => void }) {
  const words = isPerhapsDone(fault) ? say("licences.perhaps-done") : null;
  useAnnounced(words, "assertive");
  return (
    <>
      {needsNewLook(fault) ? (
        <ErrorBox fault={fault}>
          <Button size="small" onClick={onLookAgain}>
            {say("licences.look-up-again")}
          </Button>
        </ErrorBox>
      ) : (
        <ErrorBox fault={fault} />
      )}
      {words !== null && <Text>{words}</Text>}
    </>
  );
}

interface LicenceEditorProps {
  readonly storeId: string;
  readonly holder: LicenceHolder;
  readonly subscriptions: readonly Subscription[];
  readonly onChanged: (holder: LicenceHolder, change: LicenceChange) => void;
  readonly onLookAgain: () => void;
}

/** Of one user: another one begins with another editor. */
export function LicenceEditor({ storeId, holder, subscriptions, onChanged, onLookAgain }: LicenceEditorProps) {
  const styles = useStyles();
  const planId = useId();
  /** Only what the person decided: the rest is as the user has it, whatever a new look shows. */
  const [ticks, setTicks] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [typed, setTyped] = useState<string | null>(null);
  const [asks, setAsks] = useState(false);
  const { running, fault, forget, apply } = useLicenceChange(storeId, holder, (changed, change) => {
    setTicks(new Map());
    setTyped(null);
    onChanged(changed, change);
  });
  const name = holderName(holder);
  const offered = useMemo(() => inOrder(subscriptions).filter(({ isForUsers }) => isForUsers), [subscriptions]);
  const direct = directLicences(holder);
  const isTicked = (id: string) => ticks.get(id) ?? direct.includes(id);
  const text = typed ?? holder.usageLocation ?? "";
  const usageLocation = usageLocationOf(text);
  const isRefused = text.trim() !== "" && usageLocation === null;
  const ids = offered.map(({ id }) => id);
  const plan = planLicences(holder, subscriptions, { give: ids.filter(isTicked), take: ids.filter((id) => !isTicked(id) && direct.includes(id)), usageLocation });
  const { change } = plan;
  const ready = !running && !isRefused && plan.issues.length === 0 && !isNothing(change);
  const button = useRef<HTMLButtonElement | null>(null);
  const isCancelled = fault?.kind === "cancelled";
  useEffect(() => {
    // The button that cancelled goes with the work.
    if (isCancelled && document.activeElement === document.body) button.current?.focus();
  }, [isCancelled]);
  const begin = () => {
    if (!ready) return;
    if (change.take.length > 0) setAsks(true);
    else void apply(change);
  };
  const answer = (confirmed: boolean) => {
    setAsks(false);
    if (confirmed && ready) void apply(change);
  };
  return (
    <div className={styles.stack}>
      <h3 className={styles.title}>{say("licences.change-title")}</h3>
      <Text className={styles.quiet}>{say("licences.change-hint")}</Text>
      <LicenceChoice holder={holder} offered={offered} disabled={running} isTicked={isTicked} onTick={(id, ticked) => setTicks((before) => new Map(before).set(id, ticked))} />
      <Field
        className={styles.location}
        label={say("licences.location-label")}
        hint={say("licences.location-hint")}
        required={change.give.length > 0 && holder.usageLocation === null}
        {...(isRefused ? { validationMessage: say("licences.location-refused") } : {})}
      >
        <Input value={text} maxLength={20} readOnly={running} spellCheck={false} autoComplete="off" onChange={(_event, data) => setTyped(data.value)} />
      </Field>
      <LicencePlanCard id={planId} plan={plan} name={name} subscriptions={subscriptions} />
      {fault !== null && (
        <Failure
          fault={fault}
          onLookAgain={() => {
            forget();
            onLookAgain();
          }}
        />
      )}
      <div>
        <Button
          ref={(element: HTMLButtonElement | null) => {
            button.current = element;
          }}
          appearance="primary"
          aria-describedby={planId}
          disabledFocusable={!ready}
          onClick={begin}
        >
          {say("licences.change")}
        </Button>
      </div>
      <ConfirmDialog open={asks} title={say("licences.ask-title", { name })} confirmLabel={say("licences.change")} onAnswer={answer}>
        <Text>{say("licences.ask-text")}</Text>
        <ChangeList change={{ give: [], take: change.take, usageLocation: null }} subscriptions={subscriptions} />
        {(change.give.length > 0 || change.usageLocation !== null) && (
          <>
            <Text>{say("licences.ask-also")}</Text>
            <ChangeList change={{ ...change, take: [] }} subscriptions={subscriptions} />
          </>
        )}
        {plan.losesMailbox && <MailboxWarning name={name} />}
      </ConfirmDialog>
    </div>
  );
}
