/** Climbs the directory's ladder with what the form says now, rung by rung. */
import { Button, MessageBar, MessageBarBody, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import { PlugConnectedRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useWatch } from "react-hook-form";
import type { RungResult } from "../../../shared/model/mail-server.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
import { withRung } from "../../../shared/rules/ladder.ts";
import { client } from "../../host/client.ts";
import { runWork } from "../../stores/work.ts";
import { explainIssue } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { useBoundResult } from "../../ui/bound-result.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { RungList } from "../servers/rung-list.tsx";
import { connectionOf, passwordOf, type FieldName } from "./form-model.ts";
import { FormSection } from "./form-section.tsx";
import { MISSING_FOR_TEST, type Form } from "./use-directory-form.ts";

const NEEDED: FieldName[] = ["domain", "controllers", "dnsServer", "authorityName", "pinnedSha256", "tenant"];
/** What a store may be saved without, but not tested without. */
const ACCOUNT = ["username", "password"] as const;

/** What a test depends on. */
const TESTED = ["domain", "controllersFrom", "controllers", "dnsServer", "username", "password", "passwordCleared", "security", "trustMode", "authorityPem", "pinnedSha256"] as const;

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
  const [running, setRunning] = useState(false);
  const [rungs, setRungs] = useState<readonly RungResult[]>([]);
  const input = useWatch({ control: form.control, name: TESTED });
  const [trying, setTrying] = useState<string | null>(null);
  const tested = useBoundResult<Result<null> | "running">(input);
  const result = tested.result === "running" ? null : tested.result;
  const work = useRef<AbortController | null>(null);
  useEffect(() => () => work.current?.abort(), []);

  const run = useDeed(async () => {
    if (!(await form.trigger(NEEDED, { shouldFocus: true }))) return;
    const values = form.getValues();
    const { signal } = (work.current = new AbortController());
    form.clearErrors(ACCOUNT);
    setRunning(true);
    setRungs([]);
    setTrying(null);
    const of = form.getValues(TESTED);
    tested.take("running", of);
    const answer = await runWork(
      (abort) => client().stores.test({ id: storeId, connection: connectionOf(values), password: passwordOf(values) }, { signal: abort }),
      ({ step, detail, rung }) => {
        if (step === "trying-controller") setTrying(detail);
        if (rung !== null) setRungs((before) => withRung(before, rung));
      },
      signal,
    );
    setRunning(false);
    tested.take(answer, of);
    if (answer.ok) announce(say("ui.test-passed"));
    if (!answer.ok) markAccount(form, answer.fault);
  });

  return (
    <FormSection title={say("identity-stores.test")}>
      <div className={styles.row}>
        {/* Stays in its place while it runs: a second press must not meet the button that stops the test. */}
        <Button icon={<PlugConnectedRegular />} disabledFocusable={running} onClick={() => void run()}>
          {say(result === null ? "identity-stores.test" : "identity-stores.test-again")}
        </Button>
        {running && (
          <>
            <Spinner size="tiny" label={trying === null ? say("identity-stores.test-running") : say("servers.trying-controller", { host: trying })} />
            <Button size="small" onClick={() => work.current?.abort()}>
              {say("ui.cancel")}
            </Button>
          </>
        )}
        {result === null && !running && <span className={styles.hint}>{say("identity-stores.test-hint")}</span>}
      </div>
      {tested.outdated && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say("identity-stores.test-outdated")}</MessageBarBody>
        </MessageBar>
      )}
      <div aria-live="polite">
        {rungs.length > 0 && <RungList rungs={rungs} />}
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
