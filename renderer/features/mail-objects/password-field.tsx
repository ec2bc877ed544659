/** A new user's first password: typed, or generated here. It can be shown and copied until the next object. */
import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { usePastedPassword } from "../../ui/typed.ts";
import { firstPassword } from "./first-password.ts";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
});

interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly problem: string | null;
  readonly required: boolean;
  readonly disabled?: boolean;
  readonly onValue: (password: string) => void;
}

export function PasswordField({ label, value, problem, required, disabled = false, onValue }: PasswordFieldProps) {
  const styles = useStyles();
  const [shown, setShown] = useState(false);
  const pasted = usePastedPassword();
  const generate = () => {
    onValue(firstPassword());
    setShown(true);
    announce(say("mail-objects.password-generated"));
  };
  return (
    <>
      <Field label={label} required={required} hint={say("mail-objects.password-hint")} {...(problem === null ? {} : { validationMessage: problem, validationState: "error" })}>
        <Input
          name="password"
          type={shown ? "text" : "password"}
          disabled={disabled}
          autoComplete="new-password"
          spellCheck={false}
          maxLength={256}
          value={value}
          onChange={(_event, data) => onValue(data.value)}
          onPaste={pasted}
        />
      </Field>
      <div className={styles.row}>
        <Button size="small" disabledFocusable={disabled} onClick={generate}>
          {say("mail-objects.password-generate")}
        </Button>
        <Button size="small" disabledFocusable={value === ""} aria-pressed={shown} onClick={() => setShown(!shown)}>
          {say(shown ? "mail-objects.password-hide" : "mail-objects.password-show")}
        </Button>
        {value !== "" && <CopyButton text={value} label={say("mail-objects.password-copy")} />}
      </div>
    </>
  );
}
