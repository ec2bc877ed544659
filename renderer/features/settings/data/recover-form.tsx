/** Lets this console in with the recovery key that is on paper. */
import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { useRef, useState, type FormEvent } from "react";
import type { Fault } from "../../../../shared/fault.ts";
import { ask } from "../../../host/ask.ts";
import { client } from "../../../host/client.ts";
import { say } from "../../../text/text.ts";
import { ErrorBox } from "../../../ui/error-box.tsx";
import { useDeed } from "../../../ui/use-deed.ts";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "10px" },
  field: { width: "100%", maxWidth: "560px" },
});

export function RecoverForm() {
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const box = useRef<HTMLInputElement | null>(null);
  const refuse = (sentence: string) => {
    setProblem(sentence);
    box.current?.focus();
  };
  const send = useDeed(async () => {
    const result = await ask(() => client().data.recover({ recoveryKey: typed }));
    if (result.ok) setTyped("");
    else if (result.fault.kind === "invalid") refuse(say("data.recovery-key-wrong"));
    else setFault(result.fault);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFault(null);
    if (typed.trim() === "") refuse(say("issues.required"));
    else void send();
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <Field
        className={styles.field}
        label={say("data.recovery-key")}
        hint={say("data.recovery-key-hint")}
        {...(problem === null ? {} : { validationMessage: problem, validationState: "error" })}
      >
        <Input
          ref={(element: HTMLInputElement | null) => {
            box.current = element;
          }}
          value={typed}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(_event, data) => {
            setTyped(data.value);
            setProblem(null);
            setFault(null);
          }}
        />
      </Field>
      {fault !== null && <ErrorBox fault={fault} />}
      <Button type="submit">{say("data.recover")}</Button>
    </form>
  );
}
