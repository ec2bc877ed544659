/** The passphrase of a handover file, and the button that opens it. */
import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { useRef, useState, type FormEvent } from "react";
import { PASSPHRASE_MOST, type OpenedBundle } from "../../../shared/contract/handover.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { usePastedPassword } from "../../ui/typed.ts";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "10px" },
});

/** What the browser's dialog offers first. */
export const BUNDLE_FILES = ".age,.json";

export const wantsPassphrase = (fault: Fault): boolean => fault.kind === "invalid" && fault.issues.some(({ path, code }) => path[0] === "passphrase" && code === "required");

interface OpenFormProps {
  readonly disabled: boolean;
  /** Why it was not opened. */
  readonly fault: Fault | null;
  readonly open: (passphrase: string | null) => Promise<Result<OpenedBundle>>;
  readonly onOpened: () => void;
}

/** Drawn anew for each file: a passphrase is of one. */
export function OpenForm({ disabled, fault, open: openFile, onOpened }: OpenFormProps) {
  const styles = useStyles();
  const pasted = usePastedPassword();
  const [passphrase, setPassphrase] = useState("");
  const box = useRef<HTMLInputElement | null>(null);
  const missing = fault !== null && wantsPassphrase(fault) && passphrase === "";
  const open = async (event: FormEvent) => {
    event.preventDefault();
    if (disabled) return;
    const answer = await openFile(passphrase === "" ? null : passphrase);
    if (answer.ok) {
      setPassphrase("");
      announce(say("handover.opened", { count: answer.value.stores.length }));
      onOpened();
    } else if (answer.fault.kind === "wrong-password" || wantsPassphrase(answer.fault)) {
      box.current?.focus();
      box.current?.select();
    }
  };
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void open(event)}>
      <Field
        label={say("handover.open-passphrase")}
        hint={say("handover.open-passphrase-hint")}
        {...(missing ? { validationMessage: say("handover.open-passphrase-required"), validationState: "error" } : {})}
      >
        <Input
          ref={(element: HTMLInputElement | null) => {
            box.current = element;
          }}
          name="open-passphrase"
          type="password"
          autoComplete="off"
          maxLength={PASSPHRASE_MOST}
          value={passphrase}
          onChange={(_event, data) => setPassphrase(data.value)}
          onPaste={pasted}
        />
      </Field>
      <div>
        <Button type="submit" appearance="primary" disabledFocusable={disabled}>
          {say("handover.open")}
        </Button>
      </div>
    </form>
  );
}
