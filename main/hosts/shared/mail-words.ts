/** The words of notification mails; loaded when the first one is written. */
import type { MailWords } from "../../ports.ts";

export const mailWords: MailWords = async (storeName, content) => {
  await import("../../../renderer/text/all-texts.ts");
  const { noticeMail, testMail } = await import("../../../renderer/text/notification-mail.ts");
  return content.kind === "test" ? testMail(storeName) : noticeMail(storeName, content.notices, content.more);
};
