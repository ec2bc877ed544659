/** An authority's certificate out of a file the person chooses. It is public: its text stands in the form. */
import { Button, Field, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { pickFile } from "./pick-file.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", margin: "0", padding: "0", border: "none" },
});

interface AuthorityChoiceProps {
  /** The chosen file's; empty while there is none. */
  readonly name: string;
  readonly problem: string | undefined;
  /** Hears of the button, for the focus. */
  readonly button: (element: HTMLButtonElement | null) => void;
  readonly onChosen: (file: { readonly name: string; readonly pem: string }) => void;
}

export function AuthorityChoice({ name, problem, button, onChosen }: AuthorityChoiceProps) {
  const styles = useStyles();
  const [fault, setFault] = useState<Fault | null>(null);

  const pick = async () => {
    const held = await pickFile("authority", ".pem,.crt,.cer");
    setFault(held.ok ? null : held.fault);
    if (!held.ok || held.value === null) return;
    const { file, name: fileName } = held.value;
    const text = await ask(() => client().files.readText({ file }));
    if (!text.ok) {
      setFault(text.fault);
      return;
    }
    if (!text.value.includes("-----BEGIN CERTIFICATE-----")) {
      setFault({ kind: "unreadable", what: "no-certificate", detail: fileName });
      return;
    }
    onChosen({ name: fileName, pem: text.value });
  };

  return (
    <div className={styles.root}>
      <Field {...(problem === undefined ? {} : { validationMessage: problem, validationState: "error" })}>
        <fieldset className={styles.row} aria-label={say("identity-stores.trust-authority-file")}>
          <Button ref={button} size="small" onClick={() => void pick()}>
            {say("identity-stores.authority-choose")}
          </Button>
          <span>{name === "" ? say("identity-stores.authority-none") : name}</span>
        </fieldset>
      </Field>
      {fault !== null && <ErrorBox fault={fault} />}
    </div>
  );
}
