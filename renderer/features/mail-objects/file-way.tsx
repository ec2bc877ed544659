/** Many objects from a CSV: the file, its columns, the check of every line, and what came of it. */
import { Button, Field, Textarea, makeStyles, tokens } from "@fluentui/react-components";
import { DocumentTableRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { useStore } from "zustand";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { MailOffer } from "../../../shared/model/mail-plan.ts";
import type { Result } from "../../../shared/result.ts";
import { FILE_LIMITS } from "../../../shared/rules/file-limits.ts";
import type { Route } from "../../stores/routes.ts";
import { formatSize } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDroppedFile } from "../certificate-bench/use-dropped-file.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { pickFile } from "../identity-stores/pick-file.ts";
import { WorkHere } from "../running-work/work-here.tsx";
import { ContainerPicker } from "./container-picker.tsx";
import { FileCheck } from "./file-check.tsx";
import { FileColumns } from "./file-columns.tsx";
import { FileResult } from "./file-result.tsx";
import { changeFile, isBusy, mailFiles, noFile, removeMailFile, sendMailFile, takeMailFile, type MailFile } from "./file-state.ts";
import { announceRead } from "./words.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  hint: { color: tokens.colorNeutralForeground2 },
  wide: { "& .fui-Textarea.fui-Textarea": { maxWidth: "none" } },
  box: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, height: "96px" },
  file: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", minWidth: "0", overflowWrap: "anywhere" },
});

export interface FileWayProps {
  readonly storeId: string;
  readonly offer: MailOffer;
  readonly route: Route;
}

function Pasted({ storeId, route, busy }: Pick<FileWayProps, "storeId" | "route"> & { readonly busy: boolean }) {
  const styles = useStyles();
  const [text, setText] = useState("");
  const take = async () => {
    const sent = await sendMailFile(storeId, route, new File([text], say("mail-file.pasted-name"), { type: "text/csv" }));
    announceRead(await takeMailFile(storeId, route, sent));
    if (sent.ok) setText("");
  };
  return (
    <>
      <Field className={styles.wide} label={say("mail-file.paste")} hint={say("mail-file.paste-hint")}>
        <Textarea name="lines" resize="vertical" textarea={{ className: styles.box, wrap: "off" }} spellCheck={false} value={text} onChange={(_event, data) => setText(data.value)} />
      </Field>
      <div>
        <Button disabledFocusable={busy || text.trim() === ""} onClick={() => void take()}>
          {say("mail-file.paste-take")}
        </Button>
      </div>
    </>
  );
}

interface HeldProps {
  readonly storeId: string;
  readonly file: NonNullable<MailFile["file"]>;
  readonly busy: boolean;
  readonly onRemove: () => void;
}

function Held({ storeId, file, busy, onRemove }: HeldProps) {
  const styles = useStyles();
  const remove = () => {
    onRemove();
    removeMailFile(storeId);
  };
  return (
    <div className={styles.file}>
      <DocumentTableRegular aria-hidden="true" fontSize={20} />
      <span>
        {file.name} <span className={styles.hint}>{formatSize(file.size)}</span>
      </span>
      <Button size="small" disabledFocusable={busy} aria-label={say("mail-file.remove-of", { name: file.name })} onClick={remove}>
        {say("mail-file.remove")}
      </Button>
    </div>
  );
}

export function FileWay({ storeId, offer, route }: FileWayProps) {
  const styles = useStyles();
  const state = useStore(mailFiles, ({ byStore }) => byStore.get(storeId) ?? noFile);
  const choose = useRef<HTMLButtonElement | null>(null);
  const send = (file: File) => sendMailFile(storeId, route, file);
  const busy = isBusy(state);
  const take = async (held: Result<HeldFile | null>) => announceRead(await takeMailFile(storeId, route, held));
  const over = useDroppedFile((dropped) => {
    if (!busy) void send(dropped).then(take);
  });
  return (
    <div className={styles.stack}>
      <FormSection title={say("mail-file.section-file")}>
        {state.file === null ? <Pasted storeId={storeId} route={route} busy={busy} /> : <Held storeId={storeId} file={state.file} busy={busy} onRemove={() => choose.current?.focus()} />}
        <div className={styles.row}>
          <Button
            ref={(element: HTMLButtonElement | null) => {
              choose.current = element;
            }}
            disabledFocusable={busy}
            onClick={() => void pickFile("mail-objects", ".csv,.tsv,.txt", send).then(take)}
          >
            {say("mail-file.choose")}
          </Button>
          <span className={styles.hint}>{over ? say("mail-file.drop-now") : say("mail-file.hint", { most: formatSize(FILE_LIMITS["mail-objects"]) })}</span>
        </div>
        {offer.containers && (
          <ContainerPicker storeId={storeId} label={say("mail-file.container")} value={state.container} problem={null} onValue={(container) => changeFile(storeId, { container })} />
        )}
      </FormSection>
      <WorkHere />
      {state.fault !== null && <ErrorBox fault={state.fault} />}
      {state.file !== null && <FileColumns storeId={storeId} route={route} state={state} />}
      {state.batch !== null && <FileCheck storeId={storeId} offer={offer} route={route} state={state} batch={state.batch} />}
      {state.run !== null && state.run.summary !== null && <FileResult storeId={storeId} route={route} run={state.run} summary={state.run.summary} />}
    </div>
  );
}
