/** A certificate file: chosen here, read in main, described by what is public in it. */
import { Button, Field, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Spinner, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled, WarningFilled } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Fault, Result } from "../../../../shared/fault.ts";
import type { HeldFile } from "../../../../shared/contract/certificates.ts";
import type { CertificateState, FieldDescriptor } from "../../../../shared/model/messaging.ts";
import { ask } from "../../../host/ask.ts";
import { client } from "../../../host/client.ts";
import { session } from "../../../stores/session.ts";
import { explain } from "../../../text/fault.ts";
import { formatDate } from "../../../text/format.ts";
import type { FieldWords } from "../../../text/provider.ts";
import { say } from "../../../text/text.ts";
import { daysUntil } from "../../../ui/moment.ts";
import { useNow } from "../../../ui/use-now.ts";
import { pickFile } from "../../identity-stores/pick-file.ts";
import { fieldFrame } from "./plain-field.tsx";

type CertificateDescriptor = Extract<FieldDescriptor, { kind: "certificate" }>;

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", minHeight: "32px" },
  box: { margin: "0", padding: "0", border: "none", minWidth: "0" },
  summary: { display: "flex", alignItems: "flex-start", gap: "6px", marginTop: "2px" },
  icon: { display: "flex", paddingTop: "3px" },
  fine: { color: tokens.colorPaletteGreenForeground1 },
  warning: { color: tokens.colorPaletteDarkOrangeForeground1 },
  name: { overflowWrap: "anywhere" },
});

/** The certificate in one line: its name, key and end. */
function Summary({ certificate }: { readonly certificate: CertificateState }) {
  const styles = useStyles();
  const now = useNow();
  if (certificate.state === "not-set") return null;
  const bad = (text: string) => (
    <div className={styles.summary}>
      <span className={mergeClasses(styles.icon, styles.warning)}>
        <WarningFilled aria-hidden="true" />
      </span>
      <span>{text}</span>
    </div>
  );
  if (certificate.state === "unreadable") return bad(say("messaging-system.certificate-unreadable"));
  const { summary } = certificate;
  if (summary === null) return bad(say("messaging-system.certificate-closed"));
  const subject = /(?:^|,)\s*CN=((?:\\.|[^,])+)/i.exec(summary.subject)?.[1] ?? summary.subject;
  const facts = { subject, key: summary.keyType, date: formatDate(summary.notAfter), days: daysUntil(summary.notAfter, now) };
  if (summary.notAfter <= now) return bad(say("messaging-system.certificate-expired", facts));
  return (
    <div className={styles.summary}>
      <span className={mergeClasses(styles.icon, styles.fine)}>
        <CheckmarkCircleFilled aria-hidden="true" />
      </span>
      <span>{say("messaging-system.certificate-summary", facts)}</span>
    </div>
  );
}

/** Files of the practice organisation that fit the field, held by name. */
function PracticeFiles({ extensions, onHeld }: { readonly extensions: readonly string[]; readonly onHeld: (file: Result<HeldFile>) => void }) {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    void ask(() => client().practice.facts()).then((facts) => facts.ok && setNames(facts.value.files.map((file) => file.name)));
  }, []);
  const fitting = names.filter((name) => extensions.some((extension) => name.toLowerCase().endsWith(`.${extension.replace(/^\./, "")}`)));
  if (fitting.length === 0) return null;
  return (
    <Menu>
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
  readonly onFile: (file: string | null) => Promise<Result<null>>;
}

export function CertificateField({ field, words, certificate, problem, onFile }: CertificateFieldProps) {
  const styles = useStyles();
  const practice = useStore(session, (state) => state.hello?.practice ?? false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const extensions = field.extensions.map((extension) => `.${extension.replace(/^\./, "")}`);

  const take = async (file: string | null) => {
    setBusy(true);
    const result = await onFile(file);
    setFault(result.ok ? null : result.fault);
    setBusy(false);
  };
  const held = (result: Result<HeldFile | null>) => {
    if (!result.ok) setFault(result.fault);
    else if (result.value !== null) void take(result.value.file);
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
          disabled={busy}
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
          <Button size="small" appearance="subtle" aria-label={say("messaging-system.clear-of", { label: words.label })} onClick={() => void take(null)}>
            {say("messaging-system.clear")}
          </Button>
        )}
        </div>
        <Summary certificate={certificate} />
      </fieldset>
    </Field>
  );
}
