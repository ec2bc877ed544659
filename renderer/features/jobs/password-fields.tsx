/** How first passwords of new users come to be. */
import { Checkbox, Field, Radio, RadioGroup } from "@fluentui/react-components";
import { useState } from "react";
import type { Issue } from "../../../shared/fault.ts";
import type { GeneratedPasswords, PasswordPolicy } from "../../../shared/model/password-policy.ts";
import { say } from "../../text/text.ts";
import { OptionLabel } from "../identity-stores/option-label.tsx";
import { BoxGroup } from "./box-group.tsx";
import { issuesAt } from "./draft-issues.ts";
import { LinesBox, NumberBox, problemOf, TextBox } from "./fields.tsx";
import { CHARACTER_CLASSES } from "./job-choices.ts";

/** As they stand when they are chosen. */
const GENERATED: GeneratedPasswords = { kind: "generated", length: 16, classes: [...CHARACTER_CLASSES], specials: "!#%+-=?@", noLookAlikes: true, recipients: [] };

interface GeneratedFieldsProps {
  readonly policy: GeneratedPasswords;
  readonly issues: readonly Issue[];
  readonly onPolicy: (policy: GeneratedPasswords) => void;
}

function GeneratedFields({ policy, issues, onPolicy }: GeneratedFieldsProps) {
  const { length, classes, specials, noLookAlikes, recipients } = policy;
  return (
    <>
      <NumberBox name="length" label={say("job-editor.password-length")} value={length} empty={0} issues={issuesAt(issues, "password", "length")} onValue={(value) => onPolicy({ ...policy, length: value })} />
      <BoxGroup
        label={say("job-editor.password-classes")}
        of={CHARACTER_CLASSES}
        words={(one) => say(`job-editor.class-${one}`)}
        ticked={classes}
        issues={issuesAt(issues, "password", "classes")}
        onTicked={(ticked) => onPolicy({ ...policy, classes: ticked })}
      />
      {classes.includes("special") && (
        <TextBox name="specials" label={say("job-editor.password-specials")} value={specials} most={40} issues={issuesAt(issues, "password", "specials")} onValue={(value) => onPolicy({ ...policy, specials: value })} />
      )}
      <Checkbox label={say("job-editor.password-look-alikes")} checked={noLookAlikes} onChange={(_event, data) => onPolicy({ ...policy, noLookAlikes: data.checked === true })} />
      <LinesBox
        name="recipients"
        label={say("job-editor.password-recipients")}
        hint={say("job-editor.password-recipients-hint")}
        value={recipients}
        issues={issuesAt(issues, "password", "recipients")}
        onValue={(value) => onPolicy({ ...policy, recipients: value })}
      />
    </>
  );
}

interface PasswordFieldsProps {
  readonly password: PasswordPolicy;
  readonly issues: readonly Issue[];
  readonly onPassword: (password: PasswordPolicy) => void;
}

export function PasswordFields({ password, issues, onPassword }: PasswordFieldsProps) {
  /** What was set up is there again for whoever comes back to it. */
  const [left, setLeft] = useState(GENERATED);
  const choose = (kind: string) => {
    if (password.kind === "generated") setLeft(password);
    onPassword(kind === "generated" ? left : { kind: "typed" });
  };
  return (
    <>
      <Field label={say("job-editor.password")} {...problemOf(issues.filter(({ path }) => path.length === 1))}>
        <RadioGroup value={password.kind} onChange={(_event, data) => choose(data.value)}>
          <Radio value="typed" label={<OptionLabel name={say("job-editor.password-typed")} hint={say("job-editor.password-typed-hint")} />} />
          <Radio value="generated" label={<OptionLabel name={say("job-editor.password-generated")} hint={say("job-editor.password-generated-hint")} />} />
        </RadioGroup>
      </Field>
      {password.kind === "generated" && <GeneratedFields policy={password} issues={issues} onPolicy={onPassword} />}
    </>
  );
}
