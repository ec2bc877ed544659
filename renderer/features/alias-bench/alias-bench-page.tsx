/** A regular expression against many aliases, without any identity store and without a network. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef, type FormEvent } from "react";
import { useStore } from "zustand";
import { navigation, refine } from "../../stores/navigation.ts";
import { patternErrorText } from "../../text/pattern-error.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { bringIntoSight } from "../../ui/bring-into-sight.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { AliasField } from "./alias-field.tsx";
import { Answer } from "./answer.tsx";
import { aliasBenchState, cancelValidation, fillIn, validate, valuesOfPreset } from "./bench-state.ts";
import { isProblem } from "./outcome.ts";
import { RuleFields } from "./rule-fields.tsx";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "980px" },
  bar: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "10px" },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** What a screen reader hears when the answer is there. */
function announcement(): string {
  const { answered } = aliasBenchState.getState();
  if (answered === null) return "";
  const { verdicts, patternError } = answered.answer;
  if (patternError !== null) return `${say("alias-bench.pattern-error")} ${patternErrorText(answered.question.pattern, patternError)}`;
  return say("alias-bench.announce", { count: verdicts.length, problems: verdicts.filter(isProblem).length });
}

/** Begins with the preset that the address names, once: what is typed afterwards stays. */
function usePresetOfAddress(): void {
  const preset = useStore(navigation, ({ route }) => (route.page === "alias-bench" ? route.preset : undefined));
  useEffect(() => {
    if (preset === undefined) return;
    fillIn(valuesOfPreset(preset));
    refine({ page: "alias-bench" });
  }, [preset]);
}

export function AliasBenchPage() {
  const styles = useStyles();
  const { asking, fault, answered, form } = useStore(aliasBenchState);
  const frame = useRef<HTMLFormElement | null>(null);
  const below = useRef<HTMLDivElement | null>(null);

  const run = async () => {
    const [first] = Object.keys(await validate());
    const field = first === undefined ? null : frame.current?.elements.namedItem(first);
    if (field instanceof HTMLElement) {
      field.focus();
      return;
    }
    announce(announcement());
    requestAnimationFrame(() => bringIntoSight(below.current));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run();
  };
  useShortcut("Control+Enter", () => void run());
  usePresetOfAddress();

  return (
    <>
      <PageHeader title={say("alias-bench.title")} intro={say("alias-bench.intro")} />
      <div className={styles.stack}>
        <form ref={frame} className={styles.stack} noValidate onSubmit={submit}>
          <RuleFields />
          <FormSection title={say("alias-bench.section-aliases")}>
            <AliasField />
          </FormSection>
          <div className={styles.bar}>
            <Button type="submit" appearance="primary">
              {say("alias-bench.validate")}
            </Button>
            <span className={styles.hint}>{say("alias-bench.validate-hint")}</span>
          </div>
        </form>
        {asking !== null && <DelayedLoading label={say("alias-bench.validating", { count: form.aliases.split("\n").length })} onCancel={cancelValidation} />}
        <div ref={below}>
          {fault !== null && <ErrorBox fault={fault} />}
          {answered !== null && <Answer question={answered.question} answer={answered.answer} />}
        </div>
      </div>
    </>
  );
}
