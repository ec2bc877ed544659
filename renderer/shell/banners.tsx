/** What concerns every page: a lost connection, a page of another version, a database that was not as it should be. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import { useStore } from "zustand";
import { contractHash } from "../../shared/contract/hash.ts";
import { networkAway } from "../stores/network.ts";
import { session } from "../stores/session.ts";
import { say } from "../text/text.ts";

const useStyles = makeStyles({ group: { display: "flex", flexDirection: "column", flexShrink: 0 } });
/** Attempts after which a person is told what else to do; about half a minute. */
const LONG = 6;

export function Banners() {
  const styles = useStyles();
  const { hello, connection } = useStore(session);
  const away = useStore(networkAway, ({ entries }) => [...entries.values()][0]);
  if (hello === null) return null;
  const differs = hello.contract !== contractHash();
  if (!differs && connection.state !== "lost" && hello.storeNotice === null && away === undefined) return null;
  return (
    <section className={styles.group} aria-label={say("shell.banners")}>
      {connection.state === "lost" && (
        <MessageBar intent="warning" shape="square" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say("shell.lost-title")}</MessageBarTitle> {say("shell.lost-text")}
            {connection.attempts >= LONG && ` ${say("shell.lost-long")}`}
          </MessageBarBody>
        </MessageBar>
      )}
      {away !== undefined && (
        <MessageBar intent="warning" shape="square" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say(`shell.network-${away.why}`, { stores: away.stores.join(", ") })}</MessageBarTitle> {say("shell.network-text")}
          </MessageBarBody>
        </MessageBar>
      )}
      {differs && (
        <MessageBar intent="warning" shape="square" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say("shell.contract-title")}</MessageBarTitle> {say("shell.contract-text")}
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => window.location.reload()}>
              {say("shell.contract-reload")}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {hello.storeNotice !== null && (
        <MessageBar intent="warning" shape="square" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say("shell.notice-title")}</MessageBarTitle> {say(`shell.notice-${hello.storeNotice}`)}
          </MessageBarBody>
        </MessageBar>
      )}
    </section>
  );
}
