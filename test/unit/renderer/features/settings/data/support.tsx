/** The page Data over a main that a test makes up. */
import { act } from "react";
import { DataPage } from "../../../../../../renderer/features/settings/data/data-page.tsx";
import { lastMove } from "../../../../../../renderer/features/settings/data/move-work.ts";
import { knownPasswords, recoveryKey } from "../../../../../../renderer/features/settings/data/team-work.ts";
import { provideClient } from "../../../../../../renderer/host/client.ts";
import { dataState, type TeamData } from "../../../../../../renderer/stores/data-state.ts";
import { navigation, setLeaveGuard } from "../../../../../../renderer/stores/navigation.ts";
import type { DataPart } from "../../../../../../renderer/stores/routes.ts";
import { runningWork } from "../../../../../../renderer/stores/running-work.ts";
import { session } from "../../../../../../renderer/stores/session.ts";
import { storesList } from "../../../../../../renderer/stores/stores-list.ts";
import "../../../../../../renderer/text/all-texts.ts";
import type { Result } from "../../../../../../shared/result.ts";
import type { WorkEvent } from "../../../../../../shared/contract/progress.ts";
import { rungProgress } from "../../../../../../shared/contract/progress.ts";
import type { DataState, TeamPlace } from "../../../../../../shared/model/team.ts";
import { hush, render, type Rendered } from "../../../render.tsx";
import { standInClient } from "../../../stand-in-client.ts";

export const place: TeamPlace = { host: "db.contoso.lab", port: 5432, database: "messaging", user: "eva", authority: null };

const onFile = { kind: "file", folder: "/home/eva/data", known: null, fault: null } satisfies DataState;
export const file: DataState = onFile;
export const knownTeam: DataState = { ...onFile, known: { place, signInBy: "password" } };
export const team: TeamData = {
  kind: "team",
  folder: "/home/eva/data",
  place,
  signInBy: "password",
  roleNames: { reader: "console_reader", operator: "console_operator", administrator: "console_administrator" },
  login: "eva",
  role: "administrator",
  away: null,
  heardAt: new Date(2026, 10, 26, 9, 14).getTime(),
  keptDrafts: 0,
  enrolment: "member",
  code: null,
  members: [
    { id: "m1", label: "eva on PC-17, desktop", since: 1, isRecovery: false, isThisConsole: true },
    { id: "m2", label: "bob on PC-2, loopback", since: 2, isRecovery: false, isThisConsole: false },
    { id: "m3", label: "recovery", since: 1, isRecovery: true, isThisConsole: false },
  ],
  requests: [],
  refused: [],
};

/** What main was asked, in its order: the call and its input. */
export const asked: (readonly [call: string, input: unknown])[] = [];
export type Answers = Readonly<Record<string, (input: unknown, signal?: AbortSignal) => unknown>>;

/** Work that climbs two rungs and ends so. */
export async function* work<T>(result: Result<T> | Promise<Result<T>>): AsyncGenerator<WorkEvent<T>> {
  yield rungProgress({ rung: "dns", ms: 1, outcome: { state: "passed", answer: null } });
  yield rungProgress({ rung: "tcp", ms: 2, outcome: { state: "passed", answer: null } });
  yield { type: "done", result: await result };
}

export const settled = () => act(async () => new Promise((resolve) => setTimeout(resolve, 20)));

/** Main says what it works on. */
export async function say(data: DataState): Promise<void> {
  await act(async () => dataState.setState({ freshness: "current", entries: new Map([["data", data]]) }));
}

export async function open(data: DataState, part: DataPart | null, answers: Answers = {}): Promise<Rendered> {
  const heard = Object.entries(answers).map(([call, answer]) => [
    call,
    (input: unknown, signal?: AbortSignal) => {
      asked.push([call, input]);
      return answer(input, signal);
    },
  ]);
  provideClient(standInClient(Object.fromEntries(heard)));
  navigation.setState({ route: part === null ? { page: "data" } : { page: "data", part } });
  session.setState({
    hello: {
      contract: "", version: "1.2.3", host: "loopback", platform: "linux", practice: false, dataDirectory: "/home/eva/data",
      keyProtection: "dpapi", filePicker: "native", user: "eva", storeNotice: null,
    },
  });
  await say(data);
  const page = await render(<DataPage part={part} />);
  await settled();
  return page;
}

/** Puts everything that outlives a page back to its beginning. */
export function forgetAll(): void {
  asked.length = 0;
  hush();
  recoveryKey.setState({ shown: null });
  knownPasswords.setState({ known: null });
  lastMove.setState({ move: null });
  runningWork.setState({ entries: [], used: false });
  setLeaveGuard(null);
  storesList.setState({ freshness: "loading", entries: new Map() });
  session.setState({ hello: null });
}

export function box(name: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`input[name='${name}']`);
  if (found === null) throw new Error(`there is no box for ${name}`);
  return found;
}
