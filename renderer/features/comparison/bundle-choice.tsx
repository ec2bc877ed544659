/** A handed-over file as a side: chosen, and opened with its passphrase. */
import { Button, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { OpenedBundle } from "../../../shared/contract/handover.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { runWork } from "../../stores/work.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { BUNDLE_FILES, OpenForm, wantsPassphrase } from "../handover/open-form.tsx";
import { pickFile } from "../identity-stores/pick-file.ts";
import type { OpenFile } from "./sides.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "10px" },
});

const release = ({ file, bundle }: OpenFile) => {
  void ask(() => client().files.release({ file: file.file }));
  void ask(() => client().handover.release({ bundle: bundle.bundle }));
};

interface BundleChoiceProps {
  readonly disabled: boolean;
  readonly onOpened: (open: OpenFile) => void;
}

/** What is opened here is given back when another one is, and when the page is left. */
export function BundleChoice({ disabled, onOpened }: BundleChoiceProps) {
  const styles = useStyles();
  const [file, setFile] = useState<HeldFile | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [opening, setOpening] = useState(false);
  const kept = useRef<OpenFile | null>(null);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => {
      controller.abort();
      if (kept.current !== null) release(kept.current);
      kept.current = null;
    };
  }, []);
  const choose = useDeed(async () => {
    const held = await pickFile("handover", BUNDLE_FILES);
    setFault(held.ok ? null : held.fault);
    if (held.ok && held.value !== null) setFile(held.value);
  });
  const open = async (passphrase: string | null): Promise<Result<OpenedBundle>> => {
    const { signal } = leaving.current ?? new AbortController();
    setOpening(true);
    const answer = await runWork<OpenedBundle>((abort) => client().handover.open({ file: file?.file ?? "", passphrase }, { signal: abort }), () => {}, signal);
    setOpening(false);
    setFault(answer.ok || answer.fault.kind === "cancelled" ? null : answer.fault);
    if (answer.ok && file !== null) {
      if (kept.current !== null) release(kept.current);
      kept.current = { file, bundle: answer.value };
      onOpened(kept.current);
    }
    return answer;
  };
  return (
    <div className={styles.stack}>
      <Button disabledFocusable={disabled || opening} onClick={() => void choose()}>
        {say("comparison.choose-file")}
      </Button>
      {file !== null && (
        <>
          <span>{file.name}</span>
          <OpenForm key={file.file} disabled={disabled || opening} fault={fault} open={open} onOpened={() => setFile(null)} />
        </>
      )}
      {fault !== null && !wantsPassphrase(fault) && <ErrorBox fault={fault} />}
    </div>
  );
}
