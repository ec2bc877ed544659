/** Groups, users and contacts of one identity store that get an address: a new one, those that there are, the lines of a file. */
import { Button, Tab, TabList, makeStyles } from "@fluentui/react-components";
import { MailMultipleRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { MailOffer } from "../../../shared/model/mail-plan.ts";
import type { Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { navigation, refine } from "../../stores/navigation.ts";
import { mailWays, type MailWay, type Route } from "../../stores/routes.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { StoreHeader } from "../identity-stores/store-header.tsx";
import { PageLink } from "../links/page-link.tsx";
import { FileWay } from "./file-way.tsx";
import { FindWay } from "./find-way.tsx";
import { NewWay } from "./new-way.tsx";

const useStyles = makeStyles({
  page: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "980px" },
  tabs: { flexWrap: "wrap", marginLeft: "-10px" },
});

function useOffer(storeId: string): { readonly offer: Result<MailOffer> | null; readonly again: () => void } {
  const [offer, setOffer] = useState<Result<MailOffer> | null>(null);
  const load = useCallback(
    (signal: AbortSignal) =>
      ask(() => client().mailObjects.offer({ storeId }, { signal }), signal).then((answer) => {
        if (!signal.aborted) setOffer(answer);
      }),
    [storeId],
  );
  useEffect(() => {
    const stop = new AbortController();
    void load(stop.signal);
    return () => stop.abort();
  }, [load]);
  return { offer, again: () => void load(new AbortController().signal) };
}

const routeOf = (id: string, way: MailWay): Route => ({ page: "store", id, section: "mail-objects", ...(way === "new" ? {} : { way }) });

const panelId = (way: MailWay) => `mail-way-${way}`;
const tabId = (way: MailWay) => `mail-tab-${way}`;

function Ways({ storeId, offer }: { readonly storeId: string; readonly offer: MailOffer }) {
  const styles = useStyles();
  const way = useStore(navigation, ({ route }) => (route.page === "store" && route.section === "mail-objects" ? (route.way ?? "new") : "new"));
  const route = routeOf(storeId, way);
  const choose = (value: unknown) => {
    const chosen = mailWays.find((one) => one === value);
    if (chosen !== undefined) refine(routeOf(storeId, chosen));
  };
  return (
    <>
      <TabList className={styles.tabs} aria-label={say("mail-objects.ways")} selectedValue={way} onTabSelect={(_event, data) => choose(data.value)}>
        {mailWays.map((one) => (
          <Tab key={one} id={tabId(one)} value={one} aria-controls={panelId(one)}>
            {say(`mail-objects.way-${one}`)}
          </Tab>
        ))}
      </TabList>
      <div id={panelId(way)} role="tabpanel" aria-labelledby={tabId(way)}>
        {way === "new" && <NewWay storeId={storeId} offer={offer} route={route} />}
        {way === "find" && <FindWay storeId={storeId} offer={offer} route={route} />}
        {way === "file" && <FileWay storeId={storeId} offer={offer} route={route} />}
      </div>
    </>
  );
}

/** What keeps the whole store from having mail objects is no failure: it says why, and where that is changed. */
function Nothing({ storeId, sentence, nextStep }: { readonly storeId: string; readonly sentence: string; readonly nextStep: string }) {
  return (
    <EmptyState icon={<MailMultipleRegular />} title={say("mail-objects.nothing-title")} text={`${sentence} ${nextStep}`}>
      <PageLink to={{ page: "store", id: storeId, section: "messaging-system" }}>{say("mail-objects.to-messaging-system")}</PageLink>
    </EmptyState>
  );
}

export function MailObjectsPage({ storeId }: { readonly storeId: string }) {
  const styles = useStyles();
  const { offer, again } = useOffer(storeId);
  const fault = offer?.ok === false ? offer.fault : null;
  return (
    <>
      <StoreHeader storeId={storeId} title={say("mail-objects.title")} intro={say("mail-objects.intro")}>
        <PageLink to={{ page: "journal", store: storeId }}>{say("mail-objects.journal")}</PageLink>
      </StoreHeader>
      <div className={styles.page}>
        {offer === null && <DelayedLoading label={say("mail-objects.loading")} />}
        {fault?.kind === "unsupported" && <Nothing storeId={storeId} {...explain(fault)} />}
        {fault !== null && fault.kind !== "unsupported" && (
          <ErrorBox fault={fault}>
            <Button size="small" onClick={again}>
              {say("ui.retry")}
            </Button>
          </ErrorBox>
        )}
        {offer?.ok === true && <Ways storeId={storeId} offer={offer.value} />}
      </div>
    </>
  );
}
