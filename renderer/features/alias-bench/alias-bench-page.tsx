/** A regular expression against many aliases, without any identity store and without a network. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef, type FormEvent } from "react";
import { useStore } from "zustand";
import type { AliasListSummary } from "../../../shared/model/alias-list.ts";
import { navigation, refine } from "../../stores/navigation.ts";
import { formatCount } from "../../text/format.ts";
import { patternErrorText } from "../../text/pattern-error.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { bringIntoSight } from "../bring-into-sight.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { AliasField } from "./alias-field.tsx";
import { Answer } from "./answer.tsx";
import { WorkHere } from "../running-work/work-here.tsx";
import { aliasBenchState, cancelValidation, fillIn, ruleOf, validate, validateList, valuesOfPreset } from "./bench-state.ts";
import { ListAnswer } from "./list-answer.tsx";
import { aliasList, type JudgedFile } from "./list-state.ts";
import { isProblem } from "./outcome.ts";
import type { BenchForm } from "./question.ts";
import { RuleFields } from "./rule-fields.tsx";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "980px" },
  bar: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "10px" },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** What a screen reader hears when the answer is there. */
function announcement(): string {
  const { judged } = aliasList.getState();
  if (judged !== null) return sumInWords(judged.summary);
  const { answered } = aliasBenchState.getState();
  if (answered === null) return "";
  const { verdicts, patternError } = answered.answer;
  if (patternError !== null) return `${say("alias-bench.pattern-error")} ${patternErrorText(answered.question.pattern, patternError)}`;
  return say("alias-bench.announce", { count: verdicts.length, problems: formatCount(verdicts.filter(isProblem).length) });
}

function sumInWords({ names, outcomes, duplicates, patternError }: AliasListSummary): string {
  if (patternError !== null) return say("alias-bench.pattern-error");
  const { fits, partial } = outcomes;
  const facts = { fits, partial, refused: names - fits - partial, duplicates };
  return say("alias-bench.list-announce", { count: names, ...Object.fromEntries(Object.entries(facts).map(([name, number]) => [name, formatCount(number)])) });
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

/** Whether the rule or the column is no longer what a list was judged by. */
function isOutdated({ rule, column }: JudgedFile, columnNow: string, form: BenchForm): boolean {
  const now = ruleOf(form);
  return column !== columnNow || "problems" in now || JSON.stringify(now.rule) !== JSON.stringify(rule);
}

function isOfAnother(asked: BenchForm, now: BenchForm): boolean {
  return asked.pattern !== now.pattern || asked.maximumLength !== now.maximumLength || asked.domain !== now.domain || asked.aliases !== now.aliases;
}

export function AliasBenchPage() {
  const styles = useStyles();
  const { asking, fault, answered, form } = useStore(aliasBenchState);
  const list = useStore(aliasList);
  const frame = useRef<HTMLFormElement | null>(null);
  const below = useRef<HTMLDivElement | null>(null);

  const run = async () => {
    const [first] = Object.keys(await (aliasList.getState().file === null ? validate() : validateList()));
    const field = first === undefined ? null : frame.current?.elements.namedItem(first);
    if (field instanceof HTMLElement) {
      field.focus();
      return;
    }
    announce(announcement());
    bringIntoSight(below);
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
        <WorkHere />
        <div ref={below}>
          {fault !== null && <ErrorBox fault={fault} />}
          {list.fault !== null && <ErrorBox fault={list.fault} />}
          {list.judged !== null && <ListAnswer judged={list.judged} outdated={isOutdated(list.judged, list.column, form)} />}
          {answered !== null && <Answer question={answered.question} answer={answered.answer} outdated={isOfAnother(answered.form, form)} />}
        </div>
      </div>
    </>
  );
}
