// GraphiQL as Pedigree shows it: the guides' own queries in tabs, the explorer, and a place for a token.
import "./workers.js";
import "./graphiql.css";

import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";

import { theme } from "./editors.js"; // brings the editor along, whose style sheet is thus part of the page's
import { fetcher } from "./fetcher.js";
import { starters } from "./starters.js";
import { storage } from "./storage.js";

const plugins = [explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];
const token = `{
  // "Authorization": "Bearer <token>"
}
`;

const pedigree = (
  <GraphiQL
    fetcher={fetcher}
    plugins={plugins}
    editorTheme={theme}
    defaultTabs={starters}
    defaultHeaders={token}
    defaultEditorToolsVisibility="variables"
    storage={storage}
    shouldPersistHeaders={false}
    schemaDescription
    inputValueDeprecation
  >
    <GraphiQL.Logo>
      <a className="pedigree-logo" href="./">
        <img src="static/pedigree.svg" alt="" width="22" height="22" />
        <span>Pedigree</span>
      </a>
    </GraphiQL.Logo>
  </GraphiQL>
);

createRoot(document.getElementById("graphiql")).render(pedigree);
