/** Climbs the directory's ladder with what the form says now, rung by rung. */
import { Button, MessageBar, MessageBarBody, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import { PlugConnectedRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useWatch } from "react-hook-form";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import { explainIssue } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { RungList } from "../servers/rung-list.tsx";
import { directoryTests, testDirectory, testOf } from "./directory-test.ts";
import { connectionOf, passwordOf, type FieldName } from "./form-model.ts";
import { FormSection } from "./form-section.tsx";
import { MISSING_FOR_TEST, type Form } from "./use-directory-form.ts";

const NEEDED: FieldName[] = ["domain", "controllers", "dnsServer", "authorityName", "pinnedSha256", "tenant"];
/** What a store may be saved without, but not tested without. */
const ACCOUNT = ["username", "password"] as const;

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 12px" },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** Marks what is to be entered, or entered again, and goes to the first of it. */
export function markAccount(form: Form, fault: Fault): void {
  if (fault.kind !== "invalid") return;
  let first = true;
  for (const name of ACCOUNT) {
    const issue = fault.issues.find(({ path }) => path.at(-1) === name);
    if (issue === undefined) continue;
    form.setError(name, { type: MISSING_FOR_TEST, message: explainIssue(issue) }, { shouldFocus: first });
    first = false;
  }
}

interface TestPanelProps {
  readonly form: Form;
  /** The store whose password is used while none was typed; null for a new one. */
  readonly storeId: string | null;
}

export function TestPanel({ form, storeId }: TestPanelProps) {
  const styles = useStyles();
  const test = useStore(directoryTests, (tests) => testOf(tests, storeId));
  /** Whether the password of the last test from this form still stands in it; null to who comes back, whose form has none that was typed. */
  const [sent, setSent] = useState<"stands" | "changed" | null>(null);
  const values = { ...form.getValues(), ...useWatch({ control: form.control }) };
  const password = passwordOf(values);
  useEffect(() => {
    const typing = form.watch((_values, { name }) => {
      if (name === undefined || name === "password" || name === "passwordCleared") setSent((before) => (before === null ? null : "changed"));
    });
    return () => typing.unsubscribe();
  }, [form]);
  const samePassword = sent === null ? password === null && test?.typedPassword === false : sent === "stands";
  const outdated = test !== null && (!samePassword || JSON.stringify(connectionOf(values)) !== JSON.stringify(test.connection));
  const isHeld = values.prepareOnly;
  const running = test !== null && test.result === null;
  const result = outdated ? null : (test?.result ?? null);
  // Of a form that was opened since, nothing old is said.
  const shown = outdated && sent === null && !running ? null : test;

  const run = useDeed(async () => {
    if (!(await form.trigger(NEEDED, { shouldFocus: true }))) return;
    const values = form.getValues();
    form.clearErrors(ACCOUNT);
    setSent("stands");
    const answer = await testDirectory(storeId, connectionOf(values), passwordOf(values));
    if (answer.ok) announce(say("ui.test-passed"));
    if (!answer.ok) markAccount(form, answer.fault);
  });

  return (
    <FormSection title={say("identity-stores.test")}>
      <div className={styles.row}>
        {/* Stays in its place while it runs: a second press must not meet the button that stops the test. */}
        <Button icon={<PlugConnectedRegular />} disabledFocusable={running || isHeld} onClick={() => void run()}>
          {say(result === null ? "identity-stores.test" : "identity-stores.test-again")}
        </Button>
        {running && (
          <>
            <Spinner size="tiny" label={test.trying === null ? say("identity-stores.test-running") : say("servers.trying-controller", { host: test.trying })} />
            <Button size="small" onClick={test.cancel}>
              {say("ui.cancel")}
            </Button>
          </>
        )}
        {result === null && !running && <span className={styles.hint}>{say(isHeld ? "identity-stores.prepare-only-nobody" : "identity-stores.test-hint")}</span>}
      </div>
      {outdated && shown !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say("identity-stores.test-outdated")}</MessageBarBody>
        </MessageBar>
      )}
      <div aria-live="polite">
        {shown !== null && shown.rungs.length > 0 && <RungList rungs={shown.rungs} />}
      </div>
      {result?.ok === true && (
        <MessageBar intent="success">
          <MessageBarBody>{say("identity-stores.test-passed")}</MessageBarBody>
        </MessageBar>
      )}
      {result?.ok === false && <ErrorBox fault={result.fault} />}
    </FormSection>
  );
}
