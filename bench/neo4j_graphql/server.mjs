// @neo4j/graphql over the same database, on GraphQL Yoga, which keeps what it has parsed and validated.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { GraphQLScalarType } from "graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const { NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USERNAME, NEO4J_PASSWORD));
const typeDefs = readFileSync(new URL("schema.graphql", import.meta.url), "utf8");
const Instant = new GraphQLScalarType({ name: "Instant", serialize: (value) => value.toString() });
const schema = await new Neo4jGraphQL({ typeDefs, driver, resolvers: { Instant } }).getSchema();
const yoga = createYoga({
  schema,
  logging: false,
  landingPage: false,
  graphiql: false,
  maskedErrors: false,
  context: { sessionConfig: { database: "neo4j" } },
});

const server = createServer(yoga);
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  console.log(`ready at http://127.0.0.1:${server.address().port}/graphql`);
});
