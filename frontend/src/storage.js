// What GraphiQL keeps in the browser: the tabs, the history and its settings, but never a header. It may be a token.
const HISTORY = ["graphiql:queries", "graphiql:favorites"];

const withoutHeaders = (list) => JSON.stringify(JSON.parse(list), (key, value) => (key === "headers" ? undefined : value));

export const storage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, HISTORY.includes(key) ? withoutHeaders(value) : value),
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => Object.keys(localStorage).forEach((key) => key.startsWith("graphiql:") && localStorage.removeItem(key)),
  get length() {
    return localStorage.length;
  },
};
