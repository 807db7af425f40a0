// The text in the editors: its colors, and that long lines are wrapped. What lies around it is in graphiql.css.
import { editor } from "monaco-graphql/esm/monaco-editor.js";

const LIGHT = { accent: "#0f766e", text: "#1d2327", quiet: "#5b656c", string: "#9a3412", value: "#6d28d9", paper: "#ffffff" };
const DARK = { accent: "#5eead4", text: "#e6e8e6", quiet: "#8d989c", string: "#fdba74", value: "#c4b5fd", paper: "#1d2326" };

function define(name, base, { accent, text, quiet, string, value, paper }) {
  const brackets = [1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, quiet]);
  const marked = `${accent}22`;
  const rule = (token, color) => ({ token, foreground: color });
  editor.defineTheme(name, {
    base,
    inherit: true,
    rules: [
      rule("", text),
      rule("comment", quiet),
      rule("keyword", accent),
      rule("key.identifier.gql", text),
      rule("argument.identifier.gql", value),
      rule("type.identifier.gql", accent),
      rule("string", string),
      rule("string.key.json", accent),
      rule("string.value.json", string),
      rule("number", value),
      rule("keyword.json", value),
      rule("delimiter", quiet),
    ],
    colors: {
      ...Object.fromEntries(brackets),
      "editor.background": `${paper}00`,
      "editor.foreground": text,
      "editorLineNumber.foreground": quiet,
      "editorLineNumber.activeForeground": text,
      "scrollbar.shadow": `${paper}00`,
      "textLink.foreground": accent,
      "editorLink.activeForeground": accent,
      "editorWidget.background": paper,
      "editorHoverWidget.background": paper,
      "editorSuggestWidget.background": paper,
      "editorSuggestWidget.selectedBackground": marked,
      "editorSuggestWidget.selectedForeground": text,
      "editorSuggestWidget.highlightForeground": accent,
      "list.hoverBackground": marked,
      "menu.background": paper,
      "menu.selectionBackground": marked,
      "menu.selectionForeground": text,
      "quickInput.background": paper,
      "quickInputList.focusBackground": marked,
      "quickInputList.focusForeground": text,
      focusBorder: accent,
    },
  });
  return name;
}

export const theme = { light: define("pedigree-light", "vs", LIGHT), dark: define("pedigree-dark", "vs-dark", DARK) };

editor.onDidCreateEditor((created) => created.updateOptions({ wordWrap: "on" }));
