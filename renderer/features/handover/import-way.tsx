/** Taking identity stores from a file: the file, its passphrase, what importing would do, and what came of it. */
import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import { DocumentRegular } from "@fluentui/react-icons";
import { useRef } from "react";
import { useStore } from "zustand";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { Result } from "../../../shared/fault.ts";
import { FILE_LIMITS } from "../../../shared/rules/file-limits.ts";
import { formatSize } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { bringIntoSight } from "../bring-into-sight.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDroppedFile } from "../certificate-bench/use-dropped-file.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { pickFile } from "../identity-stores/pick-file.ts";
import { WorkHere } from "../running-work/work-here.tsx";
import { ImportResult } from "./import-result.tsx";
import { ImportReview } from "./import-review.tsx";
import { BUNDLE_FILES, OpenForm, wantsPassphrase } from "./open-form.tsx";
import { OwnKeySection } from "./own-key-section.tsx";
import { imports, openBundle, removeBundle, sendBundle, takeBundle } from "./import-state.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  hint: { color: tokens.colorNeutralForeground2 },
  file: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", minWidth: "0", overflowWrap: "anywhere" },
});

function Chosen({ file, busy, onRemove }: { readonly file: HeldFile; readonly busy: boolean; readonly onRemove: () => void }) {
  const styles = useStyles();
  return (
    <div className={styles.file}>
      <DocumentRegular aria-hidden="true" fontSize={20} />
      <span>
        {file.name} <span className={styles.hint}>{formatSize(file.size)}</span>
      </span>
      <Button size="small" disabledFocusable={busy} aria-label={say("handover.remove-of", { name: file.name })} onClick={onRemove}>
        {say("handover.remove")}
      </Button>
    </div>
  );
}

/** What was stopped halfway may have been done in part. */
function Stopped() {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>{say("handover.import-cancelled")}</MessageBarBody>
    </MessageBar>
  );
}

export function ImportWay() {
  const styles = useStyles();
  const { file, bundle, busy, fault, outcome } = useStore(imports);
  const choose = useRef<HTMLButtonElement | null>(null);
  const below = useRef<HTMLDivElement | null>(null);
  const applying = busy === "applying";
  const show = () => bringIntoSight(below);
  const take = (held: Result<HeldFile | null>) => void takeBundle(held);
  const over = useDroppedFile((dropped) => {
    if (!applying) void sendBundle(dropped).then(take);
  });
  const remove = () => {
    choose.current?.focus();
    removeBundle();
  };
  return (
    <div className={styles.stack}>
      <FormSection title={say("handover.section-file")}>
        {file !== null && <Chosen file={file} busy={applying} onRemove={remove} />}
        <div className={styles.row}>
          <Button
            ref={(element: HTMLButtonElement | null) => {
              choose.current = element;
            }}
            disabledFocusable={applying}
            onClick={() => void pickFile("handover", BUNDLE_FILES, sendBundle).then(take)}
          >
            {say("handover.choose")}
          </Button>
          <span className={styles.hint}>{over ? say("handover.drop-now") : say("handover.file-hint", { most: formatSize(FILE_LIMITS.handover) })}</span>
        </div>
        {file !== null && <OpenForm key={file.file} disabled={busy !== null} fault={fault} open={openBundle} onOpened={show} />}
      </FormSection>
      <WorkHere />
      {fault !== null && fault.kind === "cancelled" && <Stopped />}
      {fault !== null && fault.kind !== "cancelled" && !wantsPassphrase(fault) && <ErrorBox fault={fault} />}
      <div ref={below} className={styles.stack}>
        {bundle !== null && <ImportReview key={bundle.bundle} bundle={bundle} onDone={show} />}
        {outcome !== null && <ImportResult outcome={outcome} />}
        <OwnKeySection />
      </div>
    </div>
  );
}
