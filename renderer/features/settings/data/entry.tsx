/** One line of the form for a team's database. */
import { Field, Input } from "@fluentui/react-components";
import type { FocusEvent } from "react";
import type { TypedFormat } from "../../../../shared/rules/typed-value.ts";
import { typedBox, usePastedPassword } from "../../../ui/typed.ts";
import type { TeamFormState } from "./use-team-form.ts";

interface EntryProps {
  readonly team: TeamFormState;
  readonly name: "host" | "port" | "database" | "user" | "password" | "filePassword";
  readonly label: string;
  readonly hint?: string;
  readonly maxLength: number;
  /** How it is read; a password is taken as it is typed. */
  readonly format: TypedFormat | "password";
}

export function Entry({ team, name, label, hint, maxLength, format }: EntryProps) {
  const pastedPassword = usePastedPassword();
  const problem = team.problem(name);
  const change = (value: string) => team.change({ [name]: value });
  const box = format === "password" ? null : typedBox(format, change);
  const leave = (event: FocusEvent<HTMLInputElement>) => {
    box?.onBlur(event);
    team.leave(name);
  };
  return (
    <Field
      label={label}
      required={format !== "password"}
      {...(hint === undefined ? {} : { hint })}
      {...(problem === undefined ? {} : { validationMessage: problem, validationState: "error" })}
    >
      <Input
        ref={team.hold(name)}
        name={name}
        value={team.form[name]}
        type={format === "password" ? "password" : "text"}
        maxLength={maxLength}
        autoComplete={format === "password" ? "new-password" : "off"}
        spellCheck={false}
        onChange={(_event, data) => change(data.value)}
        onBlur={leave}
        onPaste={box?.onPaste ?? pastedPassword}
      />
    </Field>
  );
}
