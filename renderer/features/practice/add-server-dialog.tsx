/** Name and version of a mail server to add to the practice organisation. */
import { Field, Input, Radio, RadioGroup, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { say } from "../../text/text.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";

const versions = ["2013", "2016", "2019", "se"] as const;

const useStyles = makeStyles({ fields: { display: "flex", flexDirection: "column", gap: "12px" } });

interface AddServerDialogProps {
  readonly open: boolean;
  /** `name version`, as the practice organisation's verb takes it; null when cancelled. */
  readonly onAnswer: (argument: string | null) => void;
}

export function AddServerDialog({ open, onAnswer }: AddServerDialogProps) {
  const styles = useStyles();
  const [name, setName] = useState("");
  const [version, setVersion] = useState("2013");
  const answer = (confirmed: boolean) => {
    onAnswer(confirmed ? `${name.trim()} ${version}` : null);
    setName("");
  };
  return (
    <ConfirmDialog
      open={open}
      field
      title={say("practice.add-title")}
      confirmLabel={say("practice.add-confirm")}
      confirmDisabled={!/^[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/i.test(name.trim())}
      onAnswer={answer}
    >
      <div className={styles.fields}>
        <Field label={say("practice.add-name")} required>
          <Input value={name} maxLength={15} placeholder="EXE" onChange={(_event, data) => setName(data.value)} />
        </Field>
        <Field label={say("practice.add-version")}>
          <RadioGroup layout="horizontal" value={version} onChange={(_event, data) => setVersion(data.value)}>
            {versions.map((id) => (
              <Radio key={id} value={id} label={say(`practice.version-${id}`)} />
            ))}
          </RadioGroup>
        </Field>
      </div>
    </ConfirmDialog>
  );
}
