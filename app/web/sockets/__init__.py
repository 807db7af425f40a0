"""GraphQL over a WebSocket, after the protocol graphql-transport-ws:
https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md."""
