/** One zip file for support: what would be in it, then the file. */
import { Button, Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { useRef, useState } from "react";
import type { Hello } from "../../../shared/contract/app.ts";
import type { Diagnostics } from "../../../shared/contract/diagnostics.ts";
import type { Result } from "../../../shared/result.ts";
import { client } from "../../host/client.ts";
import { listWork } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";
import { aboutFile, readmeText } from "../../text/diagnostics.ts";
import { formatSize } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { useBoundResult } from "../../ui/bound-result.ts";
import { bytesOf, download } from "../../ui/download.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { bringIntoSight } from "../bring-into-sight.ts";
import { WorkHere } from "../running-work/work-here.tsx";
import { Card } from "./cards.tsx";

const useStyles = makeStyles({
  result: { display: "flex", flexDirection: "column", gap: "12px" },
  text: { margin: "0", maxWidth: "70ch" },
  quiet: { color: tokens.colorNeutralForeground2 },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  list: { margin: "0", padding: "0", listStyleType: "none", display: "flex", flexDirection: "column", gap: "6px", overflowWrap: "anywhere" },
  file: { display: "flex", flexWrap: "wrap", columnGap: "8px" },
  name: { fontFamily: tokens.fontFamilyMonospace },
});

async function gather(names: boolean, { version }: Hello): Promise<Result<Diagnostics>> {
  const controller = new AbortController();
  const listed = listWork({ kind: "diagnostics", subject: say("diagnostics.subject"), route: { page: "settings" } }, () => controller.abort());
  const readme = readmeText({ names, version, at: Date.now() });
  const result = await runWork((signal) => client().diagnostics.gather({ names, readme }, { signal }), listed.progress, controller.signal);
  listed.end(result.ok ? null : result.fault);
  return result;
}

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
  const [names, setNames] = useState(false);
  const [working, setWorking] = useState(false);
  const below = useRef<HTMLDivElement | null>(null);
  // A list of files with names is none of files without.
  const kept = useBoundResult<Result<Diagnostics>>([names]);
  const list = useDeed(async () => {
    if (working) return;
    setWorking(true);
    kept.clear();
    const result = await gather(names, hello);
    setWorking(false);
    kept.take(result, [names]);
    if (!result.ok) return;
    announce(sumOf(result.value));
    bringIntoSight(below);
  });
  const result = kept.current;
  return (
    <Card title={say("diagnostics.title")}>
      <p className={styles.text}>{say("diagnostics.text")}</p>
      <Checkbox label={say("diagnostics.names")} checked={names} aria-describedby="diagnostics-names" onChange={(_event, data) => setNames(data.checked === true)} />
      <span id="diagnostics-names" className={styles.quiet}>
        {say("diagnostics.names-hint")}
      </span>
      <div className={styles.row}>
        <Button disabledFocusable={working} onClick={() => void list()}>
          {say("diagnostics.gather")}
        </Button>
      </div>
      <WorkHere />
      <div ref={below} className={styles.result}>
        {result?.ok === false && result.fault.kind !== "cancelled" && <ErrorBox fault={result.fault} />}
        {result?.ok === true && <GatheredFiles gathered={result.value} names={names} />}
      </div>
    </Card>
  );
}
