/** What a tenant has bought by the seat, as its cloud tells it: asked for when the page opens, and again on demand. And which user has it. */
import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular, SeatRegular, WarningFilled } from "@fluentui/react-icons";
import { useEffect, useRef } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { SubscriptionList } from "../../../shared/model/subscription.ts";
import type { WorkKind } from "../../stores/running-work.ts";
import { formatRelative } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { moment } from "../../ui/moment.ts";
import { useNow } from "../../ui/use-now.ts";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { StoreHeader } from "../identity-stores/store-header.tsx";
import { PageLink } from "../links/page-link.tsx";
import { WorkHere } from "../running-work/work-here.tsx";
import { LicencesSection } from "./licences-section.tsx";
import { SubscriptionTable } from "./subscription-table.tsx";
import { useSubscriptions } from "./use-subscriptions.ts";

const WORK: readonly WorkKind[] = ["subscriptions"];

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  older: { display: "flex", alignItems: "center", gap: "6px", fontWeight: tokens.fontWeightSemibold },
  warning: { display: "flex", flexShrink: 0, fontSize: "16px", color: tokens.colorPaletteDarkOrangeForeground1 },
});

/** Why there is nothing to ask, where that is no failure. */
function nothingToAsk(fault: Fault | null): "not-saved" | "other-provider" | null {
  if (fault?.kind === "not-found" && fault.what === "saved-messaging") return "not-saved";
  return fault?.kind === "unsupported" && fault.why === "no-subscriptions" ? "other-provider" : null;
}

function NothingToAsk({ storeId, why }: { readonly storeId: string; readonly why: "not-saved" | "other-provider" }) {
  const title = say(`subscriptions.empty-${why}-title`);
  useAnnounced(title);
  return (
    <EmptyState icon={<SeatRegular />} title={title} text={say(`subscriptions.empty-${why}-text`)}>
      <PageLink to={{ page: "store", id: storeId, section: "messaging-system" }}>{say("subscriptions.to-messaging-system")}</PageLink>
    </EmptyState>
  );
}

interface AnswerProps {
  readonly list: SubscriptionList;
  readonly asksAnew: boolean;
  /** It was asked anew, and there was no answer. */
  readonly unanswered: boolean;
}

/** By whose word the list is and how old, and that it is an older one where a newer one was asked for. */
function Answer({ list: { subscriptions, source, at }, asksAnew, unanswered }: AnswerProps) {
  const styles = useStyles();
  const now = useNow();
  const words = [say("subscriptions.asked-at", { source, time: moment(at, now) }), say("subscriptions.age", { age: formatRelative(at, now) })];
  if (subscriptions.length > 0) words.unshift(say("subscriptions.listed", { count: subscriptions.length }));
  return (
    <>
      {unanswered && (
        <span className={styles.older}>
          <span className={styles.warning} aria-hidden="true">
            <WarningFilled />
          </span>
          {say("subscriptions.older")}
        </span>
      )}
      <Text className={styles.quiet}>{[...words, ...(asksAnew ? [say("subscriptions.asks-anew")] : [])].join(" ")}</Text>
      {subscriptions.length === 0 ? (
        <EmptyState icon={<SeatRegular />} title={say("subscriptions.none-bought")} text={say("subscriptions.none-bought-text")} />
      ) : (
        <SubscriptionTable subscriptions={subscriptions} />
      )}
    </>
  );
}

export function SubscriptionsPage({ storeId }: { readonly storeId: string }) {
  const styles = useStyles();
  const { running, list, fault, look } = useSubscriptions(storeId);
  const askAgain = () => (running ? undefined : look());
  useShortcut("F5", askAgain);
  const isCancelled = fault?.kind === "cancelled";
  useAnnounced(isCancelled ? say("subscriptions.stopped") : null);
  const nothing = nothingToAsk(fault);
  const button = useRef<HTMLButtonElement | null>(null);
  useEffect(() => {
    // The button that cancelled goes with the work, and nothing near it asks again.
    if (isCancelled && document.activeElement === document.body) button.current?.focus();
  }, [isCancelled]);
  /** The button that was chosen goes with what failed; the other one asks the same. */
  const retry = () => {
    button.current?.focus();
    askAgain();
  };
  return (
    <>
      <StoreHeader storeId={storeId} title={say("subscriptions.title")} intro={say("subscriptions.intro")}>
        <Button
          ref={(element: HTMLButtonElement | null) => {
            button.current = element;
          }}
          icon={<ArrowClockwiseRegular />}
          disabledFocusable={running}
          onClick={askAgain}
        >
          {say("subscriptions.ask-again")}
        </Button>
      </StoreHeader>
      <div className={styles.stack}>
        <WorkHere kinds={WORK} />
        {isCancelled && <Text>{say("subscriptions.stopped")}</Text>}
        {nothing !== null && <NothingToAsk storeId={storeId} why={nothing} />}
        {fault !== null && nothing === null && !isCancelled && (
          <ErrorBox fault={fault}>
            <Button size="small" onClick={retry}>
              {say("ui.retry")}
            </Button>
          </ErrorBox>
        )}
        {list !== null && nothing === null && <Answer list={list} asksAnew={running} unanswered={fault !== null} />}
        {list !== null && nothing === null && list.subscriptions.length > 0 && <LicencesSection key={storeId} storeId={storeId} subscriptions={list.subscriptions} onChanged={look} />}
      </div>
    </>
  );
}
