/** The result of a carry-in probe: what it says, before anything of it is kept. */
import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import { useCallback, useEffect, useRef, useState } from "react";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { OpenedProbe, ProbedServer } from "../../../shared/contract/handover.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
import { FILE_LIMITS } from "../../../shared/rules/file-limits.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { holdFile } from "../../host/send-file.ts";
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
import { Fact, Facts } from "../settings/cards.tsx";

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

/** A result that main holds, and what it says; `kept` once it was taken. */
interface Opened {
  readonly file: HeldFile;
  readonly probe: OpenedProbe;
  readonly kept: number | null;
}

const send = (file: File) => holdFile(file, "probe", { signal: new AbortController().signal, onSent: () => {} });
const release = ({ file }: HeldFile) => void ask(() => client().files.release({ file }));

function Head({ probe }: { readonly probe: OpenedProbe }) {
  const { computer, fullName, ranAt, offsetMinutes, system, powershell, modules, exchange, application } = probe;
  return (
    <Facts>
      <Fact term={say("probe.computer")}>{fullName === "" ? computer : fullName}</Fact>
      <Fact term={say("probe.started")}>{say("probe.started-at", { time: formatDateTime(ranAt), offset: offsetWords(offsetMinutes) })}</Fact>
      <Fact term={say("probe.system")}>{say("probe.system-is", { system, version: powershell })}</Fact>
      <Fact term={say("probe.modules")}>{modules.length === 0 ? say("probe.modules-none") : modules.map(({ name, version }) => say("probe.module", { name, version })).join(", ")}</Fact>
      <Fact term={say("probe.exchange")}>{exchange === null ? say("probe.exchange-none") : exchange.build}</Fact>
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

function Review({ opened: { probe, kept }, onKeep }: { readonly opened: Opened; readonly onKeep: () => Promise<void> }) {
  const styles = useStyles();
  const [most, setMost] = useState(PAGE);
  const { servers } = probe;
  const news = servers.filter(({ state }) => state === "news").length;
  const keep = useDeed(onKeep);
  return (
    <FormSection title={say("probe.section-review")}>
      <Head probe={probe} />
      <p className={styles.quiet}>{say("probe.seal-note")}</p>
      <ul className={styles.list} aria-label={say("probe.servers")}>
        {servers.slice(0, most).map((told) => (
          <Server key={told.place} told={told} />
        ))}
      </ul>
      <ShowMore shown={Math.min(most, servers.length)} hasMore={most < servers.length} onMore={() => setMost(most + PAGE)} />
      {kept === null && (
        <div className={styles.row}>
          <Button appearance="primary" disabledFocusable={news === 0} onClick={() => (news === 0 ? undefined : void keep())}>
            {say("probe.keep", { count: news })}
          </Button>
          {news === 0 && <span className={styles.quiet}>{say("probe.nothing-to-keep")}</span>}
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

export function ProbeWay() {
  const styles = useStyles();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const held = useRef<HeldFile | null>(null);
  const letGo = useCallback(() => {
    if (held.current !== null) release(held.current);
    held.current = null;
  }, []);
  useEffect(() => letGo, [letGo]);
  const refuse = (why: Fault) => {
    letGo();
    setOpened(null);
    setFault(why.kind === "cancelled" ? null : why);
  };
  const take = async (answer: Result<HeldFile | null>) => {
    if (!answer.ok) return refuse(answer.fault);
    const file = answer.value;
    if (file === null) return undefined;
    letGo();
    held.current = file;
    const read = await ask(() => client().handover.openProbe({ file: file.file }));
    if (held.current !== file) return undefined;
    if (!read.ok) return refuse(read.fault);
    setFault(null);
    setOpened({ file, probe: read.value, kept: null });
    announce(say("probe.section-review"));
    return undefined;
  };
  const keep = async () => {
    if (opened === null) return;
    const kept = await ask(() => client().handover.applyProbe({ file: opened.file.file }));
    setFault(kept.ok ? null : kept.fault);
    if (!kept.ok) return;
    setOpened({ ...opened, kept: kept.value.kept });
    announce(say("probe.kept", { count: kept.value.kept }));
  };
  const over = useDroppedFile((dropped) => void send(dropped).then(take));
  return (
    <div className={styles.stack}>
      <FormSection title={say("probe.section-file")}>
        <div className={styles.row}>
          <Button onClick={() => void pickFile("probe", ACCEPT, send).then(take)}>{say("probe.choose")}</Button>
          <span className={styles.quiet}>{over ? say("handover.drop-now") : say("probe.file-hint", { most: formatSize(FILE_LIMITS.probe) })}</span>
        </div>
      </FormSection>
      {fault !== null && <ErrorBox fault={fault} />}
      {opened !== null && <Review key={opened.file.file} opened={opened} onKeep={keep} />}
    </div>
  );
}
