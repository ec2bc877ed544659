import { productName } from "../../../../renderer/text/product-names.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { Subscription, SubscriptionList } from "../../../../shared/model/subscription.ts";
import { bringsMailbox, freeSeats, inOrder, missingSeats, ownedSeats } from "../../../../shared/rules/subscription.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { storeOption } from "../options.ts";
import { isoTime, print, table } from "../output.ts";
import { findStore, finish, required } from "../take.ts";
import type { Verb, VerbContext } from "../verb.ts";
import { userForm } from "./licences.ts";

export const subscriptions: Verb = {
  name: "subscriptions",
  forms: [
    {
      choice: null,
      meaning: "ask an Office 365 tenant for its subscriptions and seats",
      words: [],
      options: { store: storeOption },
      notes: ["It signs in with what is saved. --json tells each subscription's service plans as well."],
      examples: [{ line: 'messaging-console subscriptions --store "Contoso cloud"', meaning: "how many seats are left" }],
      run: show,
    },
    userForm,
  ],
};

async function show(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const { id, name } = await findStore(client, required(context, "store"));
  context.progress(say("subscriptions.asking"));
  const listed = await finish(await client.subscriptions.list({ storeId: id }, { signal: context.signal }), () => undefined);
  print(context, { store: name, ...listed, subscriptions: inOrder(listed.subscriptions).map(told) }, () => asLines(listed).join("\n"));
  return exitCodes.ok;
}

/** With what is reckoned from it, so that a script need not know how. */
function told(subscription: Subscription) {
  return { ...subscription, name: productName(subscription.partNumber), owned: ownedSeats(subscription.seats), free: freeSeats(subscription), missing: missingSeats(subscription), mailbox: bringsMailbox(subscription) };
}

function asLines({ subscriptions: listed, source, at }: SubscriptionList): readonly string[] {
  const asked = say("subscriptions.asked-at", { source, time: isoTime(at) ?? "" });
  if (listed.length === 0) return [say("subscriptions.none-bought"), asked];
  return [
    table(
      [
        say("subscriptions.column-product"),
        say("subscriptions.column-part-number"),
        say("subscriptions.column-owned"),
        say("subscriptions.column-used"),
        say("subscriptions.column-free"),
        say("subscriptions.column-mailbox"),
        say("subscriptions.column-state"),
      ],
      inOrder(listed).map((each) => [
        productName(each.partNumber),
        each.partNumber,
        ownedSeats(each.seats),
        each.seats.used,
        freeSeats(each),
        say(bringsMailbox(each) ? "subscriptions.mailbox-yes" : "subscriptions.mailbox-no"),
        stateInWords(each),
      ]),
    ),
    asked,
  ];
}

function stateInWords(subscription: Subscription): string {
  const missing = missingSeats(subscription);
  return [
    say(`subscriptions.state-${subscription.state}`),
    ...(subscription.isForUsers ? [] : [say("subscriptions.for-tenant")]),
    ...(missing > 0 ? [say("subscriptions.missing", { count: missing })] : []),
  ].join(", ");
}
