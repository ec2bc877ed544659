/** What the console works on: the file on this computer or a team's database, and the ways from one to the other. */
import { makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { useStore } from "zustand";
import type { DataState } from "../../../../shared/model/team.ts";
import { currentData, dataState } from "../../../stores/data-state.ts";
import { navigate } from "../../../stores/navigation.ts";
import type { DataPart } from "../../../stores/routes.ts";
import { say } from "../../../text/text.ts";
import { DelayedLoading } from "../../../ui/delayed-loading.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { PageLink } from "../../links/page-link.tsx";
import { MovePage } from "./move-page.tsx";
import { Overview } from "./overview.tsx";
import { RecoveryKey } from "./recovery-key.tsx";
import type { KnownTeam } from "./team-form-model.ts";
import { TeamPage } from "./team-page.tsx";
import { recoveryKey } from "./team-work.ts";

const useStyles = makeStyles({ page: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "860px" } });

const TITLES = { overview: "data.title", team: "data.team-title", move: "data.move-title" } as const;
const INTROS = { overview: "data.intro", team: "data.team-intro", move: "data.move-intro" } as const;

/** The team that the console works on or could work on. */
function knownTeam(data: DataState): KnownTeam | null {
  return data.kind === "team" ? data : data.known;
}

/** Whoever came to set a team up or to join one stays on their form until they are led on, although there is a team by then. */
function TeamPart({ known }: { readonly known: KnownTeam | null }) {
  const [cameTo] = useState(known);
  return <TeamPage known={cameTo} />;
}

function Content({ data, part }: { readonly data: DataState; readonly part: DataPart | null }) {
  const known = knownTeam(data);
  if (part === null) return <Overview data={data} />;
  if (part === "team") return <TeamPart known={known} />;
  return known === null ? <p>{say("data.move-no-team")}</p> : <MovePage kind={data.kind} place={known.place} />;
}

/** What came of setting a team up is on the page Data. */
async function leaveKey(): Promise<void> {
  if (await navigate({ page: "data" })) recoveryKey.setState({ shown: null });
}

export function DataPage({ part }: { readonly part: DataPart | null }) {
  const styles = useStyles();
  const data = useStore(dataState, currentData);
  const shown = useStore(recoveryKey, (state) => state.shown);
  const page = part ?? "overview";
  return (
    <>
      <PageHeader title={say(TITLES[page])} intro={say(INTROS[page])}>
        <PageLink to={part === null ? { page: "settings" } : { page: "data" }}>{say(part === null ? "data.back-settings" : "data.back")}</PageLink>
      </PageHeader>
      <div className={styles.page}>
        {shown !== null && <RecoveryKey recoveryKey={shown.key} team={shown.team} onKept={() => void leaveKey()} />}
        {shown === null && data === null && <DelayedLoading label={say("data.loading")} />}
        {shown === null && data !== null && <Content data={data} part={part} />}
      </div>
    </>
  );
}
