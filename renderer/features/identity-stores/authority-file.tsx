/** An authority's certificate out of a file the person chooses. */
import { Button, Field, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { Controller, useWatch } from "react-hook-form";
import type { Fault } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { pickFile } from "./pick-file.ts";
import { problemProps, type Form } from "./use-directory-form.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", margin: "0", padding: "0", border: "none" },
});

export function AuthorityFile({ form }: { readonly form: Form }) {
  const styles = useStyles();
  const name = useWatch({ control: form.control, name: "authorityName" });
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
    form.setValue("authorityPem", text.value, { shouldDirty: true });
    form.setValue("authorityName", fileName, { shouldDirty: true, shouldValidate: true });
  };

  return (
    <div className={styles.root}>
      <Field {...problemProps(form, "authorityName")}>
        <fieldset className={styles.row} aria-label={say("identity-stores.trust-authority-file")}>
          <Controller
            control={form.control}
            name="authorityName"
            render={({ field }) => (
              <Button ref={field.ref} size="small" onClick={() => void pick()}>
                {say("identity-stores.authority-choose")}
              </Button>
            )}
          />
          <span>{name === "" ? say("identity-stores.authority-none") : name}</span>
        </fieldset>
      </Field>
      {fault !== null && <ErrorBox fault={fault} />}
    </div>
  );
}
