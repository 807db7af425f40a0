// How GraphiQL asks: at the address of the page, over HTTP or, for a subscription, over a WebSocket.
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { Kind, parse } from "graphql";

const here = new URL(location.pathname, location.href);
const socket = new URL(here);
socket.protocol = here.protocol === "https:" ? "wss:" : "ws:";

const ask = createGraphiQLFetcher({ url: here.href, subscriptionUrl: socket.href, enableIncrementalDelivery: false });

// GraphiQL learns with delay what a document holds. Whoever opens another tab and runs it at once would ask for the
// operation of the tab before, so the document itself is asked.
export const fetcher = (params, options) => {
  const document = parsed(params.query);
  if (!document) return ask(params, options); // the server says what is wrong with it
  const names = document.definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map(({ name }) => name?.value);
  const operationName = names.includes(params.operationName) ? params.operationName : names[0];
  return ask({ ...params, operationName }, { ...options, documentAST: document });
};

function parsed(query) {
  try {
    return parse(query);
  } catch {
    return null;
  }
}
