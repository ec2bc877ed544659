/** What concerns every page: main or a team's database that is away, a page of another version, data that is not as it should be. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { builtHash } from "../../shared/contract/built-hash.ts";
import type { Connection } from "../host/connection.ts";
import { currentTeam, dataState, fileFault, type TeamData } from "../stores/data-state.ts";
import { navigate } from "../stores/navigation.ts";
import { networkAway } from "../stores/network.ts";
import { session } from "../stores/session.ts";
import { formatRelative } from "../text/format.ts";
import { say } from "../text/text.ts";
import { useAnnounced } from "../ui/announce.ts";
import { moment } from "../ui/moment.ts";
import { useNow } from "../ui/use-now.ts";

const useStyles = makeStyles({ group: { display: "flex", flexDirection: "column", flexShrink: 0 } });
/** Attempts after which a person is told what else to do; about half a minute. */
const LONG = 6;

interface BannerProps {
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
}

/** Said when it appears and when its title changes; what its text becomes meanwhile is for who reads it. */
function Banner({ title, text, action }: BannerProps) {
  const [first] = useState(text);
  useAnnounced(`${title} ${first}`, "assertive");
  return (
    <MessageBar intent="warning" shape="square" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {text}
      </MessageBarBody>
      {action !== undefined && <MessageBarActions>{action}</MessageBarActions>}
    </MessageBar>
  );
}

/** Main cannot be heard: since when, and what that means for what is shown, pressed and typed. */
function Away({ connection }: { readonly connection: Exclude<Connection, { state: "open" }> }) {
  const now = useNow();
  const { heardAt } = connection;
  const text = say("shell.away-text", { time: moment(heardAt, now), age: formatRelative(heardAt, now) });
  const isLong = connection.state === "lost" && connection.attempts >= LONG;
  return <Banner title={say(`shell.${connection.state}-title`)} text={isLong ? `${text} ${say("shell.lost-long")}` : text} />;
}

/** The way to what the page Data says about it. */
function ShowData() {
  return (
    <Button size="small" onClick={() => void navigate({ page: "data" })}>
      {say("shell.team-show")}
    </Button>
  );
}

/** The team's database cannot be worked on: what is shown is of before, and nothing can be saved. */
function TeamAway({ away: { since, fault }, heardAt }: { readonly away: NonNullable<TeamData["away"]>; readonly heardAt: number }) {
  const now = useNow();
  const facts = { heard: moment(heardAt, now), since: moment(since, now), age: formatRelative(since, now) };
  const text = heardAt === 0 ? say("shell.team-away-never", facts) : say("shell.team-away-text", facts);
  return <Banner title={say(fault.kind === "unreachable" ? "shell.team-away-title" : "shell.team-shut-title")} text={text} action={<ShowData />} />;
}

function Refused({ count }: { readonly count: number }) {
  return (
    <Banner
      title={say("shell.team-refused-title", { count })}
      text={say("shell.team-refused-text")}
      action={<ShowData />}
    />
  );
}

/** The console works on something else than it was told to. */
function NotOpened() {
  return (
    <Banner
      title={say("shell.team-not-opened-title")}
      text={say("shell.team-not-opened-text")}
      action={<ShowData />}
    />
  );
}

function TeamBanners({ team }: { readonly team: TeamData }) {
  return (
    <>
      {team.away !== null && <TeamAway away={team.away} heardAt={team.heardAt} />}
      {team.refused.length > 0 && <Refused count={team.refused.length} />}
    </>
  );
}

function hasNews({ away, refused }: TeamData): boolean {
  return away !== null || refused.length > 0;
}

export function Banners() {
  const styles = useStyles();
  const { hello, connection } = useStore(session);
  const away = useStore(networkAway, ({ entries }) => [...entries.values()][0]);
  const team = useStore(dataState, currentTeam);
  const notOpened = useStore(dataState, fileFault);
  if (hello === null) return null;
  // While main is not heard, what it said of the database is not known to be so.
  const news = connection.state === "open" && team !== null && hasNews(team) ? team : null;
  const differs = builtHash !== null && hello.contract !== builtHash;
  if (!differs && connection.state === "open" && hello.storeNotice === null && away === undefined && news === null && notOpened === null) return null;
  return (
    <section className={styles.group} aria-label={say("shell.banners")}>
      {connection.state !== "open" && <Away connection={connection} />}
      {away !== undefined && <Banner title={say(`shell.network-${away.why}`, { stores: away.stores.join(", ") })} text={say("shell.network-text")} />}
      {news !== null && <TeamBanners team={news} />}
      {notOpened !== null && <NotOpened />}
      {differs && (
        <Banner
          title={say("shell.contract-title")}
          text={say("shell.contract-text")}
          action={
            <Button size="small" onClick={() => window.location.reload()}>
              {say("shell.contract-reload")}
            </Button>
          }
        />
      )}
      {hello.storeNotice !== null && <Banner title={say("shell.notice-title")} text={say(`shell.notice-${hello.storeNotice}`)} />}
    </section>
  );
}
