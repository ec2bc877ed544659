import { reportSource, type SiteReport } from "../../../../renderer/text/report/content.ts";
import { htmlOf } from "../../../../renderer/text/report/html.ts";
import { markdownOf } from "../../../../renderer/text/report/markdown.ts";
import { siteReport } from "../../../../renderer/text/report/site-report.ts";
import type { ServerStatus } from "../../../../shared/model/mail-server.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print } from "../output.ts";
import { checkOnce, ROUND_LIMIT_S } from "../round.ts";
import { chosenStores, snapshot, take } from "../take.ts";
import { UsageError, type ConsoleClient, type Verb, type VerbContext } from "../verb.ts";

export const report: Verb = {
  name: "report",
  forms: [
    {
      choice: null,
      meaning: "print what is configured, tested and open, for people to keep",
      words: [],
      options: {
        store: { value: "NAME", meaning: "this identity store; may be repeated, and without it all of them", many: true, completes: "store" },
        check: { value: null, meaning: "check the saved servers first" },
        html: { value: null, meaning: "one HTML page that prints well, instead of Markdown" },
      },
      notes: ["It holds no password, secret or key. Without --check, servers are told of as they were checked last, if ever."],
      examples: [
        { line: 'messaging-console report --store "Contoso HQ" --check', meaning: "Markdown, after one check" },
        { line: "messaging-console report --html > site.html", meaning: "every identity store, each on pages of its own" },
      ],
      run: printReport,
    },
  ],
};

async function printReport(context: VerbContext): Promise<ExitCode> {
  const { json, options } = context;
  if (json && options["html"] === true) throw new UsageError("--json and --html exclude each other", ["report"]);
  const client = await context.client();
  const stores = await chosenStores(client, context);
  const shared = { expiries: take(await client.expiry.list()), hello: await client.app.hello() };
  const reports: SiteReport[] = [];
  for (const { id, prepareOnly, drift } of stores) {
    const editor = take(await client.editor.open({ storeId: id }));
    const statuses = options["check"] === true && !prepareOnly ? await checkedNow(context, client, id) : await snapshot((signal) => client.servers.watch({ storeId: id }, { signal }));
    reports.push(siteReport(reportSource({ ...shared, editor, drift, statuses, at: Date.now() })));
  }
  print(context, reports, () => (options["html"] === true ? htmlOf(reports) : markdownOf(reports)).trimEnd());
  return exitCodes.ok;
}

/** What was not checked in time is not told of as checked. */
async function checkedNow(context: VerbContext, client: ConsoleClient, storeId: string): Promise<readonly ServerStatus[]> {
  const checked = await checkOnce(context, client, storeId, ROUND_LIMIT_S);
  return checked.filter((each) => each.checked).map(({ status }) => status);
}
