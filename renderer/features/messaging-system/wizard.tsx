/** The first configuration in four steps, with the same parts as the flat form. Going back loses nothing. */
import { Button, MessageBar, MessageBarBody, Text, makeStyles } from "@fluentui/react-components";
import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Editor } from "../../stores/editor.ts";
import { currentDescriptor } from "../../stores/editor-model.ts";
import { navigate } from "../../stores/navigation.ts";
import type { Route } from "../../stores/routes.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { say } from "../../text/text.ts";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { ConnectionSection } from "./connection-section.tsx";
import { leaveBox } from "./flat-form.tsx";
import { Footer } from "./footer.tsx";
import { focusPlace } from "./problems.ts";
import { ProviderPicker } from "./provider-picker.tsx";
import { ReviewStep } from "./review-step.tsx";
import { useSaveFlow } from "./save-flow.tsx";
import { ServerSection } from "./server-section.tsx";
import { StepList, STEPS, type Step } from "./step-list.tsx";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", flexGrow: 1, gap: "12px" },
  step: { display: "flex", flexDirection: "column", gap: "12px", outlineStyle: "none" },
  hint: { maxWidth: "70ch" },
});

interface WizardProps {
  readonly editor: Editor;
  readonly status: ServerStatusStore;
  /** Where finishing later leads. */
  readonly home: Route;
  readonly onFinishLater: () => void;
}

export function Wizard({ editor, status, home, onFinishLater }: WizardProps) {
  const styles = useStyles();
  const [step, setStep] = useState<Step>("provider");
  const descriptor = useStore(editor.state, currentDescriptor);
  const place = STEPS.indexOf(step);
  const top = useRef<HTMLElement>(null);
  // Where the focus goes once the step is on the screen; null is its beginning.
  const [target, setTarget] = useState<{ readonly place: string | null } | null>(null);
  useEffect(() => {
    if (target === null) return;
    if (target.place === null) top.current?.focus();
    else focusPlace(target.place);
  }, [target]);

  const go = (to: Step, field: string | null = null) => {
    if (step !== "review") editor.tell(step);
    setStep(to);
    setTarget({ place: field });
  };
  const toProblems = useCallback(() => focusPlace("review"), []);
  const flow = useSaveFlow(editor, toProblems);

  const next = STEPS[place + 1];
  const before = STEPS[place - 1];
  useShortcut("Control+S", () => {
    leaveBox();
    if (descriptor !== null) go("review");
  });

  return (
    <div className={styles.form}>
      <StepList editor={editor} current={step} onGo={go} />
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
        {step === "review" && <ReviewStep editor={editor} onGo={({ part, place: field }) => go(part, field)} />}
      </section>
      <Footer editor={editor}>
        <Button appearance="subtle" onClick={() => void editor.flush().then(onFinishLater).then(() => navigate(home))}>
          {say("messaging-system.finish-later")}
        </Button>
        {/* Each step has buttons of its own, so that a second click means none of another step's. */}
        {before !== undefined && (
          <Button key={`${step} back`} onClick={() => go(before)}>
            {say("messaging-system.back")}
          </Button>
        )}
        {next !== undefined && (
          <Button key={`${step} next`} appearance="primary" disabledFocusable={descriptor === null} onClick={() => go(next)}>
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
