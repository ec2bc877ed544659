/** What concerns every page: main that is away, a page of another version, a database that was not as it should be. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { builtHash } from "../../shared/contract/built-hash.ts";
import type { Connection } from "../host/connection.ts";
import { networkAway } from "../stores/network.ts";
import { session } from "../stores/session.ts";
import { formatRelative } from "../text/format.ts";
import { say } from "../text/text.ts";
import { moment } from "../ui/moment.ts";
import { useNow } from "../ui/use-now.ts";

const useStyles = makeStyles({ group: { display: "flex", flexDirection: "column", flexShrink: 0 } });
/** Attempts after which a person is told what else to do; about half a minute. */
const LONG = 6;

interface BannerProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

function Banner({ title, children, action }: BannerProps) {
  return (
    <MessageBar intent="warning" shape="square" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {children}
      </MessageBarBody>
      {action !== undefined && <MessageBarActions>{action}</MessageBarActions>}
    </MessageBar>
  );
}

/** Main cannot be heard: since when, and what that means for what is shown, pressed and typed. */
function Away({ connection }: { readonly connection: Exclude<Connection, { state: "open" }> }) {
  const now = useNow();
  const { heardAt } = connection;
  return (
    <Banner title={say(`shell.${connection.state}-title`)}>
      {say("shell.away-text", { time: moment(heardAt, now), age: formatRelative(heardAt, now) })}
      {connection.state === "lost" && connection.attempts >= LONG && ` ${say("shell.lost-long")}`}
    </Banner>
  );
}

export function Banners() {
  const styles = useStyles();
  const { hello, connection } = useStore(session);
  const away = useStore(networkAway, ({ entries }) => [...entries.values()][0]);
  if (hello === null) return null;
  const differs = builtHash !== null && hello.contract !== builtHash;
  if (!differs && connection.state === "open" && hello.storeNotice === null && away === undefined) return null;
  return (
    <section className={styles.group} aria-label={say("shell.banners")}>
      {connection.state !== "open" && <Away connection={connection} />}
      {away !== undefined && <Banner title={say(`shell.network-${away.why}`, { stores: away.stores.join(", ") })}>{say("shell.network-text")}</Banner>}
      {differs && (
        <Banner
          title={say("shell.contract-title")}
          action={
            <Button size="small" onClick={() => window.location.reload()}>
              {say("shell.contract-reload")}
            </Button>
          }
        >
          {say("shell.contract-text")}
        </Banner>
      )}
      {hello.storeNotice !== null && <Banner title={say("shell.notice-title")}>{say(`shell.notice-${hello.storeNotice}`)}</Banner>}
    </section>
  );
}
