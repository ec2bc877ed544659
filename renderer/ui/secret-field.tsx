/**
 * A secret: whether it is set and since when, never what it is. A new value is typed into an empty box and leaves this
 * component only through `onReplace`.
 */
import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { SecretState } from "../../shared/model/secret.ts";
import { formatDate } from "../text/format.ts";
import { say } from "../text/text.ts";
import { usePastedPassword } from "./typed.ts";

const useStyles = makeStyles({
  row: { margin: "0", padding: "0", border: "none", minWidth: "0", display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  // As tall as an entry: a fieldset does not centre its content in a height of its own.
  state: { color: tokens.colorNeutralForeground1, lineHeight: "32px" },
  unreadable: { color: tokens.colorPaletteRedForeground1, lineHeight: "32px" },
  box: { flexGrow: 1, minWidth: "180px" },
});

interface SecretFieldProps {
  readonly label: string;
  readonly state: SecretState;
  readonly required?: boolean;
  readonly hint?: string;
  readonly problem?: string;
  readonly disabled?: boolean;
  /** While nothing is set the box is open from the start, and leaving it takes what was typed. */
  readonly direct?: boolean;
  readonly onReplace: (value: string) => void;
  readonly onClear: () => void;
}

export function secretSentence(state: SecretState): string {
  return state.state === "set" ? say("secret.set", { date: formatDate(state.at) }) : say(`secret.${state.state}`);
}

export function SecretField({ label, state, required = false, hint, problem, disabled = false, direct = false, onReplace, onClear }: SecretFieldProps) {
  const styles = useStyles();
  const [opened, setEditing] = useState(false);
  const straight = direct && state.state === "not-set";
  const editing = opened || straight;
  const [typed, setTyped] = useState("");
  const pastedPassword = usePastedPassword();
  const box = useRef<HTMLInputElement | null>(null);
  const opener = useRef<HTMLButtonElement | null>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (opened) box.current?.focus();
    else if (wasEditing.current) opener.current?.focus();
    wasEditing.current = opened;
  }, [opened]);
  const takenByKey = useRef(false);
  useEffect(() => {
    if (!straight && takenByKey.current) opener.current?.focus();
    takenByKey.current = false;
  }, [straight]);

  const finish = (take: boolean) => {
    if (take && typed !== "") onReplace(typed);
    setTyped("");
    setEditing(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    takenByKey.current = straight && event.key === "Enter" && typed !== "";
    finish(event.key === "Enter");
  };
  const isSet = state.state !== "not-set";
  const message = problem === undefined ? {} : { validationMessage: problem, validationState: "error" as const };

  return (
    <Field label={label} required={required} {...(hint === undefined ? {} : { hint })} {...message}>
      {/* What is wrong is told with the control that mends it; a group is not read when the focus comes straight into it. */}
      {({ "aria-describedby": describedBy, "aria-invalid": invalid }) => (
        <fieldset className={styles.row} aria-label={label}>
          {editing ? (
            <>
              <Input
                className={styles.box}
                ref={(element: HTMLInputElement | null) => {
                  box.current = element;
                }}
                type="password"
                disabled={disabled}
                autoComplete="new-password"
                aria-label={straight ? label : say("secret.new", { label })}
                aria-describedby={describedBy}
                aria-invalid={invalid}
                aria-required={required}
                value={typed}
                onChange={(_event, data) => setTyped(data.value)}
                onKeyDown={onKeyDown}
                onPaste={pastedPassword}
                {...(straight ? { onBlur: () => finish(true) } : {})}
              />
              {!straight && (
                <>
                  <Button size="small" disabledFocusable={typed === ""} onClick={() => finish(true)}>
                    {say("secret.take")}
                  </Button>
                  <Button size="small" appearance="subtle" onClick={() => finish(false)}>
                    {say("ui.cancel")}
                  </Button>
                </>
              )}
            </>
          ) : (
            <>
              <span className={state.state === "unreadable" ? styles.unreadable : styles.state}>{secretSentence(state)}</span>
              <Button
                ref={(element: HTMLButtonElement | null) => {
                  opener.current = element;
                }}
                size="small"
                disabled={disabled}
                aria-label={say(isSet ? "secret.replace-of" : "secret.enter-of", { label })}
                aria-describedby={describedBy}
                onClick={() => setEditing(true)}
              >
                {say(isSet ? "secret.replace" : "secret.enter")}
              </Button>
              {isSet && (
                <Button size="small" appearance="subtle" disabled={disabled} aria-label={say("secret.clear-of", { label })} onClick={onClear}>
                  {say("secret.clear")}
                </Button>
              )}
            </>
          )}
        </fieldset>
      )}
    </Field>
  );
}
