/** A mail server by its name: for what no list holds, and where none is to be had. */
import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { hostIssue } from "../../../shared/rules/connection.ts";
import { parseServerName } from "../../../shared/rules/named-server.ts";
import { explainIssue } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { typedBox } from "../../ui/typed.ts";

const useStyles = makeStyles({
  row: { display: "flex", alignItems: "flex-start", gap: "8px", flexWrap: "wrap" },
  field: { flexGrow: 1, maxWidth: "420px", minWidth: "220px" },
  button: { marginTop: "26px" },
});

interface NameServerProps {
  readonly disabled: boolean;
  /** Answers whether it was news: a server that is ticked already is none. */
  readonly onName: (name: string) => boolean;
}

export function NameServer({ disabled, onName }: NameServerProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const enter = (text: string) => {
    setTyped(text);
    setProblem(null);
  };
  const name = () => {
    const read = parseServerName(typed);
    if (!read.ok) setProblem(explainIssue(hostIssue(["name"], read)));
    else if (onName(read.value)) enter("");
    else setProblem(say("messaging-system.server-there", { server: read.value }));
  };
  const complaint = problem === null ? {} : { validationMessage: problem, validationState: "error" as const };
  return (
    <div className={styles.row}>
      <Field className={styles.field} label={say("messaging-system.server-label")} hint={say("messaging-system.server-hint")} {...complaint}>
        <Input value={typed} disabled={disabled} placeholder="exa.contoso.lab" {...typedBox("dns-name", enter)} onChange={(_event, data) => enter(data.value)} onKeyDown={(event) => event.key === "Enter" && name()} />
      </Field>
      <Button className={styles.button} icon={<AddRegular />} disabledFocusable={disabled} onClick={name}>
        {say("messaging-system.server-add")}
      </Button>
    </div>
  );
}
