import { formatDateTime } from "../../../../renderer/text/format.ts";
import { omissionWords } from "../../../../renderer/text/probe/omissions.ts";
import { probedServerWords } from "../../../../renderer/text/probe/result.ts";
import { probeScript } from "../../../../renderer/text/probe/script.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { OpenedProbe } from "../../../../shared/contract/handover.ts";
import type { ProbePlan } from "../../../../shared/model/probe.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable } from "../output.ts";
import { withVerdict } from "../probed-json.ts";
import { writeMade } from "../prepared-file.ts";
import { holdFile } from "../sent-file.ts";
import { chosenStores, take, word } from "../take.ts";
import { VerbFailure, type Verb, type VerbContext } from "../verb.ts";

export const probe: Verb = {
  name: "probe",
  forms: [
    {
      choice: null,
      meaning: "write a read-only PowerShell script that asks mail servers where no console reaches them",
      words: [{ name: "FILE", completes: "file" }],
      options: { store: { value: "NAME", meaning: "this identity store; may be repeated, and without it all of them", many: true, completes: "store" } },
      notes: [
        "It asks the servers in use, or all that are listed where none is. No secret is in it. Run there, it writes one result file:",
        "name, connection, TLS and certificate, health page, installed modules and Exchange, time. A web proxy is not asked.",
      ],
      examples: [{ line: 'messaging-console probe probe.ps1 --store "Contoso HQ"', meaning: "to be run where the servers are reached" }],
      run: writeProbe,
    },
    {
      choice: "--import",
      meaning: "keep what the result of a probe says of servers, with its source and time",
      words: [{ name: "RESULT", completes: "file" }],
      options: { plan: { value: null, meaning: "say what is in it, and keep nothing" } },
      notes: [
        "Identity stores are found by identifier, or else by name. A result takes the place of no newer one, of none that could look",
        "where it could not, and a check from here counts more once it meets the server. Of servers that are not here nothing is kept.",
      ],
      examples: [{ line: "messaging-console probe --import probe-result-JUMP01.json --plan", meaning: "what it says" }],
      run: importProbe,
    },
  ],
};

async function writeProbe(context: VerbContext): Promise<ExitCode> {
  const file = word(context, 0);
  const plan = await writeMade(file, async () => {
    const client = await context.client();
    const chosen = await chosenStores(client, context);
    const { version } = await client.app.hello();
    const made = take(await client.handover.probe({ storeIds: chosen.map(({ id }) => id) }));
    if (made.tasks.length === 0) throw new VerbFailure({ kind: "unsupported", why: "nothing-to-probe", detail: made.nothing.join(", ") });
    return { content: await probeScript({ plan: made, at: Date.now(), version }), made };
  });
  const { tasks, nothing, leftOut } = plan;
  print(context, { file, servers: tasks.length, nothing, leftOut }, () => writtenText(file, plan));
  return exitCodes.ok;
}

function writtenText(file: string, plan: ProbePlan): string {
  return [say("probe.written", { count: plan.tasks.length, file }), ...omissionWords(plan)].map(printable).join("\n");
}

async function importProbe(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const { file } = take(await holdFile(client, "probe", word(context, 0)));
  const opened = take(await client.handover.openProbe({ file }));
  const isPlan = context.options["plan"] === true;
  const { kept } = isPlan ? { kept: 0 } : take(await client.handover.applyProbe({ file }));
  print(context, { ...opened, servers: opened.servers.map(withVerdict), kept }, () => [...openedText(opened), ...(isPlan ? [] : [say(kept === 0 ? "probe.nothing-to-keep" : "probe.kept", { count: kept })])].join("\n"));
  return exitCodes.ok;
}

function openedText({ computer, ranAt, unasked, servers }: OpenedProbe): readonly string[] {
  const head = say("probe.head", { computer, time: formatDateTime(ranAt) });
  return [head, ...(unasked === 0 ? [] : [say("probe.unasked-line", { count: unasked })]), ...servers.map((told) => say("probe.line", { server: told.server, store: told.storeName, words: probedServerWords(told) }))].map(printable);
}
