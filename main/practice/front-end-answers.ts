/** What a front end says over a connection that stands: in service, or one of the answers that come instead in the field. */
import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers to PowerShell's health check that are not "in service". */
export const oddAnswers = ["drain", "stopped", "sign-in", "redirect", "proxy-page", "other-server"] as const;
export type OddAnswer = (typeof oddAnswers)[number];

const virtualDirectories = ["owa", "ecp", "ews", "oab", "autodiscover", "mapi", "rpc", "microsoft-server-activesync", "powershell"];

export interface AnswerOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The server's full name as Exchange prints it. */
  readonly name: string;
  readonly domain: string;
  readonly odd: OddAnswer | null;
  /** Resets the connection. */
  readonly reset: () => void;
}

/** A page of a web filter that stands in the way, as such products show it: status 200 and its own words. */
const PROXY_PAGE = "<!DOCTYPE html>\r\n<html><head><title>Access blocked by the web filter</title><style>body{margin:0}</style></head>\r\n<body><h1>This address is in a category that is not allowed.</h1></body></html>\r\n";

const answers: Readonly<Record<OddAnswer, (options: AnswerOptions) => void>> = {
  // HttpProxy calls ASP.NET's Response.Close while the component is not active: a reset instead of a status line
  // (https://learn.microsoft.com/archive/blogs/aspnetue/response-end-response-close-and-how-customer-feedback-helps-us-improve-msdn-documentation);
  // a browser shows that the page cannot be displayed (oddytee.wordpress.com, 2015-03-21).
  drain: ({ reset }) => reset(),
  // http.sys answers by itself while the application pool is stopped.
  stopped: ({ response }) => {
    response.removeHeader("X-FEServer");
    response.setHeader("Server", "Microsoft-HTTPAPI/2.0");
    response.writeHead(503, { "Content-Type": "text/html; charset=us-ascii" });
    response.end("<HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD><BODY><h2>Service Unavailable</h2><hr><p>HTTP Error 503. The service is unavailable.</p></BODY></HTML>\r\n");
  },
  "sign-in": ({ response }) => response.writeHead(401, { "WWW-Authenticate": "Basic realm=\"proxy\"" }).end(),
  redirect: ({ response, domain }) => response.writeHead(302, { Location: `https://sso.${domain}/adfs/ls/?wa=wsignin1.0&wctx=rm%3D0` }).end(),
  "proxy-page": ({ response }) => response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(PROXY_PAGE),
  "other-server": ({ response, domain }) => inService(response, `EXPOOL2.${domain}`),
};

function inService(response: ServerResponse, name: string): void {
  response.writeHead(200, { "Content-Type": "text/html", "Cache-Control": "private" }).end(`200 OK<br/>${name}`);
}

/** Answers one request. */
export function answer(options: AnswerOptions): void {
  const { request, response, name, odd } = options;
  // Cut by hand: what a client sends as its target need not be a valid URL.
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const [directory = "", file = "", ...more] = path.toLowerCase().slice(1).split("/");
  response.setHeader("Server", "Microsoft-IIS/10.0");
  response.setHeader("X-FEServer", name.split(".", 1)[0] ?? "");
  if (!virtualDirectories.includes(directory)) response.writeHead(404).end();
  else if (file !== "healthcheck.htm" || more.length > 0) response.writeHead(401, { "WWW-Authenticate": "Negotiate" }).end();
  else if (odd !== null && directory === "powershell") answers[odd](options);
  else inService(response, name);
}
