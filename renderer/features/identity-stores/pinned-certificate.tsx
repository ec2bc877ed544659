/** Shows the certificate a domain controller presents, and takes its fingerprint once the person accepts it. */
import { Button, Field, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import { Fragment, useState } from "react";
import { Controller, useWatch } from "react-hook-form";
import type { PresentedCertificate } from "../../../shared/contract/stores.ts";
import { fail, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { findingWords } from "../../text/finding.ts";
import { formatDate } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { useBoundResult } from "../../ui/bound-result.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { controllersOf, dnsServerOf, type DirectoryForm } from "./form-model.ts";
import { problemProps, type Form } from "./use-directory-form.ts";

/** What decides who presents a certificate. */
const PRESENTED_BY = ["domain", "controllersFrom", "controllers", "dnsServer", "security"] as const;

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", margin: "0", padding: "0", border: "none" },
  card: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    padding: "10px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  title: { margin: "0", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  facts: { margin: "0", display: "grid", gridTemplateColumns: "90px 1fr", rowGap: "4px", columnGap: "12px" },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: "0", overflowWrap: "anywhere" },
  fingerprint: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  note: { margin: "0", color: tokens.colorNeutralForeground2 },
});

/** `3F:A2:…`, as certificate tools print it. */
export function readableFingerprint(sha256: string): string {
  return sha256.toUpperCase().match(/../g)?.join(":") ?? "";
}

/** Breaks between bytes only. */
function Fingerprint({ sha256 }: { readonly sha256: string }) {
  const styles = useStyles();
  const bytes = readableFingerprint(sha256).split(":");
  return (
    <span className={styles.fingerprint}>
      {bytes.map((byte, index) => (
        <Fragment key={index}>
          {index === 0 ? byte : `:${byte}`}
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}

/** The certificate of the first typed controller, or of the first one that DNS lists. */
async function fetchCertificate(id: string | null, form: DirectoryForm): Promise<Result<PresentedCertificate>> {
  const { domain } = form;
  const dnsServer = dnsServerOf(form);
  let host = form.controllersFrom === "typed" ? controllersOf(form.controllers)[0] : undefined;
  if (host === undefined) {
    const controllers = await ask(() => client().stores.findControllers({ id, domain, dnsServer }));
    if (!controllers.ok) return controllers;
    host = controllers.value[0]?.host;
  }
  if (host === undefined) return fail({ kind: "unreachable", rung: "dns", reason: "no-records", host: domain });
  const request = { id, host, domain, dnsServer, security: form.security };
  return ask(() => client().stores.presentedCertificate(request));
}

function Certificate({ certificate, onAccept }: { readonly certificate: PresentedCertificate; readonly onAccept: () => void }) {
  const styles = useStyles();
  const rows = [
    ...(certificate.subject === null ? [] : [[say("identity-stores.pin-subject"), certificate.subject] as const]),
    ...(certificate.names.length === 0 ? [] : [[say("identity-stores.pin-names"), certificate.names.join(", ")] as const]),
    [say("identity-stores.pin-issuer"), certificate.issuer ?? say("identity-stores.pin-unnamed")],
    [say("identity-stores.pin-valid"), say("identity-stores.pin-dates", { from: formatDate(certificate.notBefore), to: formatDate(certificate.notAfter) })],
  ] as const;
  return (
    <div className={styles.card}>
      <h3 className={styles.title}>{say("identity-stores.pin-of", { host: certificate.host })}</h3>
      <dl className={styles.facts}>
        {rows.map(([term, value]) => (
          <Fragment key={term}>
            <dt className={styles.term}>{term}</dt>
            <dd className={styles.value}>{value}</dd>
          </Fragment>
        ))}
        <dt className={styles.term}>{say("identity-stores.pin-fingerprint")}</dt>
        <dd className={styles.value}>
          <Fingerprint sha256={certificate.sha256} />
        </dd>
      </dl>
      <p className={styles.note}>
        {certificate.problem === null ? say("identity-stores.pin-already-trusted") : say("identity-stores.pin-problem", { problem: findingWords(certificate.problem) })}
      </p>
      <div>
        <Button size="small" appearance="primary" onClick={onAccept}>
          {say("identity-stores.pin-accept")}
        </Button>
      </div>
    </div>
  );
}

export function PinnedCertificate({ form, storeId }: { readonly form: Form; readonly storeId: string | null }) {
  const styles = useStyles();
  const accepted = useWatch({ control: form.control, name: "pinnedSha256" });
  const isHeld = useWatch({ control: form.control, name: "prepareOnly" });
  const [fetching, setFetching] = useState(false);
  const input = useWatch({ control: form.control, name: PRESENTED_BY });
  // One that another host presented is not to be trusted for this one.
  const presented = useBoundResult<Result<PresentedCertificate>>(input);

  const show = async () => {
    if (!(await form.trigger(["domain", "dnsServer", "controllers"], { shouldFocus: true }))) return;
    setFetching(true);
    presented.clear();
    const of = form.getValues(PRESENTED_BY);
    presented.take(await fetchCertificate(storeId, form.getValues()), of);
    setFetching(false);
  };
  const accept = (sha256: string) => {
    form.setValue("pinnedSha256", sha256, { shouldDirty: true, shouldValidate: true });
    presented.clear();
  };
  const shown = presented.current;

  return (
    <div className={styles.root}>
      <Field {...(accepted === "" ? {} : { label: say("identity-stores.pin-accepted") })} {...problemProps(form, "pinnedSha256")}>
        <fieldset className={styles.row} aria-label={say("identity-stores.trust-pinned")}>
          {accepted === "" ? (
            <span>{say("identity-stores.pin-none")}</span>
          ) : (
            <Fingerprint sha256={accepted} />
          )}
          <Controller
            control={form.control}
            name="pinnedSha256"
            render={({ field }) => (
              <Button ref={field.ref} size="small" disabledFocusable={fetching || isHeld} onClick={() => void show()}>
                {say("identity-stores.pin-show")}
              </Button>
            )}
          />
          {isHeld && <span>{say("identity-stores.prepare-only-nobody")}</span>}
          {fetching && <Spinner size="tiny" label={say("identity-stores.pin-showing")} />}
        </fieldset>
      </Field>
      {shown?.ok === true && <Certificate certificate={shown.value} onAccept={() => accept(shown.value.sha256)} />}
      {shown?.ok === false && <ErrorBox fault={shown.fault} />}
    </div>
  );
}
