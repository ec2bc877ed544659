import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { networkAwaySchema } from "../model/network.ts";
import { managedSchema } from "../model/policy.ts";
import { checkIntervalSchema, themeSchema } from "../model/setting-values.ts";
import { activityContract } from "./activity.ts";
import { feed } from "./feed.ts";

export const preferencesSchema = z.object({
  theme: themeSchema,
  checkIntervalSeconds: checkIntervalSchema,
  /** How the clouds are reached: directly, as HTTPS_PROXY and NO_PROXY say, or through the proxy at `proxyAddress`. */
  proxy: z.enum(["none", "environment", "address"]),
  /** Without credentials: preferences are not sealed. */
  proxyAddress: z.string().max(300),
  /** Widths a person gave columns, in pixels, by kind of list and column. */
  columnWidths: z.record(z.string().max(40), z.record(z.string().max(40), z.number().int().min(1).max(10_000))),
  /** The columns of the last file of mail objects whose columns a person chose, by what they hold. */
  mailColumns: z.record(z.string().max(40), z.string().max(255).nullable()),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** Where the key that seals secrets is protected. */
export const keyProtectionSchema = z.enum(["safe-storage", "dpapi", "key-file"]);
export type KeyProtection = z.infer<typeof keyProtectionSchema>;

export const helloSchema = z.object({
  /** Hash of the contract main was built with; the renderer asks for a reload when its own differs. */
  contract: z.string(),
  version: z.string(),
  host: z.enum(["electron", "loopback"]),
  platform: z.string(),
  practice: z.boolean(),
  dataDirectory: z.string(),
  /** Null while the platform protects no key: new secrets cannot be stored then. */
  keyProtection: keyProtectionSchema.nullable(),
  /** `native`: call `files.pick`. `upload`: send the chosen file's bytes with `files.upload`. */
  filePicker: z.enum(["native", "upload"]),
  user: z.string(),
  /** Set when the database was restored from a backup or opened read-only at start. */
  storeNotice: z.enum(["restored-from-backup", "read-only-newer"]).nullable(),
});
export type Hello = z.infer<typeof helloSchema>;

/** A bug of the page: what kind of error and where, never its message, which may hold what a person typed. */
export const pageBugSchema = z.object({ met: z.enum(["error", "rejection"]), name: z.string().max(100), stack: z.string().max(8_000) });
export type PageBug = z.infer<typeof pageBugSchema>;

export const appContract = {
  hello: oc.output(helloSchema),
  /** Main's sign of life, again and again (`shared/rules/liveness.ts`): milliseconds on a clock of its own that nobody can set. */
  alive: oc.output(eventIterator(z.number())),
  /** A one-time code for a further tab of the same browser, which has no way in of its own. Fails where pages need none. */
  invite: oc.output(resultSchema(z.object({ code: z.string() }))),
  /** Writes a bug of the page to the log. */
  reportBug: oc.input(pageBugSchema).output(z.null()),
  preferences: {
    get: oc.output(preferencesSchema),
    /** Fails with `managed` where an administrator decides what was to be changed. */
    set: oc.input(preferencesSchema.partial()).output(resultSchema(preferencesSchema)),
  },
  /** What an administrator manages here, and what is wrong with it. */
  managed: oc.output(managedSchema),
  /** Opens the practice organisation. `url` is where to go on the loopback host; null when a window was opened. */
  openPractice: oc.output(resultSchema(z.object({ url: z.string().nullable() }))),
  activity: activityContract,
  /** What is missing of this computer's network, under the key `machine`; no entry while it is there. */
  network: oc.output(feed(networkAwaySchema)),
};
