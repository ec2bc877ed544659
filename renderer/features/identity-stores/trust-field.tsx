/** Which certificates to trust: the system's, an authority's from a file, or one that was looked at. */
import { Field, Radio, RadioGroup, makeStyles } from "@fluentui/react-components";
import { Controller, useWatch } from "react-hook-form";
import { say } from "../../text/text.ts";
import { AuthorityFile } from "./authority-file.tsx";
import { OptionLabel } from "./option-label.tsx";
import { PinnedCertificate } from "./pinned-certificate.tsx";
import type { Form } from "./use-directory-form.ts";

const MODES = ["system", "authority-file", "pinned"] as const;

const useStyles = makeStyles({ more: { paddingLeft: "32px" } });

export function TrustField({ form, storeId }: { readonly form: Form; readonly storeId: string | null }) {
  const styles = useStyles();
  const mode = useWatch({ control: form.control, name: "trustMode" });
  return (
    <>
      <Controller
        control={form.control}
        name="trustMode"
        render={({ field }) => (
          <Field label={say("identity-stores.trust")}>
            <RadioGroup value={field.value} onChange={(_event, data) => field.onChange(data.value)}>
              {MODES.map((option) => (
                <Radio key={option} value={option} label={<OptionLabel name={say(`identity-stores.trust-${option}`)} hint={say(`identity-stores.trust-${option}-hint`)} />} />
              ))}
            </RadioGroup>
          </Field>
        )}
      />
      {mode === "authority-file" && (
        <div className={styles.more}>
          <AuthorityFile form={form} />
        </div>
      )}
      {mode === "pinned" && (
        <div className={styles.more}>
          <PinnedCertificate form={form} storeId={storeId} />
        </div>
      )}
    </>
  );
}
