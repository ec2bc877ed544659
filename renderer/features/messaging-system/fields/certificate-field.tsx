/** A certificate file: chosen here, read in main, described by what is public in it. */
import { Button, Field, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Spinner, makeStyles } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Fault, Result } from "../../../../shared/fault.ts";
import type { HeldFile } from "../../../../shared/contract/files.ts";
import type { CertificateState, FieldDescriptor } from "../../../../shared/model/messaging.ts";
import { ask } from "../../../host/ask.ts";
import { client } from "../../../host/client.ts";
import { session } from "../../../stores/session.ts";
import { explain } from "../../../text/fault.ts";
import type { FieldWords } from "../../../text/provider.ts";
import { say } from "../../../text/text.ts";
import { pickFile } from "../../identity-stores/pick-file.ts";
import { CertificateFacts } from "./certificate-facts.tsx";
import { IdentityChoice } from "./identity-choice.tsx";
import { fieldFrame } from "./plain-field.tsx";

type CertificateDescriptor = Extract<FieldDescriptor, { kind: "certificate" }>;

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", minHeight: "32px" },
  box: { margin: "0", padding: "0", border: "none", minWidth: "0" },
  facts: { display: "flex", flexDirection: "column", gap: "4px" },
  name: { overflowWrap: "anywhere" },
});

/** Files of the practice organisation that fit the field, held by name. */
function PracticeFiles({ extensions, onHeld }: { readonly extensions: readonly string[]; readonly onHeld: (file: Result<HeldFile>) => void }) {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    void ask(() => client().practice.facts()).then((facts) => facts.ok && setNames(facts.value.files.map((file) => file.name)));
  }, []);
  const fitting = names.filter((name) => extensions.some((extension) => name.toLowerCase().endsWith(`.${extension.replace(/^\./, "")}`)));
  if (fitting.length === 0) return null;
  return (
    <Menu positioning={{ autoSize: true }}>
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" appearance="subtle">
          {say("messaging-system.practice-file")}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {fitting.map((name) => (
            <MenuItem key={name} onClick={() => void ask(() => client().practice.holdFile({ name })).then(onHeld)}>
              {name}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

interface CertificateFieldProps {
  readonly field: CertificateDescriptor;
  readonly words: FieldWords;
  readonly certificate: CertificateState;
  readonly problem: string | undefined;
  /** Whether a password is at hand; null where the field takes none. */
  readonly hasPassword: boolean | null;
  readonly onFile: (file: string | null) => Promise<Result<null>>;
  readonly onIdentity: (thumbprint: string | null) => Promise<Result<null>>;
}

export function CertificateField({ field, words, certificate, problem, hasPassword, onFile, onIdentity }: CertificateFieldProps) {
  const styles = useStyles();
  const practice = useStore(session, (state) => state.hello?.practice ?? false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const extensions = field.extensions.map((extension) => `.${extension.replace(/^\./, "")}`);

  const settle = async (call: Promise<Result<null>>) => {
    setBusy(true);
    const result = await call;
    setFault(result.ok ? null : result.fault);
    setBusy(false);
  };
  const held = (result: Result<HeldFile | null>) => {
    if (!result.ok) setFault(result.fault);
    else if (result.value !== null) void settle(onFile(result.value.file));
  };
  const refused = fault === null ? problem : `${explain(fault).sentence} ${explain(fault).nextStep}`;
  const frame = fieldFrame(field, words, refused);
  const limit = say("messaging-system.certificate-limit", { extensions: extensions.join(", ") });

  return (
    <Field {...frame} hint={words.hint === null ? limit : `${words.hint} (${limit})`}>
      <fieldset className={styles.box} aria-label={words.label}>
        <div className={styles.row}>
        <Button
          size="small"
          disabledFocusable={busy}
          aria-label={say("messaging-system.choose-file-of", { label: words.label })}
          onClick={() => void pickFile("certificate", extensions.join(",")).then(held)}
        >
          {say("messaging-system.choose-file")}
        </Button>
        {practice && <PracticeFiles extensions={extensions} onHeld={held} />}
        {busy ? (
          <Spinner size="tiny" label={say("messaging-system.certificate-reading")} />
        ) : (
          <span className={styles.name}>{certificate.state === "not-set" ? say("messaging-system.certificate-not-set") : certificate.fileName}</span>
        )}
        {certificate.state !== "not-set" && (
          <Button size="small" appearance="subtle" aria-label={say("messaging-system.clear-of", { label: words.label })} onClick={() => void settle(onFile(null))}>
            {say("messaging-system.clear")}
          </Button>
        )}
        </div>
        <div className={styles.facts} aria-live="polite">
          <CertificateFacts field={field} certificate={certificate} hasPassword={hasPassword} />
        </div>
        {"summary" in certificate && certificate.summary !== null && (
          <IdentityChoice label={words.label} summary={certificate.summary} chosen={certificate.identity} onChoose={(thumbprint) => settle(onIdentity(thumbprint))} />
        )}
      </fieldset>
    </Field>
  );
}
