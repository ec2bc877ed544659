/** What notification mails say: the activity's sentences, one a line. */
import type { MailedNotice } from "../../shared/model/notification-mail.ts";
import { activitySentence } from "./activity.ts";
import { formatDateTime } from "./format.ts";
import { say, sayIfKnown } from "./text.ts";

interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** The sentence of a notice; one of a job has its own. */
function noticeSentence({ kind, subject, detail, at, failed = 0 }: MailedNotice): string {
  const ofJob = sayIfKnown(`notifications.mail-${kind}`, { subject: subject ?? "", detail: detail ?? "", count: failed });
  return ofJob ?? activitySentence({ id: "", at, kind, storeId: null, storeName: null, subject, detail });
}

function mailOf(storeName: string, sentence: string, lines: readonly string[]): Mail {
  return {
    subject: say("notifications.mail-subject", { store: storeName, sentence }),
    text: [...lines, "", "-- ", say("notifications.mail-footer", { store: storeName }), ""].join("\n"),
  };
}

/** A mail about what happened, oldest first; `more`: how much more there was. */
export function noticeMail(storeName: string, notices: readonly MailedNotice[], more: number): Mail {
  const [first] = notices;
  const count = notices.length + more;
  const sentence = count === 1 && first !== undefined ? noticeSentence(first) : say("notifications.mail-count", { count });
  const lines = notices.map((notice) => say("notifications.mail-line", { time: formatDateTime(notice.at), sentence: noticeSentence(notice) }));
  return mailOf(storeName, sentence, more === 0 ? lines : [...lines, say("notifications.mail-more", { count: more })]);
}

/** A mail that says nothing but that it came. */
export function testMail(storeName: string): Mail {
  return mailOf(storeName, say("notifications.mail-test"), [say("notifications.mail-test-text", { store: storeName })]);
}
