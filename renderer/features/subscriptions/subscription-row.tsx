/** A subscription with its seats, and its service plans once it is opened. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular, WarningFilled } from "@fluentui/react-icons";
import { memo, useId, useState } from "react";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { bringsMailbox, freeSeats, missingSeats, ownedSeats } from "../../../shared/rules/subscription.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { ProductWords } from "./product-words.tsx";
import { productOf } from "./words.ts";

const useStyles = makeStyles({
  product: { display: "flex", flexDirection: "column", alignItems: "flex-start" },
  quiet: { color: tokens.colorNeutralForeground2 },
  // The button's words stand below the name, its mark beside them.
  open: { marginLeft: "-8px", fontWeight: tokens.fontWeightRegular },
  missing: { display: "flex", alignItems: "center", gap: "6px", fontWeight: tokens.fontWeightSemibold },
  warning: { display: "flex", flexShrink: 0, fontSize: "16px", color: tokens.colorPaletteDarkOrangeForeground1 },
  plans: { paddingLeft: "24px", paddingBottom: "12px" },
  plan: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

function State({ subscription }: { readonly subscription: Subscription }) {
  const styles = useStyles();
  const missing = missingSeats(subscription);
  return (
    <>
      <div>{say(`subscriptions.state-${subscription.state}`)}</div>
      {missing > 0 && (
        <div className={styles.missing}>
          <span className={styles.warning} aria-hidden="true">
            <WarningFilled />
          </span>
          {say("subscriptions.missing", { count: missing })}
        </div>
      )}
    </>
  );
}

function Plans({ subscription }: { readonly subscription: Subscription }) {
  const styles = useStyles();
  const columns = [{ title: say("subscriptions.column-plan") }, { title: say("subscriptions.column-plan-state"), width: "30%" }, { title: say("subscriptions.column-plan-for"), width: "30%" }];
  return (
    <DataTable label={say("subscriptions.plans-table", { product: productOf(subscription) })} columns={columns}>
      {subscription.plans.map(({ id, name, state, isForUsers }) => (
        <DataRow key={id}>
          <DataCell title={say("subscriptions.column-plan")}>
            <span className={styles.plan}>{name}</span>
          </DataCell>
          <DataCell title={say("subscriptions.column-plan-state")}>{say(`subscriptions.plan-state-${state}`)}</DataCell>
          <DataCell title={say("subscriptions.column-plan-for")}>{say(isForUsers ? "subscriptions.for-users" : "subscriptions.for-tenant")}</DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}

interface SubscriptionRowProps {
  readonly subscription: Subscription;
  /** How many columns the table has. */
  readonly columns: number;
}

export const SubscriptionRow = memo(function SubscriptionRow({ subscription, columns }: SubscriptionRowProps) {
  const styles = useStyles();
  const id = useId();
  const [open, setOpen] = useState(false);
  const { seats, plans } = subscription;
  return (
    <>
      <DataRow>
        <DataCell title={say("subscriptions.column-product")}>
          <div className={styles.product}>
            <ProductWords partNumber={subscription.partNumber} strong />
            {!subscription.isForUsers && <span className={styles.quiet}>{say("subscriptions.for-tenant")}</span>}
            {plans.length > 0 && (
              <Button
                className={styles.open}
                size="small"
                appearance="subtle"
                icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
                aria-expanded={open}
                aria-controls={open ? id : undefined}
                aria-label={say("subscriptions.plans-of", { count: plans.length, product: productOf(subscription) })}
                onClick={() => setOpen(!open)}
              >
                {say("subscriptions.plans", { count: plans.length })}
              </Button>
            )}
          </div>
        </DataCell>
        <DataCell title={say("subscriptions.column-owned")} numeric>
          {formatCount(ownedSeats(seats))}
        </DataCell>
        <DataCell title={say("subscriptions.column-used")} numeric>
          {formatCount(seats.used)}
        </DataCell>
        <DataCell title={say("subscriptions.column-free")} numeric>
          {formatCount(freeSeats(subscription))}
        </DataCell>
        <DataCell title={say("subscriptions.column-mailbox")}>{say(bringsMailbox(subscription) ? "subscriptions.mailbox-yes" : "subscriptions.mailbox-no")}</DataCell>
        <DataCell title={say("subscriptions.column-state")}>
          <State subscription={subscription} />
        </DataCell>
      </DataRow>
      {open && (
        <DataRow>
          <DataCell title={say("subscriptions.column-plans")} span={columns}>
            <div id={id} className={styles.plans}>
              <Plans subscription={subscription} />
            </div>
          </DataCell>
        </DataRow>
      )}
    </>
  );
});
