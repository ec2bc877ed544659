/** One zip file for support: what would be in it, then the file. */
import { Button, Checkbox, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Hello } from "../../../shared/contract/app.ts";
import type { Diagnostics } from "../../../shared/contract/diagnostics.ts";
import { aboutFile } from "../../text/diagnostics.ts";
import { formatSize } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { announce, useAnnounced } from "../../ui/announce.ts";
import { bytesOf, download } from "../../ui/download.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { bringIntoSight } from "../bring-into-sight.ts";
import { WorkHere } from "../running-work/work-here.tsx";
import { Card } from "./cards.tsx";
import { forgetDiagnostics, gatherDiagnostics, lastDiagnostics } from "./diagnostics-work.ts";

const useStyles = makeStyles({
  result: { display: "flex", flexDirection: "column", gap: "12px" },
  text: { margin: "0", maxWidth: "70ch" },
  quiet: { color: tokens.colorNeutralForeground2 },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  list: { margin: "0", padding: "0", listStyleType: "none", display: "flex", flexDirection: "column", gap: "6px", overflowWrap: "anywhere" },
  file: { display: "flex", flexWrap: "wrap", columnGap: "8px" },
  name: { fontFamily: tokens.fontFamilyMonospace },
});

function sumOf({ files }: Diagnostics): string {
  return say("diagnostics.sum", { count: files.length, size: formatSize(files.reduce((sum, { size }) => sum + size, 0)) });
}

function GatheredFiles({ gathered, names }: { readonly gathered: Diagnostics; readonly names: boolean }) {
  const styles = useStyles();
  const save = () => {
    download(gathered.fileName, bytesOf(gathered.base64), "application/zip");
    announce(say("diagnostics.saved"));
  };
  return (
    <>
      <p className={styles.text}>
        {sumOf(gathered)}. {say(`diagnostics.${names ? "with" : "without"}-names`)}
      </p>
      <ul className={styles.list} aria-label={say("diagnostics.files")}>
        {gathered.files.map(({ name, size }) => (
          <li key={name} className={styles.file}>
            <span className={styles.name}>{name}</span>
            <span>{formatSize(size)}</span>
            <span className={styles.quiet}>{aboutFile(name)}</span>
          </li>
        ))}
      </ul>
      <div className={styles.row}>
        <Button appearance="primary" onClick={save}>
          {say("diagnostics.save")}
        </Button>
      </div>
    </>
  );
}

export function DiagnosticsCard({ hello }: { readonly hello: Hello }) {
  const styles = useStyles();
  const last = useStore(lastDiagnostics, ({ gathering }) => gathering);
  const [names, setNames] = useState(last?.names ?? false);
  const below = useRef<HTMLDivElement | null>(null);
  const isRunning = last !== null && last.result === null;
  // A list of files with names is none of files without.
  const result = last?.names === names ? last.result : null;
  const isStopped = result?.ok === false && result.fault.kind === "cancelled";
  useEffect(() => forgetDiagnostics, []);
  useAnnounced(isStopped ? say("diagnostics.stopped") : null);
  const list = useDeed(async () => {
    if (isRunning) return;
    const gathered = await gatherDiagnostics(names, hello);
    if (!gathered.ok) return;
    announce(sumOf(gathered.value));
    bringIntoSight(below);
  });
  return (
    <Card title={say("diagnostics.title")}>
      <p className={styles.text}>{say("diagnostics.text")}</p>
      <Checkbox label={say("diagnostics.names")} checked={names} aria-describedby="diagnostics-names" onChange={(_event, data) => setNames(data.checked === true)} />
      <span id="diagnostics-names" className={styles.quiet}>
        {say("diagnostics.names-hint")}
      </span>
      <div className={styles.row}>
        <Button disabledFocusable={isRunning} onClick={() => void list()}>
          {say("diagnostics.gather")}
        </Button>
      </div>
      <WorkHere />
      <div ref={below} className={styles.result}>
        {isStopped && <Text>{say("diagnostics.stopped")}</Text>}
        {result?.ok === false && !isStopped && <ErrorBox fault={result.fault} />}
        {result?.ok === true && <GatheredFiles gathered={result.value} names={names} />}
      </div>
    </Card>
  );
}
