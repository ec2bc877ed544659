/** Preferences, and what a person should know about where their data and secrets are. */
import { Field, Radio, RadioGroup, SpinButton, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { useStore } from "zustand";
import type { Preferences } from "../../../shared/contract/app.ts";
import type { Fault } from "../../../shared/fault.ts";
import { themeSchema } from "../../../shared/model/setting-values.ts";
import { currentData, dataState } from "../../stores/data-state.ts";
import { changePreferences, preferences } from "../../stores/preferences.ts";
import { session } from "../../stores/session.ts";
import { say } from "../../text/text.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { PageLink } from "../links/page-link.tsx";
import { Card, Fact, Facts } from "./cards.tsx";
import { placeWords } from "./data/words.ts";
import { DiagnosticsCard } from "./diagnostics-card.tsx";
import { ManagedCard, ManagedSetting, isManaged, useManaged } from "./managed.tsx";
import { ProxySetting } from "./proxy-setting.tsx";

const MIN_SECONDS = 5;
const MAX_SECONDS = 3600;

const useStyles = makeStyles({
  page: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "760px" },
  interval: { display: "flex", alignItems: "center", gap: "8px" },
  number: { width: "120px" },
});

function Interval({ onFault }: { readonly onFault: (fault: Fault | null) => void }) {
  const styles = useStyles();
  const seconds = useStore(preferences, (state) => state.checkIntervalSeconds);
  const [entry, setEntry] = useState<string | null>(null);
  const typed = entry ?? String(seconds);
  const wanted = Number(typed);
  const valid = /^\d+$/.test(typed.trim()) && wanted >= MIN_SECONDS && wanted <= MAX_SECONDS;
  const take = (value: number) => {
    if (value !== seconds) void changePreferences({ checkIntervalSeconds: value }).then(onFault);
  };
  const problem = valid ? {} : { validationMessage: say("settings.interval-problem"), validationState: "error" as const };
  return (
    <Field label={say("settings.interval")} hint={say("settings.interval-hint")} {...problem}>
      {(field) => (
        <div className={styles.interval}>
          <SpinButton
            {...field}
            className={styles.number}
            min={MIN_SECONDS}
            max={MAX_SECONDS}
            step={5}
            value={valid ? wanted : null}
            displayValue={typed}
            onBlur={() => valid && setEntry(null)}
            onChange={(_event, data) => {
              const next = data.value ?? (data.displayValue === undefined ? null : Number(data.displayValue));
              setEntry(data.displayValue ?? String(data.value ?? ""));
              if (next !== null && Number.isInteger(next) && next >= MIN_SECONDS && next <= MAX_SECONDS) take(next);
            }}
          />
          {say("settings.interval-unit")}
        </div>
      )}
    </Field>
  );
}

/** An empty address is what no cloud is reached by. */
function managedProxyText({ proxy, proxyAddress }: Preferences): string {
  if (proxy !== "address") return say(`settings.proxy-${proxy}`);
  return proxyAddress === "" ? say("settings.proxy-nowhere") : proxyAddress;
}

export function SettingsPage() {
  const styles = useStyles();
  const theme = useStore(preferences, (state) => state.theme);
  const seconds = useStore(preferences, (state) => state.checkIntervalSeconds);
  const proxyText = useStore(preferences, managedProxyText);
  const managed = useManaged();
  const hello = useStore(session, (state) => state.hello);
  const data = useStore(dataState, currentData);
  const waiting = data?.kind === "team" ? data.requests.length : 0;
  const [fault, setFault] = useState<Fault | null>(null);
  return (
    <div className={styles.page}>
      <PageHeader title={say("settings.title")} intro={say("settings.intro")} />
      {fault !== null && <ErrorBox fault={fault} />}
      {managed !== null && managed.policies.length + managed.unknown.length > 0 && <ManagedCard managed={managed} />}
      <Card title={say("settings.appearance")}>
        {isManaged(managed, "Theme") ? (
          <ManagedSetting label={say("settings.theme")} value={say(`settings.theme-${theme}`)} managed={managed} />
        ) : (
          <Field label={say("settings.theme")}>
            <RadioGroup layout="horizontal" value={theme} onChange={(_event, data) => void changePreferences({ theme: themeSchema.parse(data.value) }).then(setFault)}>
              {themeSchema.options.map((option) => (
                <Radio key={option} value={option} label={say(`settings.theme-${option}`)} />
              ))}
            </RadioGroup>
          </Field>
        )}
      </Card>
      <Card title={say("settings.checks")}>
        {isManaged(managed, "CheckInterval") ? (
          <ManagedSetting label={say("settings.interval")} value={`${seconds} ${say("settings.interval-unit")}`} managed={managed} />
        ) : (
          <Interval onFault={setFault} />
        )}
      </Card>
      <Card title={say("settings.clouds")}>
        {isManaged(managed, "Proxy") ? <ManagedSetting label={say("settings.proxy")} value={proxyText} managed={managed} /> : <ProxySetting onFault={setFault} />}
      </Card>
      {hello !== null && (
        <>
          <Card title={say("settings.data")}>
            <Facts>
              {data !== null && (
                <Fact term={say("settings.works-on")}>
                  <span>{placeWords(data)}</span>
                  <PageLink to={{ page: "data" }}>{say("settings.data-open")}</PageLink>
                  {waiting > 0 && <span>{say("settings.data-asking", { count: waiting })}</span>}
                </Fact>
              )}
              <Fact term={say("settings.data-directory")}>
                <span>{hello.dataDirectory}</span>
                <CopyButton text={hello.dataDirectory} label={say("ui.copy")} />
              </Fact>
              <Fact term={say("settings.key-protection")}>{say(`settings.protection-${hello.keyProtection ?? "none"}`)}</Fact>
              <Fact term={say("settings.user")}>{hello.user}</Fact>
            </Facts>
          </Card>
          <Card title={say("settings.about")}>
            <Facts>
              <Fact term={say("settings.version")}>{`${say("shell.product")} ${hello.version}`}</Fact>
              <Fact term={say("settings.host")}>{say(`settings.host-${hello.host}`)}</Fact>
            </Facts>
          </Card>
          <DiagnosticsCard hello={hello} />
        </>
      )}
    </div>
  );
}
