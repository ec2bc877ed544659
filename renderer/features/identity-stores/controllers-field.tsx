/** Domain controllers: found through DNS at every connection, or a list of one's own, which DNS can fill. */
import { Button, Field, Radio, RadioGroup, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { Controller, useWatch } from "react-hook-form";
import { succeed, type Result } from "../../../shared/result.ts";
import { formatHost } from "../../../shared/rules/host-name.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { useBoundResult } from "../../ui/bound-result.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { dnsServerOf } from "./form-model.ts";
import { FormText } from "./form-text.tsx";
import type { Form } from "./use-directory-form.ts";

const LDAP_PORT = 389;
/** What decides which controllers DNS lists. */
const LOOKED_UP_BY = ["domain", "dnsServer"] as const;

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  found: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

export function ControllersField({ form, storeId }: { readonly form: Form; readonly storeId: string | null }) {
  const styles = useStyles();
  const from = useWatch({ control: form.control, name: "controllersFrom" });
  const isHeld = useWatch({ control: form.control, name: "prepareOnly" });
  const [finding, setFinding] = useState(false);
  const asked = useBoundResult<Result<readonly string[]>>(useWatch({ control: form.control, name: LOOKED_UP_BY }));
  const found = asked.current?.ok === true ? asked.current.value : null;
  const search = useRef<AbortController | null>(null);

  const find = async () => {
    if (!(await form.trigger(["domain", "dnsServer"], { shouldFocus: true }))) return;
    const values = form.getValues();
    const connection = { id: storeId, domain: values.domain, dnsServer: dnsServerOf(values) };
    const { signal } = (search.current = new AbortController());
    const of = form.getValues(LOOKED_UP_BY);
    setFinding(true);
    asked.clear();
    const result = await ask(
      () => client().stores.findControllers(connection, { signal }),
      signal,
    );
    setFinding(false);
    const hosts = result.ok ? succeed(result.value.map(({ host, port }) => formatHost({ host, port: port === LDAP_PORT ? null : port }))) : result;
    asked.take(hosts, of);
  };
  const use = () => {
    form.setValue("controllersFrom", "typed", { shouldDirty: true });
    form.setValue("controllers", (found ?? []).join("\n"), { shouldDirty: true, shouldValidate: true });
  };

  return (
    <div className={styles.root}>
      <Controller
        control={form.control}
        name="controllersFrom"
        render={({ field }) => (
          <Field label={say("identity-stores.controllers")}>
            <RadioGroup layout="horizontal" value={field.value} onChange={(_event, data) => field.onChange(data.value)}>
              <Radio value="dns" label={say("identity-stores.controllers-dns")} />
              <Radio value="typed" label={say("identity-stores.controllers-typed")} />
            </RadioGroup>
          </Field>
        )}
      />
      {from === "typed" && (
        <FormText
          form={form}
          name="controllers"
          kind="lines"
          label={say("identity-stores.controllers-typed-label")}
          required
          hint={say("identity-stores.controllers-typed-hint")}
        />
      )}
      <div className={styles.row}>
        {finding ? (
          <>
            <Spinner size="tiny" label={say("identity-stores.controllers-finding")} />
            <Button size="small" onClick={() => search.current?.abort()}>
              {say("ui.cancel")}
            </Button>
          </>
        ) : (
          <Button size="small" icon={<SearchRegular />} disabledFocusable={isHeld} onClick={() => void find()}>
            {say("identity-stores.controllers-find")}
          </Button>
        )}
        {isHeld && <span>{say("identity-stores.prepare-only-nobody")}</span>}
        {found !== null && (
          <>
            <output className={styles.found}>{say("identity-stores.controllers-found", { list: found.join(", ") })}</output>
            <Button size="small" appearance="subtle" onClick={use}>
              {say("identity-stores.controllers-use")}
            </Button>
          </>
        )}
      </div>
      {asked.current?.ok === false && <ErrorBox fault={asked.current.fault} />}
    </div>
  );
}
