/** What an administrator decides: in place of the control that would change it, and all of it on a card. */
import { Field, Input, MessageBar, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import { LockClosedRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import type { Managed, PolicyName } from "../../../shared/model/policy.ts";
import { client } from "../../host/client.ts";
import { managedText, policyProblems, policySourceText, policyTitle, policyValueText } from "../../text/policies.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";
import { Card, Fact, Facts } from "./cards.tsx";

const useStyles = makeStyles({
  value: { maxWidth: "360px" },
  text: { margin: "0", maxWidth: "70ch" },
  policy: { display: "flex", flexDirection: "column", gap: "2px" },
  quiet: { color: tokens.colorNeutralForeground2, maxWidth: "70ch" },
});

/** What is managed here; null until main has said so. It refuses a change meanwhile as it does later. */
export function useManaged(): Managed | null {
  const [managed, setManaged] = useState<Managed | null>(null);
  useEffect(() => {
    let left = false;
    client()
      .app.managed()
      .then(
        (answer) => !left && setManaged(answer),
        // The banner at the top says that main does not answer.
        () => undefined,
      );
    return () => {
      left = true;
    };
  }, []);
  return managed;
}

export function isManaged(managed: Managed | null, policy: PolicyName): managed is Managed {
  return managed?.policies.some(({ name }) => name === policy) === true;
}

/** A setting that cannot be changed here: Tab comes to it, and it says why. */
export function ManagedSetting({ label, value, managed }: { readonly label: string; readonly value: string; readonly managed: Managed }) {
  const styles = useStyles();
  return (
    <Field label={label} hint={managedText(managed)}>
      <Input className={styles.value} readOnly value={value} contentBefore={<LockClosedRegular aria-hidden />} />
    </Field>
  );
}

export function ManagedCard({ managed }: { readonly managed: Managed }) {
  const styles = useStyles();
  const problems = policyProblems(managed);
  useAnnounced(problems.length === 0 ? null : problems.join(" "));
  return (
    <Card title={say("policies.managed")}>
      <p className={styles.text}>{say("policies.intro")}</p>
      {problems.map((problem) => (
        <MessageBar key={problem} intent="warning">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      ))}
      <Facts>
        {managed.policies.map((policy) => (
          <Fact key={policy.name} term={policyTitle(policy.name)}>
            <div className={styles.policy}>
              <span>{`${policyValueText(policy)} (${policySourceText(policy)})`}</span>
              <span className={styles.quiet}>{say(`policies.effect-${policy.name}`)}</span>
            </div>
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}
