/** The result of a carry-in probe: what it says, before anything of it is kept. */
import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useStore } from "zustand";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { OpenedProbe, ProbedServer } from "../../../shared/contract/handover.ts";
import type { Result } from "../../../shared/fault.ts";
import { FILE_LIMITS } from "../../../shared/rules/file-limits.ts";
import { formatDateTime, formatSize } from "../../text/format.ts";
import { offsetWords, probedServerWords } from "../../text/probe/result.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { ShowMore } from "../../ui/show-more.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { useDroppedFile } from "../certificate-bench/use-dropped-file.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { pickFile } from "../identity-stores/pick-file.ts";
import { PageLink } from "../links/page-link.tsx";
import { WorkHere } from "../running-work/work-here.tsx";
import { Fact, Facts } from "../settings/cards.tsx";
import { keepProbe, probeImport, sendProbe, takeProbe } from "./probe-state.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  quiet: { margin: "0", color: tokens.colorNeutralForeground2 },
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column" },
  entry: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "2px", padding: "6px 0", borderTop: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: "anywhere" },
  name: { fontWeight: tokens.fontWeightSemibold },
});

/** What the browser's dialog offers first. */
const ACCEPT = ".json";
/** So many are shown at once. */
const PAGE = 50;

function Head({ file, probe }: { readonly file: HeldFile; readonly probe: OpenedProbe }) {
  const { computer, fullName, ranAt, offsetMinutes, system, powershell, modules, exchange, unread, unasked, application } = probe;
  return (
    <Facts>
      <Fact term={say("probe.result-file")}>{file.name}</Fact>
      <Fact term={say("probe.computer")}>{fullName === "" ? computer : fullName}</Fact>
      <Fact term={say("probe.started")}>{say("probe.started-at", { time: formatDateTime(ranAt), offset: offsetWords(offsetMinutes) })}</Fact>
      <Fact term={say("probe.system")}>{say("probe.system-is", { system, version: powershell })}</Fact>
      <Fact term={say("probe.modules")}>{unread.includes("modules") ? say("probe.not-read") : modules.length === 0 ? say("probe.modules-none") : modules.map(({ name, version }) => say("probe.module", { name, version })).join(", ")}</Fact>
      <Fact term={say("probe.exchange")}>{unread.includes("exchange") ? say("probe.not-read") : exchange === null ? say("probe.exchange-none") : exchange.build}</Fact>
      {unasked > 0 && <Fact term={say("probe.unasked-term")}>{say("probe.unasked", { count: unasked })}</Fact>}
      <Fact term={say("probe.made-with")}>{application}</Fact>
    </Facts>
  );
}

function Server({ told }: { readonly told: ProbedServer }) {
  const styles = useStyles();
  const name = say("probe.server-of", { server: told.server, store: told.storeName });
  return (
    <li className={styles.entry}>
      {told.storeId === null ? <span className={styles.name}>{name}</span> : <PageLink to={{ page: "store", id: told.storeId, section: "messaging-system" }}>{name}</PageLink>}
      <span>{probedServerWords(told)}</span>
    </li>
  );
}

const newsOf = ({ servers }: OpenedProbe) => servers.filter(({ state }) => state === "news").length;

function Review({ file, probe, kept }: { readonly file: HeldFile; readonly probe: OpenedProbe; readonly kept: number | null }) {
  const styles = useStyles();
  const [most, setMost] = useState(PAGE);
  const { servers } = probe;
  const news = newsOf(probe);
  const keep = useDeed(async () => {
    const count = await keepProbe();
    if (count !== null) announce(say("probe.kept", { count }));
  });
  return (
    <FormSection title={say("probe.section-review")}>
      <Head file={file} probe={probe} />
      <p className={styles.quiet}>{say("probe.seal-note")}</p>
      <ul className={styles.list} aria-label={say("probe.servers")}>
        {servers.slice(0, most).map((told) => (
          <Server key={told.place} told={told} />
        ))}
      </ul>
      <ShowMore shown={Math.min(most, servers.length)} hasMore={most < servers.length} onMore={() => setMost(most + PAGE)} />
      {kept === null && news === 0 && <p className={styles.quiet}>{say("probe.nothing-to-keep")}</p>}
      {kept === null && news > 0 && (
        <div className={styles.row}>
          <Button appearance="primary" onClick={() => void keep()}>
            {say("probe.keep", { count: news })}
          </Button>
        </div>
      )}
      {kept !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{say("probe.kept", { count: kept })}</MessageBarBody>
        </MessageBar>
      )}
    </FormSection>
  );
}

/** Reads a file, and says aloud what is shown of it. */
async function show(held: Result<HeldFile | null>): Promise<void> {
  const probe = await takeProbe(held);
  if (probe === null) return;
  announce(say("probe.opened", { count: probe.servers.length, name: held.ok ? (held.value?.name ?? "") : "", news: newsOf(probe) }));
}

export function ProbeWay() {
  const styles = useStyles();
  const { file, probe, kept, fault } = useStore(probeImport);
  const over = useDroppedFile((dropped) => void sendProbe(dropped).then(show));
  return (
    <div className={styles.stack}>
      <FormSection title={say("probe.section-file")}>
        <div className={styles.row}>
          <Button onClick={() => void pickFile("probe", ACCEPT, sendProbe).then(show)}>{say("probe.choose")}</Button>
          <span className={styles.quiet}>{over ? say("handover.drop-now") : say("probe.file-hint", { most: formatSize(FILE_LIMITS.probe) })}</span>
        </div>
      </FormSection>
      <WorkHere />
      {fault !== null && <ErrorBox fault={fault} />}
      {file !== null && probe !== null && <Review key={file.file} file={file} probe={probe} kept={kept} />}
    </div>
  );
}
