// The tabs that GraphiQL opens with: the demo's question, then five of the guides' queries. A test asks them all.
import headline from "../../app/demo/headline.graphql";
import asOf from "../../docs/queries/as-of.graphql";
import asOfVariables from "../../docs/queries/as-of.json";
import bestVersion from "../../docs/queries/best-version.graphql";
import bestVersionVariables from "../../docs/queries/best-version.json";
import evidence from "../../docs/queries/evidence.graphql";
import paths from "../../docs/queries/paths.graphql";
import upstream from "../../docs/queries/upstream.graphql";

const starter = (query, variables) => ({ query, variables: variables && JSON.stringify(variables, null, 2) });

export const starters = [
  starter(headline),
  starter(paths),
  starter(upstream),
  starter(evidence),
  starter(bestVersion, bestVersionVariables),
  starter(asOf, asOfVariables),
];
