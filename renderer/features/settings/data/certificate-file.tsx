/** The client certificate of a sign-in: a PFX or P12 file, chosen or dropped onto the window. Main holds it. */
import { Button, Field, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { HeldFile } from "../../../../shared/contract/files.ts";
import type { Fault, Result } from "../../../../shared/fault.ts";
import { holdFile } from "../../../host/send-file.ts";
import { formatSize } from "../../../text/format.ts";
import { say } from "../../../text/text.ts";
import { ErrorBox } from "../../../ui/error-box.tsx";
import { useDroppedFile } from "../../certificate-bench/use-dropped-file.ts";
import { pickFile } from "../../identity-stores/pick-file.ts";
import { Entry } from "./entry.tsx";
import type { TeamFormState } from "./use-team-form.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "10px", minWidth: "0" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", margin: "0", padding: "0", border: "none", minWidth: "0" },
  name: { overflowWrap: "anywhere", minWidth: "0" },
  over: { outline: `2px dashed ${tokens.colorCompoundBrandStroke}`, outlineOffset: "4px", borderRadius: tokens.borderRadiusMedium },
});

export function CertificateFile({ team }: { readonly team: TeamFormState }) {
  const styles = useStyles();
  const [fault, setFault] = useState<Fault | null>(null);
  const { file } = team.form;
  const problem = team.problem("file");
  const take = (held: Result<HeldFile | null>) => {
    setFault(held.ok ? null : held.fault);
    if (held.ok && held.value !== null) team.change({ file: held.value, filePassword: "" });
  };
  const over = useDroppedFile((dropped) => void holdFile(dropped, "certificate").then(take));
  return (
    <div className={mergeClasses(styles.root, over && styles.over)}>
      <Field label={say("data.file")} hint={say("data.file-hint")} {...(problem === undefined ? {} : { validationMessage: problem, validationState: "error" })}>
        <fieldset className={styles.row} aria-label={say("data.file")}>
          <Button ref={team.hold("file")} size="small" onClick={() => void pickFile("certificate", ".pfx,.p12").then(take)}>
            {say("data.file-choose")}
          </Button>
          <span className={styles.name}>{file === null ? say("data.file-none") : say("data.file-chosen", { name: file.name, size: formatSize(file.size) })}</span>
        </fieldset>
      </Field>
      {fault !== null && <ErrorBox fault={fault} />}
      <Entry team={team} name="filePassword" label={say("data.file-password")} maxLength={1024} format="password" />
    </div>
  );
}
