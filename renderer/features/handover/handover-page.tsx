/** Identity stores from one console to another, as one file: made here, or taken from one. */
import { Tab, TabList, makeStyles } from "@fluentui/react-components";
import { useEffect } from "react";
import { useStore } from "zustand";
import { navigation, refine } from "../../stores/navigation.ts";
import { handoverWays, type HandoverWay, type Route } from "../../stores/routes.ts";
import { say } from "../../text/text.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { ExportWay } from "./export-way.tsx";
import { removeBundle } from "./import-state.ts";
import { ImportWay } from "./import-way.tsx";
import { removeProbe } from "./probe-state.ts";
import { ProbeWay } from "./probe-way.tsx";

const useStyles = makeStyles({
  page: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "980px" },
  tabs: { flexWrap: "wrap", marginLeft: "-10px" },
});

const routeOf = (way: HandoverWay): Route => ({ page: "handover", ...(way === "export" ? {} : { way }) });

const panelId = (way: HandoverWay) => `handover-way-${way}`;
const tabId = (way: HandoverWay) => `handover-tab-${way}`;

export function HandoverPage() {
  const styles = useStyles();
  const way = useStore(navigation, ({ route }): HandoverWay => (route.page === "handover" ? (route.way ?? "export") : "export"));
  useEffect(() => removeBundle, []);
  useEffect(() => removeProbe, []);
  const choose = (value: unknown) => {
    const chosen = handoverWays.find((one) => one === value);
    if (chosen !== undefined) refine(routeOf(chosen));
  };
  return (
    <>
      <PageHeader title={say("handover.title")} intro={say("handover.intro")} />
      <div className={styles.page}>
        <TabList className={styles.tabs} aria-label={say("handover.ways")} selectedValue={way} onTabSelect={(_event, data) => choose(data.value)}>
          {handoverWays.map((one) => (
            <Tab key={one} id={tabId(one)} value={one} aria-controls={panelId(one)}>
              {say(`handover.way-${one}`)}
            </Tab>
          ))}
        </TabList>
        <div id={panelId(way)} role="tabpanel" aria-labelledby={tabId(way)}>
          {way === "export" && <ExportWay />}
          {way === "import" && <ImportWay />}
          {way === "probe" && <ProbeWay />}
        </div>
      </div>
    </>
  );
}
