/** What would come of an action if servers failed. Nothing is sent to anybody. */
import { rehearsalEnd, rehearsedMoves } from "../../../../renderer/text/mail-plan.ts";
import { mailActionSchema, type MailAction, type MailRequest } from "../../../../shared/model/mail-object.ts";
import { serverFailures, type ServerFailure } from "../../../../shared/model/mail-plan.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable } from "../output.ts";
import { findStore, required, take } from "../take.ts";
import { UsageError, type Options, type VerbContext } from "../verb.ts";
import { nearestOf } from "./batch.ts";

const topic = ["mail-objects", "rehearse"];
export const mailActions = mailActionSchema.options;

/** What is rehearsed is the same for every object. */
const anyObject: Omit<MailRequest, "action"> = { type: "distribution-group", name: "", container: null, identity: null, alias: "", address: null, externalAddress: null, accountName: null };

function actionIn(typed: Options[string]): MailAction {
  const action = mailActions.find((known) => known === (typed ?? "create"));
  if (action === undefined) throw new UsageError(`--action takes one of ${mailActions.join(", ")}`, topic);
  return action;
}

/** The server that somebody means, by its name or the part of it before the first dot, without case. Throws {@link UsageError}. */
export function serverNamed(typed: string, servers: readonly string[]): string {
  const wanted = typed.trim().toLowerCase();
  const found = servers.filter((server) => server.toLowerCase() === wanted);
  const [first, second] = found.length > 0 ? found : servers.filter((server) => server.toLowerCase().split(".")[0] === wanted);
  if (first === undefined) throw new UsageError(`no ticked server is called "${typed}"; there are ${servers.join(", ")}`, topic);
  if (second !== undefined) throw new UsageError(`"${typed}" is more than one server: ${first}, ${second}`, topic);
  return first;
}

function failuresIn(typed: Options[string], servers: readonly string[]): Readonly<Record<string, ServerFailure>> {
  if (typeof typed !== "string") return {};
  const failures: Record<string, ServerFailure> = {};
  for (const pair of typed.split(",")) {
    const [name = "", how = ""] = pair.split("=", 2);
    const server = serverNamed(name, servers);
    const failure = serverFailures.find((known) => known === how.trim().toLowerCase());
    if (failure === undefined) throw new UsageError(`there is no failure "${how}"${nearestOf(how, serverFailures)}; there are ${serverFailures.join(", ")}`, topic);
    if (failures[server] !== undefined) throw new UsageError(`--fail names ${server} twice`, topic);
    failures[server] = failure;
  }
  return failures;
}

export async function rehearse(context: VerbContext): Promise<ExitCode> {
  const action = actionIn(context.options["action"]);
  const client = await context.client();
  const { id: storeId, name: store } = await findStore(client, required(context, "store"));
  const { servers } = take(await client.mailObjects.offer({ storeId }));
  const failures = failuresIn(context.options["fail"], servers);
  const rehearsal = take(await client.mailObjects.rehearse({ storeId, request: { ...anyObject, action }, failures }));
  print(context, { store, action, servers, failures, ...rehearsal }, () =>
    [...rehearsedMoves(rehearsal).map((move, index) => printable(`${index + 1}. ${move}`)), "", printable(rehearsalEnd(rehearsal))].join("\n"),
  );
  return exitCodes.ok;
}
