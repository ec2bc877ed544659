/** One mail object from its fields through the plan to what came of it. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import type { MailOffer, MailPlan } from "../../../shared/model/mail-plan.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import type { Route } from "../../stores/routes.ts";
import { entrySentence, journalStateText, requestName } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { useBoundResult } from "../../ui/bound-result.ts";
import { bringIntoSight } from "../bring-into-sight.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { fillIn, needsPassword, objectForms, requestOf, type ObjectForm } from "./form-state.ts";
import { ObjectFields } from "./object-fields.tsx";
import { KnownPassword } from "./known-password.tsx";
import { PlanCard, triedServers } from "./plan-card.tsx";
import { Rehearse } from "./rehearse.tsx";
import { NextButton, RunCard } from "./run-card.tsx";
import { applyObject, forgetRun, objectRuns } from "./runs.ts";
import { proposeNow, useCheck, useProposal } from "./use-plan.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
  bar: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "10px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface ObjectEditorProps {
  readonly storeId: string;
  readonly formKey: string;
  readonly form: ObjectForm;
  readonly offer: MailOffer;
  readonly title: string;
  readonly route: Route;
  /** After a result: what this form is to hold next. */
  readonly onNext: () => void;
}

/** The first box that something is wrong with. */
function focusProblem(frame: HTMLFormElement | null, issues: readonly { readonly path: readonly (string | number)[] }[], password: boolean): void {
  const names = [...issues.map(({ path }) => String(path[0] ?? "")), ...(password ? ["password"] : [])];
  const box = names.map((name) => frame?.elements.namedItem(name)).find((element) => element instanceof HTMLElement);
  if (box instanceof HTMLElement) box.focus();
}

/** A user that is in the directory has its first password; a cloud does not say under which name it made one. */
const isUserThere = (entry: JournalEntry | null): boolean => entry !== null && entry.state !== "undone" && (entry.object !== null || entry.state === "done");

export function ObjectEditor({ storeId, formKey, form, offer, title, route, onNext }: ObjectEditorProps) {
  const styles = useStyles();
  const request = requestOf(form, offer.containers);
  const wanted = JSON.stringify(request);
  const run = useStore(objectRuns, ({ runs }) => runs.get(formKey));
  useProposal(storeId, formKey, form);
  const check = useCheck(storeId, request);
  const planned = useBoundResult<MailPlan>([wanted]);
  const [asked, setAsked] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [confirming, setConfirming] = useState(false);
  const frame = useRef<HTMLFormElement | null>(null);
  const below = useRef<HTMLDivElement | null>(null);
  const missesPassword = needsPassword(request) && form.password === "";

  const plan = useDeed(async () => {
    setAsked(true);
    setFault(null);
    // What was typed just before is in the store sooner than in this drawing of it.
    await proposeNow(storeId, formKey, objectForms.getState().forms.get(formKey) ?? form);
    const asks = requestOf(objectForms.getState().forms.get(formKey) ?? form, offer.containers);
    const answer = await ask(() => client().mailObjects.plan({ storeId, request: asks, ask: true }));
    if (!answer.ok) {
      setFault(answer.fault);
      return;
    }
    if (answer.value.issues.length > 0 || missesPassword) focusProblem(frame.current, answer.value.issues, missesPassword);
    planned.take(answer.value, [JSON.stringify(asks)]);
    announce(say(answer.value.issues.length > 0 ? "mail-objects.plan-issues" : "mail-objects.plan-announce"));
    bringIntoSight(below);
  });
  const apply = useDeed(async () => {
    setConfirming(false);
    const result = await applyObject(formKey, route, storeId, request, needsPassword(request) ? form.password : null);
    planned.clear();
    setAsked(false);
    if (result.ok) announce(`${journalStateText(result.value.state)}. ${entrySentence(result.value)}`, result.value.state === "done" ? "polite" : "assertive");
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void plan();
  };
  const next = () => {
    forgetRun(formKey);
    setAsked(false);
    setFault(null);
    onNext();
  };
  const running = run !== undefined;
  useEffect(() => {
    if (running) bringIntoSight(below);
  }, [running]);
  const ready = planned.current !== null && planned.current.issues.length === 0 && !missesPassword;
  return (
    <div className={styles.stack}>
      {run === undefined && (
        <form ref={frame} className={styles.stack} noValidate onSubmit={submit}>
          <FormSection title={title}>
            <ObjectFields storeId={storeId} formKey={formKey} form={form} offer={offer} request={request} check={check} asked={asked} />
          </FormSection>
          <div className={styles.bar}>
            <Button type="submit" appearance={ready ? "secondary" : "primary"}>
              {say("mail-objects.show-plan")}
            </Button>
            <span className={styles.quiet}>{say("mail-objects.plan-hint")}</span>
          </div>
        </form>
      )}
      <div ref={below} className={styles.stack}>
        {fault !== null && <ErrorBox fault={fault} />}
        {run === undefined && planned.current !== null && (
          <PlanCard plan={planned.current}>
            {triedServers(planned.current).length > 0 && <Rehearse storeId={storeId} request={request} servers={triedServers(planned.current)} />}
            <div className={styles.bar}>
              <Button appearance="primary" disabledFocusable={!ready} onClick={() => (form.action === "disable" ? setConfirming(true) : void apply())}>
                {say(`mail-objects.apply-${form.action}`)}
              </Button>
            </div>
          </PlanCard>
        )}
        {/* The password that was sent last is the one that a user was made with. */}
        {run !== undefined && (
          <RunCard runKey={formKey} run={run} route={route} onPassword={(password) => fillIn(formKey, { password })}>
            {needsPassword(run.request) && isUserThere(run.entry) && form.password !== "" && <KnownPassword password={form.password} />}
            <NextButton onNext={next} />
          </RunCard>
        )}
      </div>
      <ConfirmDialog
        open={confirming}
        title={say("mail-objects.disable-title", { name: requestName(request) })}
        confirmLabel={say("mail-objects.apply-disable")}
        onAnswer={(confirmed) => (confirmed ? void apply() : setConfirming(false))}
      >
        {say("mail-objects.disable-text")}
      </ConfirmDialog>
    </div>
  );
}
