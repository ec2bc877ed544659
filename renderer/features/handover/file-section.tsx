/** A part of the page that makes files of the ticked identity stores and hands them to the downloads. */
import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Fault, Result } from "../../../shared/fault.ts";
import { announce } from "../../ui/announce.ts";
import { download } from "../../ui/download.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  quiet: { margin: "0", color: tokens.colorNeutralForeground2 },
});

export interface MadeFile {
  readonly name: string;
  readonly content: string;
  /** A media type, such as `text/html`. */
  readonly type: string;
  /** What it leaves out, a sentence each; said beside it for as long as the page shows it. */
  readonly omissions?: readonly string[];
}

/** What a button makes. */
export interface FileOffer {
  readonly label: string;
  readonly make: () => Promise<Result<MadeFile>>;
}

interface FileSectionProps {
  readonly title: string;
  readonly hint: string;
  /** What is said when a file was saved. */
  readonly saved: string;
  readonly disabled: boolean;
  readonly offers: readonly FileOffer[];
}

export function FileSection({ title, hint, saved, disabled, offers }: FileSectionProps) {
  const styles = useStyles();
  const [fault, setFault] = useState<Fault | null>(null);
  const [omissions, setOmissions] = useState<readonly string[]>([]);
  const [working, setWorking] = useState(false);
  const save = useDeed(async ({ make }: FileOffer) => {
    if (disabled) return;
    setWorking(true);
    const made = await make();
    setWorking(false);
    setFault(made.ok ? null : made.fault);
    setOmissions(made.ok ? (made.value.omissions ?? []) : []);
    if (!made.ok) return;
    download(made.value.name, made.value.content, `${made.value.type};charset=utf-8`);
    announce([saved, ...(made.value.omissions ?? [])].join(" "));
  });
  return (
    <FormSection title={title}>
      <p className={styles.quiet}>{hint}</p>
      <div className={styles.row}>
        {offers.map((offer) => (
          <Button key={offer.label} disabledFocusable={disabled || working} onClick={() => void save(offer)}>
            {offer.label}
          </Button>
        ))}
      </div>
      {omissions.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{omissions.join(" ")}</MessageBarBody>
        </MessageBar>
      )}
      {fault !== null && <ErrorBox fault={fault} />}
    </FormSection>
  );
}
