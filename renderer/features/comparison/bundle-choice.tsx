/** A handed-over file as a side: chosen, and opened with its passphrase. */
import { Button, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { OpenedBundle } from "../../../shared/contract/handover.ts";
import type { Fault } from "../../../shared/fault.ts";
import { fail, type Result } from "../../../shared/result.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { BundleWork, releaseBundle, releaseFile, type BundleBusy } from "../handover/bundle-work.ts";
import { BUNDLE_FILES, OpenForm, wantsPassphrase } from "../handover/open-form.tsx";
import { pickFile } from "../identity-stores/pick-file.ts";
import type { OpenFile } from "./sides.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "10px" },
});

function releaseOpen({ file, bundle }: OpenFile): void {
  releaseFile(file);
  releaseBundle(bundle);
}

interface BundleChoiceProps {
  readonly storeId: string;
  readonly disabled: boolean;
  readonly onOpened: (open: OpenFile) => void;
}

/** A file is given back when another one is taken, what was opened when another one is, and both when the page is left. */
export function BundleChoice({ storeId, disabled, onOpened }: BundleChoiceProps) {
  const styles = useStyles();
  const [file, setFile] = useState<HeldFile | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState<BundleBusy | null>(null);
  const [work] = useState(() => new BundleWork({ page: "store", id: storeId, section: "compare" }, setBusy));
  /** What main holds for this page. */
  const held = useRef<{ file: HeldFile | null; open: OpenFile | null; left: boolean }>({ file: null, open: null, left: false });
  useEffect(() => {
    const { current } = held;
    current.left = false;
    return () => {
      current.left = true;
      work.stop();
      if (current.file !== null) releaseFile(current.file);
      if (current.open !== null) releaseOpen(current.open);
      current.file = current.open = null;
    };
  }, [work]);
  const choose = useDeed(async () => {
    const picked = await pickFile("handover", BUNDLE_FILES, (chosen) => work.send(chosen));
    if (!picked.ok) {
      setFault(picked.fault.kind === "cancelled" ? null : picked.fault);
      return;
    }
    const { current } = held;
    if (picked.value === null) return;
    if (current.left) {
      releaseFile(picked.value);
      return;
    }
    if (current.file !== null) releaseFile(current.file);
    current.file = picked.value;
    setFault(null);
    setFile(picked.value);
  });
  const open = async (passphrase: string | null): Promise<Result<OpenedBundle>> => {
    if (file === null) return fail({ kind: "cancelled" });
    const answer = await work.open(file, passphrase);
    setFault(answer.ok || answer.fault.kind === "cancelled" ? null : answer.fault);
    if (answer.ok) {
      const { current } = held;
      if (current.open !== null) releaseOpen(current.open);
      current.open = { file, bundle: answer.value };
      current.file = null;
      onOpened(current.open);
    }
    return answer;
  };
  const opening = busy !== null;
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
