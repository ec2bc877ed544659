/** The first configuration in four steps, with the same parts as the flat form. Going back loses nothing. */
import { Button, MessageBar, MessageBarBody, Text, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Result } from "../../../shared/fault.ts";
import type { Review } from "../../../shared/model/draft.ts";
import type { Editor } from "../../stores/editor.ts";
import { currentDescriptor, currentForm } from "../../stores/editor-model.ts";
import { navigate } from "../../stores/navigation.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { ConnectionSection } from "./connection-section.tsx";
import { leaveBox } from "./flat-form.tsx";
import { Footer } from "./footer.tsx";
import { focusFirstProblem } from "./problems.ts";
import { ProviderPicker } from "./provider-picker.tsx";
import { ReviewContent } from "./review-content.tsx";
import { useSaveFlow } from "./save-flow.tsx";
import { ServerSection } from "./server-section.tsx";
import { StepList, STEPS, type Step } from "./step-list.tsx";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", flexGrow: 1, gap: "12px" },
  step: { display: "flex", flexDirection: "column", gap: "12px", outlineStyle: "none" },
  hint: { maxWidth: "70ch" },
});

/** Until the step with the fields is on the screen, in milliseconds. */
const FOCUS_AFTER_MS = 50;

interface WizardProps {
  readonly editor: Editor;
  readonly status: ServerStatusStore;
  readonly onFinishLater: () => void;
}

function ReviewStep({ editor, onInvalid }: { readonly editor: Editor; readonly onInvalid: () => void }) {
  const [result, setResult] = useState<Result<Review> | null>(null);
  const form = useStore(editor.state, currentForm);
  const descriptor = useStore(editor.state, currentDescriptor);
  const invalid = useRef(onInvalid);
  useEffect(() => {
    let gone = false;
    void editor.review().then((answer) => {
      if (gone) return;
      setResult(answer);
      if (!answer.ok && answer.fault.kind === "invalid") invalid.current();
    });
    return () => {
      gone = true;
    };
  }, [editor]);
  return (
    <FormSection title={say("messaging-system.step-review")}>
      {result === null && <DelayedLoading label={say("messaging-system.review-loading")} />}
      {result?.ok === true && form !== null && descriptor !== null && (
        <ReviewContent review={result.value} tested={form.tested} descriptor={descriptor} />
      )}
      {result?.ok === false && <ErrorBox fault={result.fault} />}
    </FormSection>
  );
}

export function Wizard({ editor, status, onFinishLater }: WizardProps) {
  const styles = useStyles();
  const [step, setStep] = useState<Step>("provider");
  const descriptor = useStore(editor.state, currentDescriptor);
  const flow = useSaveFlow(editor);
  const place = STEPS.indexOf(step);
  const top = useRef<HTMLElement>(null);

  const go = (next: Step) => {
    setStep(next);
    requestAnimationFrame(() => top.current?.focus());
  };
  const backToFields = () => {
    setStep("connection");
    const { issues } = editor.state.getState();
    if (descriptor !== null) setTimeout(() => focusFirstProblem(descriptor, issues), FOCUS_AFTER_MS);
  };

  const next = STEPS[place + 1];
  const before = STEPS[place - 1];
  useShortcut("Control+S", () => {
    leaveBox();
    if (descriptor !== null) go("review");
  });

  return (
    <div className={styles.form}>
      <StepList current={step} reachable={descriptor !== null} onGo={go} />
      <section ref={top} tabIndex={-1} aria-label={say("messaging-system.step-of", { step: place + 1, steps: STEPS.length })} className={styles.step}>
        {step === "provider" && (
          <FormSection title={say("messaging-system.step-provider")}>
            <Text className={styles.hint}>{say("messaging-system.provider-hint")}</Text>
            <ProviderPicker editor={editor} />
          </FormSection>
        )}
        {step === "connection" && descriptor !== null && <ConnectionSection key={descriptor.id} editor={editor} descriptor={descriptor} />}
        {step === "servers" && descriptor !== null && (
          <>
            {descriptor.servers === "none" && (
              <MessageBar intent="info">
                <MessageBarBody>{say("messaging-system.step-servers-none")}</MessageBarBody>
              </MessageBar>
            )}
            <ServerSection editor={editor} status={status} descriptor={descriptor} />
          </>
        )}
        {step === "review" && <ReviewStep editor={editor} onInvalid={backToFields} />}
      </section>
      <Footer editor={editor}>
        <Button appearance="subtle" onClick={() => void editor.flush().then(onFinishLater).then(() => navigate({ page: "stores" }))}>
          {say("messaging-system.finish-later")}
        </Button>
        {before !== undefined && <Button onClick={() => go(before)}>{say("messaging-system.back")}</Button>}
        {next !== undefined && (
          <Button appearance="primary" disabledFocusable={descriptor === null} onClick={() => go(next)}>
            {say("messaging-system.next")}
          </Button>
        )}
        {next === undefined && (
          <Button appearance="primary" disabledFocusable={flow.busy} onClick={() => void flow.save()}>
            {say("messaging-system.save")}
          </Button>
        )}
      </Footer>
      {flow.dialogs}
    </div>
  );
}
