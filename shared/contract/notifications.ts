import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { notificationDetailSchema, notificationSettingsSchema } from "../model/notification-mail.ts";
import { work } from "./progress.ts";

const ofStore = z.object({ storeId: z.string() });
/** A password on its way in; null keeps what is stored, the empty text clears it. */
const typed = ofStore.extend({ settings: notificationSettingsSchema, password: z.string().max(1024).nullable() });
const saved = z.object({ revision: z.number(), changed: z.boolean() });

export const notificationsContract = {
  get: oc.input(ofStore).output(resultSchema(notificationDetailSchema)),
  /** One revision, or none where nothing changes. Fails with `invalid`, with `enter-again-…` where the stored password is not lent, and with `conflict`. */
  save: oc.input(typed.extend({ expectedRevision: z.number() })).output(resultSchema(saved)),
  /** Nothing is mailed any more, and the password is gone with the settings. */
  clear: oc.input(ofStore.extend({ expectedRevision: z.number() })).output(resultSchema(saved)),
  /** Sends a mail that says nothing but that it came to one address, with what was typed. */
  test: oc.input(typed.extend({ to: z.string().max(320) })).output(work(z.null())),
};
